import type { Schemas } from '../api';
import { count, dateTime, fromSmallestUnits, money, short } from '../format';
import { words } from '../language';
import { Verify } from '../proof/Verify';
import { named } from '../signing/known';
import { Hex, List, Panel, Table, Text, When } from '../ui/parts';
import { common } from '../ui/words';
import { usePages } from '../useAnswer';

const w = words(
  {
    title: 'History',
    what: 'What happened',
    proof: 'Proof',
    RoundOpened: 'The round was opened.',
    Committed: (who: string, shares: string, amount: string) => `${who} committed ${amount} for ${shares}.`,
    CommitmentCancelled: (who: string, shares: string, amount: string) => `${who} took ${amount} for ${shares} back.`,
    CommitmentReconfirmed: (who: string, version: string) => `${who} agreed to version ${version} of the terms.`,
    CommitmentMoved: (from: string, to: string) => `The commitment of ${from} moved to ${to}.`,
    CommitmentRefunded: (who: string, shares: string, amount: string) => `${amount} for ${shares} went back to ${who}.`,
    EarlyCloseAnnounced: (at: string) => `The company announced to end commitments early, on ${at}.`,
    EarlyCloseLapsed: 'The announced early end lapsed: the target was missed then.',
    RoundClosed: (n: string, shares: string) => `The round was closed with ${n} commitments, for ${shares}.`,
    RoundFailed: (shares: string, needed: string) => `The round failed: ${shares} of the ${needed} that it needs.`,
    RoundTallied: (shares: string) => `The tally ended: ${shares} are eligible, the target is reached.`,
    CommitmentExcluded: (who: string) => `${who} may not receive shares and was left out.`,
    CommitmentLapsed: (who: string) => `${who} did not reconfirm in time and was left out.`,
    AffiliateTallied: (who: string) => `${who} was found to be affiliated with the company.`,
    CommitmentSettled: (who: string, shares: string, amount: string) => `${who} received ${shares} for ${amount}.`,
    RoundSettled: (shares: string, amount: string) => `The round is settled: ${shares} were sold, ${amount} go to the company or its trust.`,
    CreditPaid: (who: string, amount: string) => `${who} got ${amount} back for shares not allotted.`,
    ProceedsPaid: (who: string, amount: string) => `${amount} of proceeds were paid to ${who}.`,
    FeePaid: (who: string, amount: string) => `${amount} of fees were paid to ${who}.`,
    TermsAmended: (version: string, deadline: string) => `The company changed the terms to version ${version}; they end on ${deadline}.`,
    paused: 'The guardian stopped new commitments.',
    resumed: 'The guardian let people commit again.',
    RoundCancelled: (who: string) => `${who} cancelled the round.`,
    Shortfall: (held: string, owed: string) => `The round held ${held} but owed ${owed}: it paid in proportion.`,
  },
  {
    title: '历史',
    what: '事项',
    proof: '证明',
    RoundOpened: '轮次开启。',
    Committed: (who, shares, amount) => `${who} 投入 ${amount}，认购${shares}。`,
    CommitmentCancelled: (who, shares, amount) => `${who} 取回${shares}的价款 ${amount}。`,
    CommitmentReconfirmed: (who, version) => `${who} 同意第 ${version} 版条款。`,
    CommitmentMoved: (from, to) => `${from} 的认购转至 ${to}。`,
    CommitmentRefunded: (who, shares, amount) => `${shares}的价款 ${amount} 退回 ${who}。`,
    EarlyCloseAnnounced: (at) => `公司公告提前于 ${at} 截止认购。`,
    EarlyCloseLapsed: '提前截止失效：届时未达目标。',
    RoundClosed: (n, shares) => `轮次关闭，共 ${n} 笔认购，${shares}。`,
    RoundFailed: (shares, needed) => `轮次失败：需要${needed}，仅有${shares}。`,
    RoundTallied: (shares) => `统计认购完成：合格${shares}，已达目标。`,
    CommitmentExcluded: (who) => `${who} 没有资格获得股份，已被排除。`,
    CommitmentLapsed: (who) => `${who} 未及时重新确认，已被排除。`,
    AffiliateTallied: (who) => `${who} 被认定为公司关联方。`,
    CommitmentSettled: (who, shares, amount) => `${who} 以 ${amount} 获得${shares}。`,
    RoundSettled: (shares, amount) => `轮次结算完成：售出${shares}，${amount} 归公司或其信托。`,
    CreditPaid: (who, amount) => `${who} 取回未获配股份的价款 ${amount}。`,
    ProceedsPaid: (who, amount) => `募集资金 ${amount} 已付给 ${who}。`,
    FeePaid: (who, amount) => `费用 ${amount} 已付给 ${who}。`,
    TermsAmended: (version, deadline) => `公司将条款变更为第 ${version} 版，截止于 ${deadline}。`,
    paused: '守护人暂停了新的认购。',
    resumed: '守护人恢复了认购。',
    RoundCancelled: (who) => `${who} 撤销了该轮次。`,
    Shortfall: (held, owed) => `轮次持有 ${held}，但应付 ${owed}：已按比例支付。`,
  },
);

/** An event of a round in a sentence; by its name where nobody wrote one. */
function told({ name, arguments: args }: Schemas['Event'], round: Schemas['Round']): string {
  const { currency, decimals } = round.settlementToken;
  const text = (key: string) => String(args[key]);
  const who = (key = 'wallet') => named(text(key));
  const shares = (key = 'shares') => common.shares(count(text(key)));
  const amount = (key = 'amount') => money(fromSmallestUnits(BigInt(text(key)), decimals), currency);
  const time = (key: string) => dateTime(new Date(Number(text(key)) * 1000).toISOString());
  switch (name) {
    case 'RoundOpened':
    case 'EarlyCloseLapsed':
      return w[name];
    case 'Committed':
    case 'CommitmentCancelled':
    case 'CommitmentRefunded':
    case 'CommitmentSettled':
      return w[name](who(), shares(), amount());
    case 'CommitmentReconfirmed':
      return w[name](who(), text('termsVersion'));
    case 'CommitmentMoved':
      return w[name](who('from'), who('to'));
    case 'EarlyCloseAnnounced':
      return w[name](time('closeAt'));
    case 'RoundClosed':
      return w[name](count(text('commitments')), shares('committedShares'));
    case 'RoundFailed':
      return w[name](shares('eligibleShares'), shares('minimumShares'));
    case 'RoundTallied':
      return w[name](shares('eligibleShares'));
    case 'CommitmentExcluded':
    case 'CommitmentLapsed':
    case 'AffiliateTallied':
      return w[name](who());
    case 'RoundSettled':
      return w[name](shares('soldShares'), amount('proceeds'));
    case 'CreditPaid':
      return w[name](who(), amount());
    case 'ProceedsPaid':
    case 'FeePaid':
      return w[name](who('recipient'), amount());
    case 'TermsAmended':
      return w[name](text('termsVersion'), time('deadline'));
    case 'CommitsPaused':
      return args.paused === true ? w.paused : w.resumed;
    case 'RoundCancelled':
      return w[name](who('by'));
    case 'Shortfall':
      return w[name](amount('held'), amount('owed'));
    default:
      return name;
  }
}

export function History({ round }: { round: Schemas['Round'] }) {
  const pages = usePages('/v1/events', { query: { contract: round.address, order: 'desc', limit: 20 } }, (page) => page.events);
  return (
    <Panel title={w.title} aside={<a href={`/audit/${round.address}`}>{common.audit}</a>}>
      <List pages={pages}>
        {(events) => (
          <Table
            caption={w.title}
            rows={events}
            rowKey={({ blockNumber, logIndex }) => `${blockNumber} ${logIndex}`}
            columns={[
              {
                head: w.what,
                cell: (event) => (
                  <>
                    <Text>{told(event, round)}</Text>
                    <br />
                    <span class="hint">
                      <When time={event.time} />
                    </span>
                  </>
                ),
              },
              { head: common.transaction, cell: ({ transaction }) => <Hex value={transaction} /> },
              {
                head: w.proof,
                cell: ({ blockNumber, logIndex, contract }) => (
                  <Verify proof="/v1/proofs/event" query={{ contract, block: blockNumber, logIndex }} label={`${short(round.address)} ${blockNumber}.${logIndex}`} />
                ),
              },
            ]}
          />
        )}
      </List>
    </Panel>
  );
}
