import { Page } from '../ui/parts';

export default function OpenRoundPage() {
  return <Page title="OpenRoundPage" />;
}
