import { prepare, type Schemas } from '../api';
import { count, dateTime, money } from '../format';
import { words } from '../language';
import { clock } from '../live';
import { Verify } from '../proof/Verify';
import { Act } from '../signing/act';
import { choose, place } from '../router';
import { Choice } from '../ui/form';
import { Hex, List, Panel, Pill, Table, type Tone } from '../ui/parts';
import { common } from '../ui/words';
import { usePages } from '../useAnswer';
import { refundableFrom } from './regimes';

const w = words(
  {
    title: 'Commitments',
    state: 'Which',
    every: 'All',
    none: 'Nobody has committed yet.',
    investor: 'Investor',
    stands: 'State',
    shares: 'Committed',
    allotted: 'Allotted',
    leave: 'Can leave until',
    since: (time: string) => `since ${time}`,
    proof: 'Proof',
    affiliated: 'affiliated with the company',
    refund: 'Send back',
    back: (amount: string) => `${amount} sent back`,
    version: (n: string) => `agreed to version ${n} only`,
  },
  {
    title: '认购',
    state: '筛选',
    every: '全部',
    none: '尚无人认购。',
    investor: '投资者',
    stands: '状态',
    shares: '认购',
    allotted: '获配',
    leave: '可退出至',
    since: (time) => `自 ${time}`,
    proof: '证明',
    affiliated: '公司关联方',
    refund: '退回',
    back: (amount) => `已退回 ${amount}`,
    version: (n) => `仅同意第 ${n} 版`,
  },
);

const STATES = ['live', 'settled', 'cancelled', 'excluded', 'refunded'] as const;

const TONES: Record<Schemas['CommitmentState'], Tone> = { live: 'good', settled: 'good', cancelled: 'plain', excluded: 'bad', refunded: 'plain' };

export function stateTone(state: Schemas['CommitmentState']): Tone {
  return TONES[state];
}

/** Whether anybody can have a commitment's money sent back now, as the contract would find. */
export function isRefundable(round: Schemas['Round'], commitment: Schemas['Commitment'], now: number): boolean {
  if (commitment.state === 'excluded') return true;
  if (commitment.state !== 'live') return false;
  if (round.status === 'failed' || round.status === 'cancelled') return true;
  const lapsed = round.reconfirmBy !== null && commitment.termsVersion < round.termsVersion && now >= Date.parse(round.reconfirmBy);
  return lapsed || (round.closedAt !== null && now >= Date.parse(refundableFrom(round)));
}

/** What the proof of a commitment has to say; of a round that came to nothing the contract forgets what it paid back. */
export function shownOf({ state, shares }: Schemas['Commitment']): Record<string, string> {
  return state === 'live' || state === 'settled' || state === 'excluded' ? { state, shares } : {};
}

export function Commitments({ round }: { round: Schemas['Round'] }) {
  const state = STATES.find((one) => one === place.value.query.get('state'));
  const pages = usePages('/v1/rounds/{address}/commitments', { path: { address: round.address }, query: { state, limit: 25 } }, (page) => page.commitments);
  const now = clock.value ?? 0;
  const { currency } = round.settlementToken;
  const settled = round.status === 'settled' || round.status === 'settling';
  return (
    <Panel title={w.title}>
      {round.raised.commitments + round.cancelled.commitments > 0 && (
        <div class="filter">
          <Choice label={w.state} value={state ?? ''} onInput={(chosen) => choose({ state: chosen })} options={[['', w.every], ...STATES.map((one) => [one, common[one]] as const)]} />
        </div>
      )}
      <List pages={pages} empty={w.none}>
        {(items) => (
          <Table
            caption={w.title}
            rows={items}
            rowKey={({ identity }) => identity}
            columns={[
              {
                head: w.investor,
                cell: ({ wallet, committedAt }) => (
                  <>
                    <Hex value={wallet} />
                    <br />
                    <span class="hint">{w.since(dateTime(committedAt))}</span>
                  </>
                ),
              },
              {
                head: w.stands,
                cell: (one) => (
                  <>
                    <Pill tone={stateTone(one.state)}>{common[one.state]}</Pill>
                    {one.affiliated && <span class="hint"> {w.affiliated}</span>}
                    {one.state === 'live' && one.termsVersion < round.termsVersion && <span class="hint"> {w.version(String(one.termsVersion))}</span>}
                    {one.returned !== '0.00' && Number(one.returned) > 0 && <span class="hint"> {w.back(money(one.returned, currency))}</span>}
                    {isRefundable(round, one, now) && (
                      <>
                        {' '}
                        <Act prepare={(from) => prepare('refund', { from, round: round.address, identity: one.identity })}>{w.refund}</Act>
                      </>
                    )}
                  </>
                ),
              },
              {
                head: w.shares,
                number: true,
                cell: ({ shares, amount }) => (
                  <>
                    {common.shares(count(shares))}
                    <br />
                    <span class="hint">{money(amount, currency)}</span>
                  </>
                ),
              },
              settled
                ? { head: w.allotted, number: true, cell: ({ allotted }) => (allotted === null ? '–' : count(allotted)) }
                : { head: w.leave, cell: ({ cancellableUntil, state: stands }) => (stands === 'live' && cancellableUntil && Date.parse(cancellableUntil) > now ? dateTime(cancellableUntil) : '–') },
              { head: w.proof, cell: (one) => <Verify proof="/v1/proofs/commitment" query={{ contract: round.address, person: one.identity }} shown={shownOf(one)} label={w.title} /> },
            ]}
          />
        )}
      </List>
    </Panel>
  );
}
