import { Page } from '../ui/parts';

export default function StatusPage() {
  return <Page title="StatusPage" />;
}
