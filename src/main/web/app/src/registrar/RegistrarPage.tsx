import { Page } from '../ui/parts';

export default function RegistrarPage() {
  return <Page title="RegistrarPage" />;
}
