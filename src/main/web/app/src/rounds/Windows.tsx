import type { Schemas } from '../api';
import { words } from '../language';
import { Panel, TimeLine, type Moment } from '../ui/parts';
import { endOf, everybodyMayLeaveUntil, refundableFrom } from './regimes';

const w = words(
  {
    title: 'When what happens',
    opens: 'Opens',
    opensDetail: 'From now on one may commit.',
    leave: 'Last moment to take money back',
    leaveDetail: 'Commitments made before can be cancelled until then, in whole or in part.',
    reconfirm: 'Reconfirm by',
    reconfirmDetail: 'Who committed before the material change and does not reconfirm until then is refunded.',
    ends: 'Commitments end',
    earlyEnds: 'Commitments end early, as announced',
    earlyDetail: 'Should the target be missed then, the round goes on until its deadline.',
    deadline: 'Deadline',
    closed: 'Closed',
    cancelled: 'Cancelled',
    failed: 'Failed: less than the target',
    tallied: 'Tallied: the target is reached',
    settled: 'Settled: shares issued, money credited',
    willSettle: 'Tallied and settled from here on',
    willSettleDetail: 'Each step can be done by anybody. Who may not receive shares any more is left out and refunded.',
    pull: 'Refundable if not settled',
    pullDetail: '30 days after closing everybody can take back what is not settled, whoever else does nothing.',
  },
  {
    title: '时间安排',
    opens: '开放',
    opensDetail: '自此可以认购。',
    leave: '可取回资金的最后时刻',
    leaveDetail: '在此之前的认购可以全部或部分取消。',
    reconfirm: '重新确认期限',
    reconfirmDetail: '在重大变更前认购且届时未重新确认的，予以退款。',
    ends: '认购截止',
    earlyEnds: '按公告提前截止认购',
    earlyDetail: '届时若未达目标，轮次继续至原截止时间。',
    deadline: '截止时间',
    closed: '已关闭',
    cancelled: '已取消',
    failed: '失败：未达目标',
    tallied: '已统计认购：达到目标',
    settled: '已结算：股份已发行，资金已入账',
    willSettle: '此后统计认购与结算',
    willSettleDetail: '每一步均可由任何人执行。不再有资格获得股份的，予以排除并退款。',
    pull: '未结算即可退款',
    pullDetail: '关闭后 30 天，未结算的资金可由投资者自行取回，无需他人配合。',
  },
);

/** The moments of a round's life, those past and those that its terms and rules set. */
export function Windows({ round, events }: { round: Schemas['Round']; events: Schemas['Event'][] }) {
  const at = (name: string) => events.find((event) => event.name === name)?.time;
  const moments: Moment[] = [{ time: round.opensAt, name: w.opens, detail: w.opensDetail }];
  const add = (time: string | null | undefined, name: string, detail?: string) => {
    if (time) moments.push({ time, name, ...(detail ? { detail } : {}) });
  };
  const open = round.status === 'open';
  const end = endOf(round);
  const leave = everybodyMayLeaveUntil(round);
  if (leave !== null && leave !== end && (open || round.closedAt)) add(leave, w.leave, w.leaveDetail);
  add(round.reconfirmBy, w.reconfirm, w.reconfirmDetail);
  if (round.earlyCloseAt) add(round.earlyCloseAt, w.earlyEnds, w.earlyDetail);
  if (round.status !== 'cancelled' || round.closedAt) add(round.deadline, round.earlyCloseAt ? w.deadline : w.ends, leave === end ? `${w.leave}.` : undefined);
  add(round.closedAt, w.closed);
  add(at('RoundCancelled'), w.cancelled);
  add(at('RoundFailed'), w.failed);
  add(at('RoundTallied'), w.tallied);
  add(at('RoundSettled'), w.settled);
  if (open || round.status === 'tallying' || round.status === 'settling') {
    if (open) add(end, w.willSettle, w.willSettleDetail);
    add(refundableFrom(round), w.pull, w.pullDetail);
  }
  return (
    <Panel title={w.title}>
      <TimeLine moments={moments} label={w.title} />
    </Panel>
  );
}
