import { Page } from '../ui/parts';

export default function TrustPage() {
  return <Page title="TrustPage" />;
}
