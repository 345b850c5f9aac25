import { Page } from '../ui/parts';

export default function OperatorPage() {
  return <Page title="OperatorPage" />;
}
