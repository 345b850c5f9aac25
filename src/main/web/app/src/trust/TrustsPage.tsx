import { Page } from '../ui/parts';

export default function TrustsPage() {
  return <Page title="TrustsPage" />;
}
