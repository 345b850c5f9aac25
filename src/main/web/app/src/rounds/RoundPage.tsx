import { Page } from '../ui/parts';

export default function RoundPage() {
  return <Page title="RoundPage" />;
}
