import { company as c, outcomeTone } from '../company/words';
import { words } from '../language';
import { List, Panel, Pill, Table, When } from '../ui/parts';
import { usePages } from '../useAnswer';
import { votedOn } from './motion';
import type { Standing } from './standing';

const w = words(
  {
    title: 'Votes of the investors',
    none: 'No vote was called yet. A payment is voted on while the time to object to it runs; whoever the round allotted enough shares calls a vote on a trustee below.',
    question: 'On what',
    closes: 'Closes',
    outcome: 'Outcome',
  },
  {
    title: '投资者表决',
    none: '尚未发起表决。对款项的表决须在异议期内发起；获配股份足够者可在下方就受托人发起表决。',
    question: '事项',
    closes: '截止',
    outcome: '结果',
  },
);

export function Votes({ standing }: { standing: Standing }) {
  const { answer, me } = standing;
  const votes = usePages('/v1/votes', { query: { target: answer.trust.address, limit: 20 } }, (page) => page.votes);
  return (
    <Panel title={w.title}>
      <List pages={votes} empty={w.none}>
        {(items) => (
          <Table
            caption={w.title}
            rows={items}
            rowKey={({ address }) => address}
            columns={[
              {
                head: w.question,
                cell: ({ address, subject }) => <a href={`/votes/${address}`}>{votedOn(subject, answer, me === null ? [] : [me])}</a>,
              },
              { head: w.closes, cell: ({ closesAt }) => <When time={closesAt} dateOnly /> },
              { head: w.outcome, cell: ({ outcome }) => <Pill tone={outcomeTone(outcome)}>{c[outcome]}</Pill> },
            ]}
          />
        )}
      </List>
    </Panel>
  );
}
