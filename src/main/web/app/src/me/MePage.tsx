import { Page } from '../ui/parts';

export default function MePage() {
  return <Page title="MePage" />;
}
