import { Page } from '../ui/parts';

export default function CompaniesPage() {
  return <Page title="CompaniesPage" />;
}
