import { Page } from '../ui/parts';

export default function DistributionPage() {
  return <Page title="DistributionPage" />;
}
