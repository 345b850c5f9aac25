import { Page } from '../ui/parts';

export default function ContractPage() {
  return <Page title="ContractPage" />;
}
