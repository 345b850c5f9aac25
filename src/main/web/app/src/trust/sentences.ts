import { count, date, dateTime, percentOfBps, short } from '../format';
import { words } from '../language';
import { amountOf, named } from '../signing/known';
import type { Arguments, Sentences, Value } from '../signing/describe';
import { motionInWords, motionOf } from './motion';
import { duration } from './words';

const w = words(
  {
    tranche: (number: string) => `tranche ${number}`,
    attempt: (tranche: string, attempt: string) => `the payment of tranche ${tranche} (attempt ${attempt})`,
    propose: (tranche: string, trust: string, evidence: string) => `You propose that ${tranche} of ${trust} be paid${evidence}. If you are a trustee and it is a milestone, this is your approval too.`,
    evidence: (hash: string) => `, on evidence with the hash ${hash}`,
    approve: (payment: string, trust: string) => `As a trustee of ${trust} you approve ${payment}. Once enough trustees have, the time to object begins.`,
    reject: (payment: string, trust: string) => `As a trustee of ${trust} you reject ${payment}, or take your approval back.`,
    execute: (payment: string, trust: string) => `You have ${trust} pay ${payment} to its recipient.`,
    veto: (payment: string, trust: string) => `As the protector of ${trust} you veto ${payment}.`,
    vetoAll: (payment: string, trust: string, supporters: string) => `You carry out the beneficiaries’ veto of ${payment} of ${trust}; ${supporters} support it.`,
    conclude: (payment: string, trust: string) => `You draw the consequence of the vote on ${payment} of ${trust}: it is vetoed, or it goes on.`,
    support: (motion: string, trust: string) => `You support the motion of the beneficiaries of ${trust} ${motion}.`,
    unsupport: (motion: string, trust: string) => `You no longer support the motion of the beneficiaries of ${trust} ${motion}.`,
    resign: (trust: string) => `You resign as a trustee of ${trust}. Your duties go on until somebody takes your place.`,
    remove: (trustee: string, trust: string) => `You carry out the removal of the trustee ${trustee} from ${trust} that the beneficiaries decided. The trustee’s accrued fee is withheld.`,
    announceRemoval: (trustee: string, trust: string, hash: string) => `You announce that a court ordered the removal of the trustee ${trustee} from ${trust} (order with the hash ${hash}). It may be executed after 7 days.`,
    executeRemoval: (trustee: string, trust: string) => `You confirm and execute the court’s order: ${trustee} is no longer a trustee of ${trust}, and the accrued fee is withheld.`,
    unseat: (trustee: string, trust: string) => `You have ${trustee}, who is no longer independent of the issuer, leave office in ${trust}.`,
    takeOffice: (trust: string) => `You become a trustee of ${trust}, in a vacant seat.`,
    takeOfficeOf: (outgoing: string, trust: string) => `You become a trustee of ${trust} in the place of ${outgoing}, who is resigning.`,
    statement: (trust: string, until: string, hash: string) => `As a trustee of ${trust} you attest its accounts up to ${until} (statement with the hash ${hash}).`,
    terminate: (trust: string) => `As a trustee you want ${trust} to end. It ends once more than half of all seats do.`,
    unterminate: (trust: string) => `As a trustee you no longer want ${trust} to end.`,
    revoke: (trust: string) => `As the settlor you revoke ${trust}: it ends, and what is left comes back to you.`,
    endByAll: (trust: string) => `You carry out the decision of the settlor and all beneficiaries to end ${trust}.`,
    end: (trust: string) => `You have ${trust} end, because its deed says that it may end now.`,
    claim: (trust: string, whose: string, asset: string) => `You have ${trust} pay ${whose} what is left for them in ${asset}. It goes to their own wallet.`,
    trusteeFee: (trustee: string, trust: string) => `You have ${trust} pay the trustee ${trustee} the fee that has accrued.`,
    fee: (trust: string) => `You have ${trust} pay the platform its fee on what was released.`,
    collect: (trust: string) => `You have the round pay ${trust} what it still owes it.`,
    takeIn: (asset: string, trust: string) => `You make part of the fund of ${trust} what came to it in ${asset} without being asked for.`,
    fund: (amount: string, trust: string) => `You give ${amount} to ${trust}, on the terms of its deed. You get nothing back for it unless the deed says so.`,
    assign: (units: string, trust: string, to: string) => `You hand ${units} units of your interest in ${trust} to ${to}, for good.`,
    moveInterest: (wallet: string, trust: string) => `You move the interest of ${wallet} in ${trust} to the wallet that came after it.`,
    moveRecipient: (wallet: string, trust: string) => `You have what ${wallet} receives from ${trust} paid to the wallet that came after it.`,
    allow: (spender: string, amount: string) => `You allow ${spender} to take ${amount} from your wallet.`,
    milestoneVote: (payment: string, trust: string) => `You have a vote opened on ${payment} of ${trust}. Nothing is paid until it is over, and never if it passes.`,
    removalVote: (trustee: string, trust: string) => `You have a vote opened on the removal of the trustee ${trustee} from ${trust}.`,
    appointmentVote: (nominee: string, trust: string) => `You have a vote opened on ${nominee} taking a vacant seat in ${trust}.`,
    open: (company: string, trustees: string, threshold: string, tranches: string, challenge: string, longStop: string, deed: string) =>
      `You open a trust of company ${company}: ${threshold} of ${trustees} trustees approve what is paid, in ${tranches} tranches; there are ${challenge} to object; from ${longStop} on anyone may end it. The deed’s document has the hash ${deed}.`,
    settlorIs: (settlor: string) => ` The settlor is ${settlor}.`,
    protectorIs: (protector: string) => ` ${protector} may veto payments.`,
    forRound: ' It waits for the proceeds of a round, and is for those to whom the round allots shares.',
    forNamed: (who: string) => ` It is for ${who}.`,
    trusteesAre: (who: string) => ` The trustees are ${who}.`,
    feesAre: (platform: string, trustees: string) => ` Fees: ${platform} of each release to the platform, ${trustees} of the money received to the trustees.`,
    revocable: ' You may revoke it.',
    of: (units: string, who: string) => `${who} with ${units} units`,
    and: ', ',
  },
  {
    tranche: (number) => `第 ${number} 期`,
    attempt: (tranche, attempt) => `第 ${tranche} 期款项（第 ${attempt} 次提议）`,
    propose: (tranche, trust, evidence) => `您提议支付 ${trust} 的${tranche}${evidence}。如果您是受托人且该期以里程碑为条件，这同时是您的批准。`,
    evidence: (hash) => `，证明文件哈希为 ${hash}`,
    approve: (payment, trust) => `您作为 ${trust} 的受托人批准${payment}。批准人数足够后，异议期开始。`,
    reject: (payment, trust) => `您作为 ${trust} 的受托人驳回${payment}，或收回您的批准。`,
    execute: (payment, trust) => `您使 ${trust} 向收款人支付${payment}。`,
    veto: (payment, trust) => `您作为 ${trust} 的监察人否决${payment}。`,
    vetoAll: (payment, trust, supporters) => `您执行受益人对 ${trust} 的${payment}的否决；支持者：${supporters}。`,
    conclude: (payment, trust) => `您落实就 ${trust} 的${payment}所作表决的结果：予以否决，或继续进行。`,
    support: (motion, trust) => `您支持 ${trust} 受益人的动议：${motion}。`,
    unsupport: (motion, trust) => `您不再支持 ${trust} 受益人的动议：${motion}。`,
    resign: (trust) => `您辞任 ${trust} 的受托人。在有人接任之前，您的职责继续。`,
    remove: (trustee, trust) => `您执行受益人的决定，解任 ${trust} 的受托人 ${trustee}。其已计提的报酬不予支付。`,
    announceRemoval: (trustee, trust, hash) => `您公告法院命令解任 ${trust} 的受托人 ${trustee}（命令哈希 ${hash}）。7 天后方可执行。`,
    executeRemoval: (trustee, trust) => `您确认并执行法院命令：${trustee} 不再是 ${trust} 的受托人，已计提的报酬不予支付。`,
    unseat: (trustee, trust) => `您使已不再独立于发行人的 ${trustee} 离任 ${trust} 的受托人。`,
    takeOffice: (trust) => `您就任 ${trust} 的受托人，填补空缺席位。`,
    takeOfficeOf: (outgoing, trust) => `您接替正在辞任的 ${outgoing}，就任 ${trust} 的受托人。`,
    statement: (trust, until, hash) => `您作为 ${trust} 的受托人确认截至 ${until} 的账目（报告哈希 ${hash}）。`,
    terminate: (trust) => `您作为受托人希望终止 ${trust}。过半数席位同意时即告终止。`,
    unterminate: (trust) => `您作为受托人不再希望终止 ${trust}。`,
    revoke: (trust) => `您作为委托人撤销 ${trust}：信托终止，剩余财产返还给您。`,
    endByAll: (trust) => `您执行委托人与全体受益人终止 ${trust} 的决定。`,
    end: (trust) => `您使 ${trust} 终止，因为依信托文件现在可以终止。`,
    claim: (trust, whose, asset) => `您使 ${trust} 向 ${whose} 支付其应得的剩余 ${asset}。款项进入其本人的钱包。`,
    trusteeFee: (trustee, trust) => `您使 ${trust} 向受托人 ${trustee} 支付已计提的报酬。`,
    fee: (trust) => `您使 ${trust} 向平台支付已释放款项的费用。`,
    collect: (trust) => `您使融资轮次向 ${trust} 支付尚欠的款项。`,
    takeIn: (asset, trust) => `您将额外转入 ${trust} 的 ${asset} 计入信托财产。`,
    fund: (amount, trust) => `您依信托文件向 ${trust} 交付 ${amount}。除信托文件另有规定外，您不会得到任何返还。`,
    assign: (units, trust, to) => `您将在 ${trust} 中的 ${units} 份受益权永久转让给 ${to}。`,
    moveInterest: (wallet, trust) => `您将 ${wallet} 在 ${trust} 中的受益权移至其后继钱包。`,
    moveRecipient: (wallet, trust) => `您使 ${trust} 应付给 ${wallet} 的款项改付至其后继钱包。`,
    allow: (spender, amount) => `您允许 ${spender} 从您的钱包收取 ${amount}。`,
    milestoneVote: (payment, trust) => `您发起对 ${trust} 的${payment}的表决。表决结束前不支付；表决通过则永不支付。`,
    removalVote: (trustee, trust) => `您发起解任 ${trust} 受托人 ${trustee} 的表决。`,
    appointmentVote: (nominee, trust) => `您发起由 ${nominee} 填补 ${trust} 空缺席位的表决。`,
    open: (company, trustees, threshold, tranches, challenge, longStop, deed) =>
      `您为公司 ${company} 设立信托：支付须由 ${trustees} 位受托人中的 ${threshold} 位批准，共 ${tranches} 期；异议期为 ${challenge}；自 ${longStop} 起任何人可使其终止。信托文件哈希为 ${deed}。`,
    settlorIs: (settlor) => `委托人为 ${settlor}。`,
    protectorIs: (protector) => `${protector} 可否决支付。`,
    forRound: '信托等待某一轮次的募集资金，受益人为该轮次获配股份的人。',
    forNamed: (who) => `受益人：${who}。`,
    trusteesAre: (who) => `受托人：${who}。`,
    feesAre: (platform, trustees) => `费用：平台收取每次释放款项的 ${platform}，受托人收取所收款项的 ${trustees}。`,
    revocable: '您可以撤销该信托。',
    of: (units, who) => `${who}，${units} 份`,
    and: '、',
  },
);

const text = (value: Value | undefined) => String(value);
const list = (value: Value | undefined) => value as readonly Value[];

/** Which tranche and attempt a disbursement's number names. */
function payment(value: Value | undefined): string {
  const number = BigInt(text(value));
  return w.attempt((number & 255n).toString(), (number >> 8n).toString());
}

function motion(value: Value | undefined): string {
  const found = motionOf(text(value));
  return found === null ? short(text(value)) : motionInWords(found);
}

/** A beneficiary: an identity, or a wallet that a word has room for. */
function beneficiary(value: Value | undefined): string {
  const word = text(value);
  return /^0x0{24}/.test(word) ? named(`0x${word.slice(26)}`) : short(word);
}

const at = (seconds: Value | undefined) => new Date(Number(seconds) * 1000).toISOString();

function opened(args: Arguments): string {
  const deed = args.deed as Arguments;
  const terms = deed.terms as Arguments;
  const beneficiaries = list(deed.beneficiaries) as readonly Arguments[];
  const zero = (value: Value | undefined) => /^0x0*$/.test(text(value));
  return [
    w.open(
      text(args.companyId),
      count(list(deed.trustees).length),
      text(terms.threshold),
      count(list(deed.tranches).length),
      duration(Number(terms.challengePeriod)),
      date(at(terms.longStop)),
      short(text(terms.deedHash)),
    ),
    w.settlorIs(named(text(terms.settlor))),
    w.trusteesAre(list(deed.trustees).map((one) => named(text(one))).join(w.and)),
    zero(terms.protector) ? '' : w.protectorIs(named(text(terms.protector))),
    beneficiaries.length === 0 ? w.forRound : w.forNamed(beneficiaries.map((one) => w.of(text(one.units), named(text(one.wallet)))).join(w.and)),
    w.feesAre(percentOfBps(Number(terms.platformFeeBps)), percentOfBps(Number(terms.trusteeFeeBps))),
    terms.revocable ? w.revocable : '',
  ].join('');
}

export const trustSentences: Sentences = {
  'CustodyTrust.propose': (args, to) => w.propose(w.tranche(text(args.tranche)), named(to), /^0x0*$/.test(text(args.evidence)) ? '' : w.evidence(short(text(args.evidence)))),
  'CustodyTrust.approve': (args, to) => w.approve(payment(args.disbursement), named(to)),
  'CustodyTrust.reject': (args, to) => w.reject(payment(args.disbursement), named(to)),
  'CustodyTrust.execute': (args, to) => w.execute(payment(args.disbursement), named(to)),
  'CustodyTrust.veto': (args, to) => w.veto(payment(args.disbursement), named(to)),
  'CustodyTrust.vetoByBeneficiaries': (args, to) => w.vetoAll(payment(args.disbursement), named(to), list(args.supporters).map((one) => named(text(one))).join(w.and)),
  'CustodyTrust.concludeVote': (args, to) => w.conclude(payment(args.disbursement), named(to)),
  'CustodyTrust.support': (args, to) => (args.supported ? w.support : w.unsupport)(motion(args.motion), named(to)),
  'CustodyTrust.resign': (_, to) => w.resign(named(to)),
  'CustodyTrust.removeTrustee': (args, to) => w.remove(named(text(args.trustee)), named(to)),
  'CustodyTrust.announceRemoval': (args, to) => w.announceRemoval(named(text(args.trustee)), named(to), short(text(args.documentHash))),
  'CustodyTrust.executeRemoval': (args, to) => w.executeRemoval(named(text(args.trustee)), named(to)),
  'CustodyTrust.unseat': (args, to) => w.unseat(named(text(args.trustee)), named(to)),
  'CustodyTrust.takeOffice': (args, to) => (/^0x0*$/.test(text(args.outgoing)) ? w.takeOffice(named(to)) : w.takeOfficeOf(named(text(args.outgoing)), named(to))),
  'CustodyTrust.attestStatement': (args, to) => w.statement(named(to), dateTime(at(args.periodEnd)), short(text(args.documentHash))),
  'CustodyTrust.terminate': (args, to) => (args.supported ? w.terminate : w.unterminate)(named(to)),
  'CustodyTrust.revoke': (_, to) => w.revoke(named(to)),
  'CustodyTrust.endByBeneficiaries': (_, to) => w.endByAll(named(to)),
  'CustodyTrust.end': (_, to) => w.end(named(to)),
  'CustodyTrust.claim': (args, to) => w.claim(named(to), beneficiary(args.beneficiary), named(text(args.asset))),
  'CustodyTrust.payTrusteeFee': (args, to) => w.trusteeFee(named(text(args.trustee)), named(to)),
  'CustodyTrust.payFee': (_, to) => w.fee(named(to)),
  'CustodyTrust.collectProceeds': (_, to) => w.collect(named(to)),
  'CustodyTrust.takeIn': (args, to) => w.takeIn(named(text(args.asset)), named(to)),
  'CustodyTrust.fund': (args, to) => w.fund(amountOf(text(args.asset), BigInt(text(args.amount))), named(to)),
  'CustodyTrust.assign': (args, to) => w.assign(count(text(args.units)), named(to), named(text(args.to))),
  'CustodyTrust.moveInterest': (args, to) => w.moveInterest(named(text(args.wallet)), named(to)),
  'CustodyTrust.moveRecipient': (args, to) => w.moveRecipient(named(text(args.recipient)), named(to)),
  'ShareToken.approve': (args, to) => w.allow(named(text(args.spender)), amountOf(to, BigInt(text(args.value)))),
  'Directory.openTrust': opened,
  'Directory.openMilestoneVote': (args) => w.milestoneVote(payment(args.disbursement), named(text(args.trust))),
  'Directory.openRemovalVote': (args) => w.removalVote(named(text(args.trustee)), named(text(args.trust))),
  'Directory.openAppointmentVote': (args) => w.appointmentVote(named(text(args.nominee)), named(text(args.trust))),
};
