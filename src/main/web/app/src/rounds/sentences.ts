import type { Address } from '../api';
import { count, dateTime, money, percentOfBps, short, times } from '../format';
import { words } from '../language';
import type { Arguments, Sentences } from '../signing/describe';
import { amountOf, named } from '../signing/known';
import { common } from '../ui/words';
import { kept } from './terms';

const w = words(
  {
    commit: (cost: string, shares: string, to: string, version: string) =>
      `Commit ${cost} for ${shares} in the round of ${to}, on version ${version} of its terms. The contract holds the money until the round is settled or you take it back.`,
    costOf: (shares: string) => `the price of ${shares}`,
    byPermit: 'The signature given before lets it take exactly that.',
    consent: 'You consent to investing more than the threshold of the rules, having read the risk warning.',
    cancelAll: (of: string) => `Take your whole commitment back from the round of ${of}. The money returns to your wallet at once.`,
    cancel: (shares: string, of: string) => `Take ${shares} of your commitment back from the round of ${of}. Their money returns to your wallet at once.`,
    reconfirm: (version: string, of: string) => `Agree to version ${version} of the terms of the round of ${of}, for all that you committed.`,
    move: (of: string) => `Let the commitment of your earlier wallet in the round of ${of} follow you to the wallet that the registry knows now.`,
    refund: (identity: string, of: string) => `Send the money of the commitment of the person ${identity} in the round of ${of} back to its wallet.`,
    claimCredit: (identity: string, of: string) => `Give the person ${identity} back the money for shares of ${of} that were asked for and not allotted.`,
    close: (of: string) => `Close the round of ${of}. Nobody can commit after that; whether it reached its target is found next.`,
    tally: (n: string, of: string) => `Check up to ${n} more commitments in the round of ${of}: who may no longer receive shares is left out. After the last the round succeeds or fails.`,
    settle: (n: string, of: string) => `Settle up to ${n} more commitments in the round of ${of}: issue their shares and credit their money to the company, in one step.`,
    payProceeds: (of: string) => `Pay the proceeds of the round of ${of} to its trust or, where it has none, to the wallet that acts for the company.`,
    payFee: (of: string) => `Pay the platform the fee on the round of ${of}.`,
    amend: (of: string, deadline: string, hash: string) => `Change the terms of the round of ${of}: it ends on ${deadline} at the earliest, and the documents are now those with the fingerprint ${hash}.`,
    material: 'The change is material: where the rules say so, who does not reconfirm in time is refunded.',
    notMaterial: 'The change is not material: nobody has to reconfirm, everybody may leave.',
    early: (of: string, at: string) => `Announce that commitments to the round of ${of} end early, on ${at}.`,
    cancelRound: (of: string, reason: string) => `End the round of ${of} for good, for the reason in the document with the fingerprint ${reason}. All its money becomes refundable to the investors.`,
    pause: (of: string) => `Stop new commitments to the round of ${of}. Taking money back stays possible.`,
    resume: (of: string) => `Let people commit to the round of ${of} again.`,
    open: (shareClass: string, min: string, max: string, price: string, opens: string, ends: string) =>
      `Open a round for ${min} to ${max} of ${shareClass} at ${price} each, from ${opens} to ${ends}.`,
    openTo: (trust: string) => `The proceeds go to the trust ${trust}.`,
    openToController: 'The proceeds go to the wallet that acts for the company when they are paid.',
    openFee: (fee: string) => `The platform’s fee is ${fee} of what is sold.`,
  },
  {
    commit: (cost, shares, to, version) => `在 ${to} 的轮次中投入${cost}，认购${shares}，同意其第 ${version} 版条款。资金由合约持有，直至结算或由您取回。`,
    costOf: (shares) => `${shares}的价款`,
    byPermit: '此前的签名仅允许合约收取该金额。',
    consent: '您已阅读风险警示，并同意投资超过规则所定的门槛。',
    cancelAll: (of) => `从 ${of} 的轮次中取回您的全部认购。资金立即退回您的钱包。`,
    cancel: (shares, of) => `从 ${of} 的轮次中取回您认购的${shares}。相应资金立即退回您的钱包。`,
    reconfirm: (version, of) => `就您的全部认购，同意 ${of} 轮次的第 ${version} 版条款。`,
    move: (of) => `将您原钱包在 ${of} 轮次中的认购转移到登记册现在所载的钱包。`,
    refund: (identity, of) => `将身份 ${identity} 在 ${of} 轮次中的认购款退回其钱包。`,
    claimCredit: (identity, of) => `将身份 ${identity} 申购 ${of} 而未获配股份的资金退还。`,
    close: (of) => `关闭 ${of} 的轮次。此后不能再认购；接下来确定是否达到目标。`,
    tally: (n, of) => `在 ${of} 的轮次中再核对至多 ${n} 笔认购：不再有资格获得股份的将被排除。最后一笔之后，轮次成功或失败。`,
    settle: (n, of) => `在 ${of} 的轮次中再结算至多 ${n} 笔认购：发行股份并将资金记入公司，一步完成。`,
    payProceeds: (of) => `将 ${of} 轮次的募集资金支付给其信托；没有信托的，支付给代表公司的钱包。`,
    payFee: (of) => `向平台支付 ${of} 轮次的费用。`,
    amend: (of, deadline, hash) => `变更 ${of} 轮次的条款：最早于 ${deadline} 截止，文件改为指纹为 ${hash} 的文件。`,
    material: '此为重大变更：按规则要求，未及时重新确认的认购将退款。',
    notMaterial: '此变更并非重大变更：无需重新确认，所有人均可退出。',
    early: (of, at) => `宣布 ${of} 的轮次提前于 ${at} 截止认购。`,
    cancelRound: (of, reason) => `永久终止 ${of} 的轮次，理由见指纹为 ${reason} 的文件。全部资金可退还投资者。`,
    pause: (of) => `暂停对 ${of} 轮次的新认购。仍可取回资金。`,
    resume: (of) => `恢复对 ${of} 轮次的认购。`,
    open: (shareClass, min, max, price, opens, ends) => `开启一个轮次：发行 ${shareClass}，${min}至${max}，每股 ${price}，自 ${opens} 至 ${ends}。`,
    openTo: (trust) => `募集资金付给信托 ${trust}。`,
    openToController: '募集资金付给支付时代表公司的钱包。',
    openFee: (fee) => `平台费用为售出金额的 ${fee}。`,
  },
);

const number = (value: unknown) => count(value as bigint);
const shares = (value: unknown) => common.shares(count(value as bigint));
const time = (value: unknown) => dateTime(new Date(Number(value) * 1000).toISOString());

const amount = (units: unknown, token: string) => amountOf(token, units as bigint);

function commit(args: Arguments, to: Address): string {
  const round = kept(to);
  const bought = shares(args.shares);
  const cost = round ? money(times(round.price, String(args.shares)), round.settlementToken.currency) : w.costOf(bought);
  return [w.commit(cost, bought, named(to), String(args.termsVersion)), args.consent ? w.consent : ''].join(' ').trim();
}

export const roundSentences: Sentences = {
  'FundingRound.commit': commit,
  'FundingRound.commitWithPermit': (args, to) => `${commit(args, to)} ${w.byPermit}`,
  'FundingRound.cancel': (args, to) => (args.shares === 0n ? w.cancelAll(named(to)) : w.cancel(shares(args.shares), named(to))),
  'FundingRound.reconfirm': (args, to) => w.reconfirm(String(args.termsVersion), named(to)),
  'FundingRound.moveCommitment': (_, to) => w.move(named(to)),
  'FundingRound.refund': (args, to) => w.refund(short(String(args.identity)), named(to)),
  'FundingRound.claimCredit': (args, to) => w.claimCredit(short(String(args.identity)), named(to)),
  'FundingRound.close': (_, to) => w.close(named(to)),
  'FundingRound.tally': (args, to) => w.tally(number(args.count), named(to)),
  'FundingRound.settle': (args, to) => w.settle(number(args.count), named(to)),
  'FundingRound.payProceeds': (_, to) => w.payProceeds(named(to)),
  'FundingRound.payFee': (_, to) => w.payFee(named(to)),
  'FundingRound.amend': (args, to) => `${w.amend(named(to), time(args.newDeadline), short(String(args.newTermsHash)))} ${args.material ? w.material : w.notMaterial}`,
  'FundingRound.announceEarlyClose': (args, to) => w.early(named(to), time(args.closeAt)),
  'FundingRound.cancelByIssuer': (args, to) => w.cancelRound(named(to), short(String(args.reason))),
  'FundingRound.cancelRound': (args, to) => w.cancelRound(named(to), short(String(args.reason))),
  'FundingRound.pauseCommits': (args, to) => (args.paused ? w.pause(named(to)) : w.resume(named(to))),
  'Directory.openRound': ({ terms }) => {
    const t = terms as Arguments;
    const none = /^0x0{40}$/.test(String(t.trust));
    return [
      w.open(named(String(t.shareClass)), shares(t.minimumShares), shares(t.maximumShares), amount(t.price, String(t.settlementToken)), time(t.opensAt), time(t.deadline)),
      none ? w.openToController : w.openTo(named(String(t.trust))),
      w.openFee(percentOfBps(Number(t.feeBps))),
    ].join(' ');
  },
};
