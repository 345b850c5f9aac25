import { Page } from '../ui/parts';

export default function VotePage() {
  return <Page title="VotePage" />;
}
