import { Page } from '../ui/parts';

export default function CompanyPage() {
  return <Page title="CompanyPage" />;
}
