import { count, date, dateTime, fromSmallestUnits, money, percentOfBps, short } from '../format';
import { words } from '../language';
import type { Arguments, Sentences } from '../signing/describe';
import { amountOf, known, named } from '../signing/known';
import { company, choiceWord } from './words';

const w = words(
  {
    aCompany: (n: string) => `company no. ${n}`,
    distribution: (id: string, of: string) => `distribution no. ${id} of ${of}`,
    transfer: (n: string, of: string, to: string) => `Transfer ${n} shares of ${of} from your wallet to ${to}. What you transfer you no longer hold.`,
    declareRecordDate: (of: string, at: string) => `Declare a record date of ${of}: whoever holds shares just before ${at} counts.`,
    issue: (n: string, of: string, to: string) => `Issue ${n} new shares of ${of} to ${to}.`,
    issueLocked: (n: string, of: string, to: string, until: string) => `Issue ${n} new shares of ${of} to ${to}, locked until ${until}.`,
    cancel: (n: string, of: string) => `Cancel ${n} shares of ${of} that the company holds, for good.`,
    split: (n: string, of: string) => `Split every share of ${of} into ${n}. Every holding, the number issued and the number authorised are multiplied by ${n}.`,
    convert: (n: string, of: string) => `Convert ${n} of your shares of ${of} into the class that its terms name. This can't be turned back.`,
    setDocument: (name: string, of: string, uri: string, hash: string) => `Attach to ${of} the document “${name}”, to be found at ${uri}, with the hash ${hash}.`,
    removeDocument: (name: string, of: string) => `Detach from ${of} the document “${name}”.`,
    recover: (of: string, wallet: string) => `Move all shares of ${of} that ${wallet} holds to the wallet that took its place.`,
    raise: (of: string, n: string, vote: string) => `Raise the number of shares of ${of} that may be issued to ${n}, as the holders decided in the vote ${vote}.`,
    openClass: (name: string, symbol: string, n: string, of: string) => `Open the share class “${name}” (${symbol}) of ${of}, with ${n} shares authorised`,
    openClassVotes: (n: string) => `; ${n} votes per share`,
    openClassPreference: (amount: string) => `; a liquidation preference of ${amount} per share`,
    openClassConverts: (n: string, into: string, of: string) => `; ${of} shares convert into ${n} of ${into}`,
    openClassCap: (n: string) => `; at most ${n} holders`,
    openClassEnd: '. All of this but the authorised number is fixed for the life of the class.',
    openDistribution: (of: string, token: string) => `Open the contract that pays distributions to the holders of ${of} in ${token}.`,
    openVote: (of: string, electorate: string, from: string, to: string, quorum: string, majority: string) =>
      `Open a vote of ${of}, of ${electorate}, from ${from} until ${to}. It passes with a quorum of ${quorum} and with more votes in favour than against, at least ${majority} of both.`,
    holdersOf: (of: string, recordDate: string) => `the holders of ${of} at record date no. ${recordDate}`,
    allotted: (round: string) => `those to whom the round ${round} allotted shares`,
    voteBinds: (target: string) => ` The outcome binds ${target}.`,
    propose: (of: string, to: string) => `Propose that ${to} act for ${of} instead of your wallet. Nothing changes until it accepts.`,
    withdrawProposal: (of: string) => `Withdraw the proposal that another wallet act for ${of}.`,
    accept: (of: string) => `Take over ${of}: from now on your wallet acts for it.`,
    claim: (what: string) => `Claim what you are due of ${what}. It is paid to you, or to the payee that you named.`,
    claimFor: (what: string, holder: string) => `Have ${holder} paid what it is due of ${what}. The money goes to the holder or its payee, not to you.`,
    claimMany: (what: string, n: string) => `Have ${n} holders paid what they are due of ${what}. The money goes to the holders or their payees, not to you.`,
    fund: (what: string) => `Fund ${what} in whole with your money.`,
    fundFromSurplus: (what: string) => `Fund ${what} with what was sent to the contract.`,
    declare: (kind: string, amount: string, recordDate: string, by: string) => `Declare, by ${by}, a distribution (${kind}) of ${amount} to those who hold shares at record date no. ${recordDate}. It is to be funded later.`,
    declareAndFund: (kind: string, amount: string, recordDate: string, by: string) => `Declare, by ${by}, a distribution (${kind}) of ${amount} to those who hold shares at record date no. ${recordDate}, and pay ${amount} for it now.`,
    openClaims: (what: string) => `Open the claims of ${what}: each holder's part is fixed.`,
    setPayee: (payee: string, by: string) => `From now on, what ${by} owes you is paid to ${payee}.`,
    noPayee: (by: string) => `From now on, what ${by} owes you is paid to your own wallet.`,
    payCompany: (by: string) => `Have ${by} pay the company what was withheld or returned.`,
    followSuccessor: (holder: string, by: string) => `What ${by} owes ${holder} is due to the wallet that took its place.`,
    noteWithholding: (n: string, recordDate: string, by: string) => `Fix, for ${by} and record date no. ${recordDate}, the withholding rates that the registrar attests now for ${n} holders.`,
    vote: (choice: string, of: string) => `Cast your ballot in ${of}: ${choice}. You can change it until the close.`,
    voteFor: (choice: string, n: string, of: string) => `Cast the ballots of ${n} electors for whom you act, in ${of}: ${choice}.`,
    appoint: (proxy: string, elector: string, of: string) => `Let ${proxy} vote for ${elector} in ${of} until you revoke it.`,
    revoke: (elector: string, of: string) => `Revoke the proxy of ${elector} in ${of}. A ballot that it cast stands until you cast your own.`,
    instruct: (trust: string, choice: string, of: string) => `Say as a trustee that ${trust} is to vote: ${choice}, in ${of}.`,
    nameKey: (key: string) => `Name ${key} as your recovery key: it may confirm that another wallet takes the place of yours, when the registrar announces it.`,
    noKey: 'Name no recovery key any more.',
    object: 'Object to the recovery that is announced: your wallet keeps its place.',
    confirmWithKey: (hash: string) => `Confirm with the recovery key the recovery that was announced with the document ${hash}.`,
  },
  {
    aCompany: (n) => `第 ${n} 号公司`,
    distribution: (id, of) => `${of} 的第 ${id} 次分配`,
    transfer: (n, of, to) => `将 ${of} 的 ${n} 股从您的钱包转让给 ${to}。转让后您不再持有这些股份。`,
    declareRecordDate: (of, at) => `为 ${of} 宣布登记日：以 ${at} 前一刻的持有人为准。`,
    issue: (n, of, to) => `向 ${to} 发行 ${of} 新股 ${n} 股。`,
    issueLocked: (n, of, to, until) => `向 ${to} 发行 ${of} 新股 ${n} 股，锁定至 ${until}。`,
    cancel: (n, of) => `永久注销公司持有的 ${of} ${n} 股。`,
    split: (n, of) => `将 ${of} 的每股拆分为 ${n} 股。所有持股、已发行股数和授权股数均乘以 ${n}。`,
    convert: (n, of) => `将您持有的 ${of} ${n} 股转换为其条款所指定的类别。此操作不可撤回。`,
    setDocument: (name, of, uri, hash) => `为 ${of} 附上文件“${name}”，位于 ${uri}，哈希为 ${hash}。`,
    removeDocument: (name, of) => `从 ${of} 移除文件“${name}”。`,
    recover: (of, wallet) => `将 ${wallet} 持有的全部 ${of} 股份移至接替它的钱包。`,
    raise: (of, n, vote) => `依持有人在表决 ${vote} 中的决定，将 ${of} 可发行的股数提高至 ${n}。`,
    openClass: (name, symbol, n, of) => `为${of}设立股份类别“${name}”（${symbol}），授权股数 ${n}`,
    openClassVotes: (n) => `；每股 ${n} 票`,
    openClassPreference: (amount) => `；每股优先清算额 ${amount}`,
    openClassConverts: (n, into, of) => `；每 ${of} 股可转换为 ${into} ${n} 股`,
    openClassCap: (n) => `；持有人至多 ${n} 名`,
    openClassEnd: '。除授权股数外，以上条款在该类别存续期间不可更改。',
    openDistribution: (of, token) => `设立以 ${token} 向 ${of} 持有人支付分配的合约。`,
    openVote: (of, electorate, from, to, quorum, majority) =>
      `为${of}发起表决，表决人为${electorate}，自 ${from} 至 ${to}。通过条件：法定人数 ${quorum}，赞成票多于反对票，且赞成票不少于两者之和的 ${majority}。`,
    holdersOf: (of, recordDate) => `第 ${recordDate} 个登记日的 ${of} 持有人`,
    allotted: (round) => `在轮次 ${round} 中获配股份者`,
    voteBinds: (target) => `结果对 ${target} 有约束力。`,
    propose: (of, to) => `提议由 ${to} 代替您的钱包代表${of}行事。在其接受之前不发生任何变化。`,
    withdrawProposal: (of) => `撤回由其他钱包代表${of}行事的提议。`,
    accept: (of) => `接管${of}：从现在起由您的钱包代表其行事。`,
    claim: (what) => `领取您在${what}中应得的款项。款项付给您，或您指定的收款人。`,
    claimFor: (what, holder) => `向 ${holder} 支付其在${what}中应得的款项。款项付给持有人或其收款人，而非您。`,
    claimMany: (what, n) => `向 ${n} 位持有人支付其在${what}中应得的款项。款项付给持有人或其收款人，而非您。`,
    fund: (what) => `以您的资金全额拨付${what}。`,
    fundFromSurplus: (what) => `以已转入合约的款项拨付${what}。`,
    declare: (kind, amount, recordDate, by) => `通过 ${by} 宣布向第 ${recordDate} 个登记日的持有人分配 ${amount}（${kind}）。款项稍后拨付。`,
    declareAndFund: (kind, amount, recordDate, by) => `通过 ${by} 宣布向第 ${recordDate} 个登记日的持有人分配 ${amount}（${kind}），并立即拨付 ${amount}。`,
    openClaims: (what) => `开放${what}的领取：每位持有人的份额随之确定。`,
    setPayee: (payee, by) => `从现在起，${by} 应付给您的款项付给 ${payee}。`,
    noPayee: (by) => `从现在起，${by} 应付给您的款项付给您自己的钱包。`,
    payCompany: (by) => `由 ${by} 向公司支付预扣或退回的款项。`,
    followSuccessor: (holder, by) => `${by} 应付给 ${holder} 的款项改付接替它的钱包。`,
    noteWithholding: (n, recordDate, by) => `就 ${by} 的第 ${recordDate} 个登记日，确定登记员目前为 ${n} 位持有人证明的预扣税率。`,
    vote: (choice, of) => `在 ${of} 中投票：${choice}。截止前可以更改。`,
    voteFor: (choice, n, of) => `代您所代表的 ${n} 位表决人在 ${of} 中投票：${choice}。`,
    appoint: (proxy, elector, of) => `委托 ${proxy} 在 ${of} 中代 ${elector} 投票，直至您撤销。`,
    revoke: (elector, of) => `撤销 ${elector} 在 ${of} 中的委托。代理人已投的票在您自己投票前继续有效。`,
    instruct: (trust, choice, of) => `以受托人身份指示 ${trust} 在 ${of} 中投票：${choice}。`,
    nameKey: (key) => `指定 ${key} 为您的恢复密钥：当登记员公告由其他钱包接替您的钱包时，它可以确认。`,
    noKey: '不再指定恢复密钥。',
    object: '对已公告的恢复提出异议：您的钱包保持不变。',
    confirmWithKey: (hash) => `以恢复密钥确认凭文件 ${hash} 公告的恢复。`,
  },
);

const KINDS = ['dividend', 'liquidation-payout', 'returned-proceeds'] as const;
const CHOICES = ['none', 'for', 'against', 'abstain'] as const;

const text = (value: unknown) => String(value);
const address = (value: unknown) => named(String(value));
const number = (value: unknown) => count(value as bigint);
const seconds = (value: unknown) => new Date(Number(value) * 1000).toISOString().replace('.000', '');
const isZero = (value: unknown) => /^0x0*$/.test(String(value));
const choice = (value: unknown) => choiceWord(CHOICES[Number(value)] ?? 'none');
const kind = (value: unknown) => company[KINDS[Number(value)] ?? 'dividend'];

const amount = (units: unknown, token: string) => amountOf(token, units as bigint);

/** A company by what its Directory numbers it. */
const numbered = (directory: string, id: unknown) => known(companyKey(directory, String(id))).name ?? w.aCompany(String(id));

/** Under which a company's name is kept among what is known of addresses. */
export const companyKey = (directory: string, number: string) => `${directory}#${number}`;

const distribution = (args: Arguments, to: string) => w.distribution(text(args.id), named(to));

function elector(value: unknown): string {
  const hex = String(value);
  return hex.startsWith(`0x${'0'.repeat(24)}`) ? named(`0x${hex.slice(26)}`) : short(hex);
}

/** A document's name, which the chain keeps in 32 bytes. */
export function documentName(hex: string): string {
  const bytes = Uint8Array.from(hex.slice(2).match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(bytes.slice(0, end === -1 ? bytes.length : end));
}

export const companySentences: Sentences = {
  'ShareToken.transfer': ({ to, value }, at) => w.transfer(number(value), named(at), address(to)),
  'ShareToken.declareRecordDate': ({ date: time }, at) => w.declareRecordDate(named(at), dateTime(seconds(time))),
  'ShareToken.issueByCompany': ({ to, shares, lockedUntil }, at) =>
    lockedUntil === 0n ? w.issue(number(shares), named(at), address(to)) : w.issueLocked(number(shares), named(at), address(to), date(seconds(lockedUntil))),
  'ShareToken.cancelShares': ({ shares }, at) => w.cancel(number(shares), named(at)),
  'ShareToken.split': ({ factor }, at) => w.split(number(factor), named(at)),
  'ShareToken.convert': ({ shares }, at) => w.convert(number(shares), named(at)),
  'ShareToken.setDocument': ({ name, uri, documentHash }, at) => w.setDocument(documentName(text(name)), named(at), text(uri), short(text(documentHash))),
  'ShareToken.removeDocument': ({ name }, at) => w.removeDocument(documentName(text(name)), named(at)),
  'ShareToken.recover': ({ oldWallet }, at) => w.recover(named(at), address(oldWallet)),
  'ShareToken.raiseAuthorised': ({ authorised, vote }, at) => w.raise(named(at), number(authorised), address(vote)),
  'Directory.openShareClass': ({ terms }, to) => {
    const t = terms as Arguments;
    return [
      w.openClass(text(t.name), text(t.symbol), number(t.authorised), numbered(to, t.companyId)),
      w.openClassVotes(number(t.votesPerShare)),
      t.liquidationPreference !== 0n && w.openClassPreference(money(fromSmallestUnits(t.liquidationPreference as bigint, 2), documentName(text(t.preferenceCurrency)))),
      !isZero(t.convertsInto) && w.openClassConverts(number(t.conversionNumerator), address(t.convertsInto), number(t.conversionDenominator)),
      t.holderCap !== 0n && w.openClassCap(number(t.holderCap)),
      w.openClassEnd,
    ]
      .filter((part) => part !== false)
      .join('');
  },
  'Directory.openDistribution': ({ shareClass, token }) => w.openDistribution(address(shareClass), address(token)),
  'Directory.openVote': ({ companyId, terms }, to) => {
    const t = terms as Arguments;
    const electorates = t.electorates as readonly Arguments[];
    const who = isZero(t.round) ? electorates.map((one) => w.holdersOf(address(one.shareClass), text(one.recordDate))).join(', ') : w.allotted(address(t.round));
    return (
      w.openVote(numbered(to, companyId), who, dateTime(seconds(t.opensAt)), dateTime(seconds(t.closesAt)), percentOfBps(Number(t.quorumBps)), percentOfBps(Number(t.majorityBps))) +
      (isZero(t.target) ? '' : w.voteBinds(address(t.target)))
    );
  },
  'Directory.proposeController': ({ companyId, candidate }, to) =>
    isZero(candidate) ? w.withdrawProposal(numbered(to, companyId)) : w.propose(numbered(to, companyId), address(candidate)),
  'Directory.acceptController': ({ companyId }, to) => w.accept(numbered(to, companyId)),
  'Distribution.claim': (args, to) => w.claim(distribution(args, to)),
  'Distribution.claimFor': (args, to) => w.claimFor(distribution(args, to), address(args.holder)),
  'Distribution.claimMany': (args, to) => w.claimMany(distribution(args, to), number((args.holders as readonly string[]).length)),
  'Distribution.fund': (args, to) => w.fund(distribution(args, to)),
  'Distribution.fundFromSurplus': (args, to) => w.fundFromSurplus(distribution(args, to)),
  'Distribution.declare': (args, to) => w.declare(kind(args.kind), amount(args.amount, to), text(args.recordDate), named(to)),
  'Distribution.declareAndFund': (args, to) => w.declareAndFund(kind(args.kind), amount(args.amount, to), text(args.recordDate), named(to)),
  'Distribution.openClaims': (args, to) => w.openClaims(distribution(args, to)),
  'Distribution.setPayee': ({ payee }, to) => (isZero(payee) ? w.noPayee(named(to)) : w.setPayee(address(payee), named(to))),
  'Distribution.payCompany': (_, to) => w.payCompany(named(to)),
  'Distribution.followSuccessor': ({ holder }, to) => w.followSuccessor(address(holder), named(to)),
  'Distribution.noteWithholding': ({ recordDate, holders }, to) => w.noteWithholding(number((holders as readonly string[]).length), text(recordDate), named(to)),
  'HolderVote.vote': (args, at) => w.vote(choice(args.choice), named(at)),
  'HolderVote.voteFor': (args, at) => w.voteFor(choice(args.choice), number((args.electors as readonly string[]).length), named(at)),
  'HolderVote.appointProxy': (args, at) => w.appoint(address(args.proxy), elector(args.elector), named(at)),
  'HolderVote.revokeProxy': (args, at) => w.revoke(elector(args.elector), named(at)),
  'HolderVote.instruct': (args, at) => w.instruct(address(args.trust), choice(args.choice), named(at)),
  'Recovery.nameRecoveryKey': ({ key }) => (isZero(key) ? w.noKey : w.nameKey(address(key))),
  'Recovery.object': () => w.object,
  'Recovery.confirmWithKey': ({ documentHash }) => w.confirmWithKey(short(text(documentHash))),
};
