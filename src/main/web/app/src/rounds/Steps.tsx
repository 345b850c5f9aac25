import { prepare, type Schemas } from '../api';
import { dateTime, money } from '../format';
import { words } from '../language';
import { clock } from '../live';
import { Act } from '../signing/act';
import { FromNow, Panel } from '../ui/parts';
import { endOf } from './regimes';

const w = words(
  {
    title: 'Next steps, by anybody',
    about: 'No step needs the company or this platform: whoever wants it done does it.',
    closeFrom: 'The round can be closed once commitments end:',
    closeNow: 'Commitments have ended. Closing fixes what was committed.',
    close: 'Close the round',
    tallyNow: 'Next it is checked who may still receive shares. After the last commitment the round succeeds or fails. Where investors still have time to reflect or reconfirm, this waits for them.',
    tally: 'Tally',
    settleNow: 'The target is reached. Settling issues the shares and credits their money, in one step for each commitment.',
    settle: 'Settle',
    proceeds: (amount: string) => `${amount} are credited to the company and not paid yet.`,
    toTrust: (amount: string) => `${amount} are credited to the trust and not paid yet.`,
    payProceeds: 'Pay the proceeds',
    fee: (amount: string) => `${amount} are credited to the platform and not paid yet.`,
    payFee: 'Pay the fee',
    refunds: 'All the money goes back. Everybody can take their own, and anybody can send it back to its wallet, in the list of commitments.',
    dated: (time: string) => `(${time})`,
  },
  {
    title: '后续步骤（任何人均可执行）',
    about: '任何一步都不依赖公司或本平台：谁需要，谁就可以执行。',
    closeFrom: '认购截止后即可关闭轮次：',
    closeNow: '认购已截止。关闭即固定已认购的数额。',
    close: '关闭轮次',
    tallyNow: '接下来核对谁仍有资格获得股份。最后一笔认购之后，轮次成功或失败。若有投资者仍处于冷静期或重新确认期，须等待其结束。',
    tally: '统计认购',
    settleNow: '已达到目标。结算对每笔认购一步完成股份发行与资金入账。',
    settle: '结算',
    proceeds: (amount) => `${amount} 已记入公司，尚未支付。`,
    toTrust: (amount) => `${amount} 已记入信托，尚未支付。`,
    payProceeds: '支付募集资金',
    fee: (amount) => `${amount} 已记入平台，尚未支付。`,
    payFee: '支付费用',
    refunds: '全部资金退回。每个人可取回自己的资金，任何人也可在认购列表中代为退回至原钱包。',
    dated: (time) => `（${time}）`,
  },
);

/** How many commitments one transaction takes; more would not fit in a block. */
const TALLIED_AT_ONCE = 100;
const SETTLED_AT_ONCE = 40;

const differ = ({ credited, paid }: Schemas['Payment']) => (Number(credited) - Number(paid)).toFixed(2);

export function Steps({ round }: { round: Schemas['Round'] }) {
  const { currency } = round.settlementToken;
  const now = clock.value ?? 0;
  const end = endOf(round);
  const body = (from: string) => ({ from, round: round.address });
  const proceeds = differ(round.proceeds);
  const fee = differ(round.fee);
  const owesProceeds = Number(proceeds) > 0;
  const owesFee = Number(fee) > 0;
  if (round.status === 'settled' && !owesProceeds && !owesFee) return null;
  return (
    <Panel title={w.title}>
      <p class="hint">{w.about}</p>
      {round.status === 'open' &&
        (now < Date.parse(end) ? (
          <p>
            {w.closeFrom} <FromNow time={end} /> {w.dated(dateTime(end))}
          </p>
        ) : (
          <>
            <p>{w.closeNow}</p>
            <Act kind="primary" prepare={(from) => prepare('close', body(from))}>
              {w.close}
            </Act>
          </>
        ))}
      {round.status === 'tallying' && (
        <>
          <p>{w.tallyNow}</p>
          <Act kind="primary" prepare={(from) => prepare('tally', { ...body(from), count: TALLIED_AT_ONCE })}>
            {w.tally}
          </Act>
        </>
      )}
      {round.status === 'settling' && (
        <>
          <p>{w.settleNow}</p>
          <Act kind="primary" prepare={(from) => prepare('settle', { ...body(from), count: SETTLED_AT_ONCE })}>
            {w.settle}
          </Act>
        </>
      )}
      {owesProceeds && (
        <>
          <p>{(round.trust ? w.toTrust : w.proceeds)(money(proceeds, currency))}</p>
          <Act prepare={(from) => prepare('pay-proceeds', body(from))}>{w.payProceeds}</Act>
        </>
      )}
      {owesFee && (
        <>
          <p>{w.fee(money(fee, currency))}</p>
          <Act prepare={(from) => prepare('pay-fee', body(from))}>{w.payFee}</Act>
        </>
      )}
      {(round.status === 'failed' || round.status === 'cancelled') && <p>{w.refunds}</p>}
    </Panel>
  );
}
