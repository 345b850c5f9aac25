import { Page } from '../ui/parts';

export default function AuditPage() {
  return <Page title="AuditPage" />;
}
