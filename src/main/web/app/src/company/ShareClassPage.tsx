import { Page } from '../ui/parts';

export default function ShareClassPage() {
  return <Page title="ShareClassPage" />;
}
