import { useState } from 'preact/hooks';
import { getAll, prepare, prepareCall, type Address, type Prepared, type Schemas } from '../api';
import { count, fromSmallestUnits, money, smallestUnits, times } from '../format';
import { words } from '../language';
import { clock } from '../live';
import { Verify } from '../proof/Verify';
import { Act, permit } from '../signing/act';
import { isPositive, TextField, Tick } from '../ui/form';
import { Fact, Facts, FromNow, Money, Note, Panel, Pill, When } from '../ui/parts';
import { common } from '../ui/words';
import { useAnswer, useAsked } from '../useAnswer';
import { account, person, same, wallet } from '../wallet/wallet';
import { shownOf, stateTone } from './Commitments';
import { admits, consentAbove, endOf, regimeInWords, yearlyLimit } from './regimes';

type Round = Schemas['Round'];
type Commitment = Schemas['Commitment'];

const w = words(
  {
    invest: 'Invest',
    investMore: 'Invest more',
    shares: 'Shares',
    cost: (amount: string) => `They cost ${amount}.`,
    left: (n: string) => `${n} can still be committed.`,
    tooMany: (n: string) => `Only ${n} can still be committed.`,
    tooFew: (n: string) => `At least ${n}, unless fewer are left.`,
    balance: 'In your wallet',
    tooDear: 'This is more than your wallet has.',
    limit: 'Your limit',
    noLimit: 'none under these rules',
    limitLeft: (left: string, of: string) => `${left} left of ${of} in twelve months, over all companies`,
    consent: (threshold: string) =>
      `I have read the risk warning: I can lose all of this money, and may be unable to sell the shares. I consent to investing more than ${threshold}.`,
    consentWhy: 'The rules ask for this above that amount, and the contract keeps your answer.',
    version: (n: string) => `You commit on version ${n} of the terms.`,
    twoSteps: 'Where the money allows it, your wallet first signs that the round may take exactly this amount, then sends one transaction. Otherwise it sends two: the approval, then the commitment.',
    commit: 'Commit',
    commitMore: 'Commit more',
    restart: 'What you add begins your time to reflect anew, for the whole.',
    notAttested: 'To invest, your wallet has to be attested: a registrar has checked who you are. The contract keeps no personal data.',
    notEligible: 'Your attestation has expired or was revoked. You can still take money back, but not commit.',
    notAdmitted: 'These rules take other kinds of investors only.',
    category: 'You are attested as',
    paused: 'The guardian has stopped new commitments for now.',
    early: 'You can commit once the round has opened.',
    mine: 'Your commitment',
    canLeave: 'You can take it back until',
    cannotLeave: 'The time to take it back is over.',
    tookBack: 'Got back so far',
    allotted: 'Shares you got',
    part: 'Shares to take back',
    partHint: 'Nothing here means all of them.',
    cancelPart: 'Take these back',
    cancelAll: 'Take all back',
    askReconfirm: 'The terms have changed since you committed. Read them, then agree or take your money back.',
    mustReconfirm: 'The change is material. If you do not agree before this time, your money goes back to you:',
    reconfirm: (n: string) => `Agree to version ${n}`,
    otherWallet: 'This commitment is still with an earlier wallet of yours. Bring it here first.',
    move: 'Bring it to this wallet',
    reasons: 'Your money is waiting for you:',
    refund: (amount: string) => `Take ${amount} back`,
    credit: (amount: string) => `Take ${amount} for shares not allotted`,
    receipt: 'Save a receipt',
    receiptHint: 'With the proof, and how to get the money back without this service.',
  },
  {
    invest: '投资',
    investMore: '追加投资',
    shares: '股数',
    cost: (amount) => `价款为 ${amount}。`,
    left: (n) => `还可认购${n}。`,
    tooMany: (n) => `只能再认购${n}。`,
    tooFew: (n) => `至少${n}，除非剩余不足。`,
    balance: '钱包余额',
    tooDear: '超过了您的钱包余额。',
    limit: '您的限额',
    noLimit: '此规则下没有限额',
    limitLeft: (left, of) => `十二个月内所有公司合计 ${of}，还剩 ${left}`,
    consent: (threshold) => `我已阅读风险警示：我可能损失全部资金，也可能无法出售股份。我同意投资超过 ${threshold}。`,
    consentWhy: '超过该金额时规则要求您表示同意，合约会记录您的答复。',
    version: (n) => `您依据第 ${n} 版条款认购。`,
    twoSteps: '若货币支持，您的钱包先签名允许轮次恰好收取该金额，再发送一笔交易；否则发送两笔：授权与认购。',
    commit: '认购',
    commitMore: '追加认购',
    restart: '追加后，全部认购的冷静期重新计算。',
    notAttested: '投资前，您的钱包须经认证：登记员已核实您的身份。合约不保存个人信息。',
    notEligible: '您的认证已过期或被撤销。您仍可取回资金，但不能认购。',
    notAdmitted: '此规则仅接受其他类型的投资者。',
    category: '您的认证类别',
    paused: '守护人已暂停新的认购。',
    early: '轮次开放后即可认购。',
    mine: '您的认购',
    canLeave: '可取回至',
    cannotLeave: '取回期限已过。',
    tookBack: '已退回',
    allotted: '您获得的股份',
    part: '取回股数',
    partHint: '留空表示全部。',
    cancelPart: '取回这些',
    cancelAll: '全部取回',
    askReconfirm: '您认购之后，条款已变更。请阅读后表示同意，或取回资金。',
    mustReconfirm: '此为重大变更。若您未在以下时间之前同意，资金将退回给您：',
    reconfirm: (n) => `同意第 ${n} 版`,
    otherWallet: '该认购仍在您原来的钱包名下，请先转到当前钱包。',
    move: '转到当前钱包',
    reasons: '您有待取回的资金：',
    refund: (amount) => `取回 ${amount}`,
    credit: (amount) => `取回未获配股份的 ${amount}`,
    receipt: '保存凭证',
    receiptHint: '内含证明，以及不依赖本服务取回资金的方法。',
  },
);

/** What the connected wallet's person has in a round; null when nothing. */
function useMine(round: Round, me: Address | null): Commitment | null {
  const asked = useAsked(me && `mine ${me} ${round.address}`, async () => {
    const all = await getAll('/v1/investors/{person}/commitments', { path: { person: me as string } }, (page) => page.commitments);
    return all.find((one) => one.round.address === round.address)?.commitment ?? null;
  });
  return asked.data;
}

export function Invest({ round }: { round: Round }) {
  const me = account.value;
  const mine = useMine(round, me);
  const now = clock.value ?? 0;
  const takes = round.status === 'open' && now < Date.parse(endOf(round));
  return (
    <>
      {me && mine && <Mine round={round} mine={mine} me={me} />}
      {takes && (
        <Panel title={mine?.state === 'live' ? w.investMore : w.invest}>
          {round.commitsPaused ? <p>{w.paused}</p> : now < Date.parse(round.opensAt) ? <p>{w.early}</p> : <CommitForm round={round} mine={mine} me={me} />}
        </Panel>
      )}
    </>
  );
}

function CommitForm({ round, mine, me }: { round: Round; mine: Commitment | null; me: Address | null }) {
  const [shares, setShares] = useState('');
  const [consent, setConsent] = useState(false);
  const { currency, decimals, address: token } = round.settlementToken;
  const investor = person.value;
  const category = investor?.category ?? null;
  const figure = investor?.limits.find((one) => one.regime === round.regime && one.currency === currency);
  const balance = useAsked(me && `balance ${token} ${me}`, async () => {
    const { balanceOf } = await import('./reads');
    return balanceOf(token, me as string);
  });

  const left = BigInt(round.allocation === 'pro-rata' ? round.oversubscriptionShares : round.maximumShares) - BigInt(round.escrow.shares);
  const given = isPositive(shares) === null ? BigInt(shares) : null;
  const cost = given === null ? null : times(round.price, String(given));
  const whole = given === null ? null : times(round.price, String(given + (mine?.state === 'live' ? BigInt(mine.shares) : 0n)));
  const threshold = category && consentAbove(round.regime, category, figure?.attested ?? null);
  const asksConsent = threshold !== null && whole !== null && Number(whole) > threshold;
  const limit = category && yearlyLimit(round.regime, category, figure?.attested ?? null);

  const wrong =
    shares === '' ? null
    : given === null ? common.wrongNumber
    : given > left ? w.tooMany(common.shares(count(left)))
    : given < BigInt(round.minimumTicket) && given !== left ? w.tooFew(common.shares(count(round.minimumTicket)))
    : null;
  const unaffordable = cost !== null && balance.data !== null && (smallestUnits(cost, decimals) ?? 0n) > balance.data;

  const prepareCommit = async (from: string): Promise<Prepared> => {
    // What the contract would refuse is told before anything is signed, a permit included.
    const plain = await prepare('commit', { from, round: round.address, shares: String(given ?? shares), termsVersion: round.termsVersion, consent: asksConsent && consent });
    return (await byPermit(from, plain)) ?? plain;
  };
  /** The same in one transaction; null where the token or the wallet does not do that. */
  const byPermit = async (from: string, plain: Prepared): Promise<Prepared | null> => {
    const signer = wallet.peek();
    const { canPermit } = await import('../signing/permit');
    if (signer === null || cost === null || !(await canPermit(token, from))) return null;
    const deadline = BigInt(Math.floor(Date.parse(plain.simulation.time) / 1000) + PERMIT_SECONDS);
    let signature;
    try {
      signature = await permit(signer, token, round.address, smallestUnits(cost, decimals) ?? 0n, deadline);
    } catch (failure) {
      if ((failure as { code?: unknown }).code === USER_REJECTED) throw failure;
      return null;
    }
    const terms = { shares: String(given), termsVersion: String(round.termsVersion), consent: asksConsent && consent };
    return prepareCall(round.address, 'commitWithPermit', from, { ...terms, deadline_: String(deadline), ...signature });
  };

  return (
    <form onSubmit={(event) => event.preventDefault()}>
      {me && investor && !investor.attested && <Note tone="wait">{w.notAttested}</Note>}
      {me && investor?.attested && !investor.eligible && <Note tone="wait">{w.notEligible}</Note>}
      {category && investor?.eligible && !admits(round.regime, category) && <Note tone="wait">{w.notAdmitted} {regimeInWords(round.regime)?.investors}</Note>}
      <TextField label={w.shares} value={shares} onInput={setShares} inputMode="numeric" wrong={wrong} hint={cost ? w.cost(money(cost, currency)) : w.left(common.shares(count(left)))} />
      {unaffordable && <p class="hint wrong" role="status">{w.tooDear}</p>}
      <Facts>
        {balance.data !== null && (
          <Fact name={w.balance}>
            <Money amount={fromSmallestUnits(balance.data, decimals)} currency={currency} />
          </Fact>
        )}
        {category && <Fact name={w.category}>{common[category]}</Fact>}
        {category && (
          <Fact name={w.limit}>
            {limit === null ? w.noLimit : w.limitLeft(money(Math.max(0, limit - Number(figure?.used ?? 0)).toFixed(2), currency), money(limit.toFixed(2), currency))}
          </Fact>
        )}
      </Facts>
      {asksConsent && (
        <>
          <Tick label={w.consent(money(threshold.toFixed(2), currency))} checked={consent} onInput={setConsent} />
          <p class="hint">{w.consentWhy}</p>
        </>
      )}
      <p class="hint">
        {regimeInWords(round.regime)?.leave} {w.version(String(round.termsVersion))} {mine?.state === 'live' && round.regime === 'EU-ECSPR' && w.restart}
      </p>
      <Act kind="primary" disabled={wrong !== null || given === null} prepare={prepareCommit} onDone={() => setShares('')}>
        {mine?.state === 'live' ? w.commitMore : w.commit}
      </Act>
      <p class="hint">{w.twoSteps}</p>
    </form>
  );
}

const PERMIT_SECONDS = 3_600;
const USER_REJECTED = 4001;

function Mine({ round, mine, me }: { round: Round; mine: Commitment; me: Address }) {
  const [part, setPart] = useState('');
  const now = clock.value ?? 0;
  const { currency } = round.settlementToken;
  const here = same(mine.wallet, me);
  const live = mine.state === 'live';
  const untallied = round.status === 'open' || round.status === 'tallying';
  const mayLeave = live && untallied && mine.cancellableUntil !== null && now < Date.parse(mine.cancellableUntil);
  const behind = live && untallied && mine.termsVersion < round.termsVersion;
  const mustReconfirm = behind && round.reconfirmBy !== null;
  const lapsed = mustReconfirm && now >= Date.parse(round.reconfirmBy as string);
  const wrong = part === '' ? null : (isPositive(part) ?? (BigInt(part) > BigInt(mine.shares) ? w.tooMany(common.shares(count(mine.shares))) : null));
  const cancel = (shares: string | null) => (from: string) => prepare('cancel', { from, round: round.address, shares });
  return (
    <Panel title={w.mine} aside={<Pill tone={stateTone(mine.state)}>{common[mine.state]}</Pill>}>
      <Facts>
        <Fact name={w.shares}>
          {count(mine.shares)}, <Money amount={mine.amount} currency={currency} />
        </Fact>
        {mine.allotted !== null && <Fact name={w.allotted}>{count(mine.allotted)}</Fact>}
        {Number(mine.returned) > 0 && (
          <Fact name={w.tookBack}>
            <Money amount={mine.returned} currency={currency} />
          </Fact>
        )}
        {mayLeave && (
          <Fact name={w.canLeave}>
            <When time={mine.cancellableUntil as string} /> (<FromNow time={mine.cancellableUntil as string} />)
          </Fact>
        )}
      </Facts>
      <p>
        <Verify proof="/v1/proofs/commitment" query={{ contract: round.address, person: mine.identity }} shown={shownOf(mine)} label={w.mine} />{' '}
        <a class="button small" href={`/v1/receipts/commitment?contract=${round.address}&person=${mine.identity}`} download title={w.receiptHint}>
          {w.receipt}
        </a>
      </p>
      {!here && (live || mine.state === 'settled' || mine.state === 'excluded') && (
        <Note tone="wait">
          <p>{w.otherWallet}</p>
          <Act prepare={(from) => prepareCall(round.address, 'moveCommitment', from, { identity: mine.identity })}>{w.move}</Act>
        </Note>
      )}
      {here && behind && !lapsed && (
        <Note tone="wait">
          <p>
            {mustReconfirm ? w.mustReconfirm : w.askReconfirm} {mustReconfirm && <When time={round.reconfirmBy as string} />}
          </p>
          <Act prepare={(from) => prepareCall(round.address, 'reconfirm', from, { termsVersion: String(round.termsVersion) })}>{w.reconfirm(String(round.termsVersion))}</Act>
        </Note>
      )}
      {here && mayLeave && (
        <>
          <TextField label={w.part} hint={w.partHint} value={part} onInput={setPart} inputMode="numeric" wrong={wrong} />
          <div class="actions">
            <Act disabled={part === '' || wrong !== null} prepare={cancel(part)} onDone={() => setPart('')}>
              {w.cancelPart}
            </Act>
            <Act kind="danger" prepare={cancel(null)}>
              {w.cancelAll}
            </Act>
          </div>
        </>
      )}
      {live && untallied && !mayLeave && <p class="hint">{w.cannotLeave}</p>}
      <Owed round={round} me={me} />
    </Panel>
  );
}

/** What the person can have back now, as the index finds. */
function Owed({ round, me }: { round: Round; me: Address }) {
  const { data } = useAnswer('/v1/investors/{person}/claims', { path: { person: me } });
  const owed = data?.claims.rounds.filter((one) => one.round.address === round.address) ?? [];
  if (owed.length === 0) return null;
  return (
    <>
      <p>{w.reasons}</p>
      <div class="actions">
        {owed.map(({ identity, reason, amount }) => {
          const sum = money(amount, round.settlementToken.currency);
          return reason === 'not-allotted' ? (
            <Act key={identity + reason} kind="primary" prepare={(from) => prepareCall(round.address, 'claimCredit', from, { identity })}>
              {w.credit(sum)}
            </Act>
          ) : (
            <Act key={identity + reason} kind="primary" prepare={(from) => prepare('refund', { from, round: round.address, identity })}>
              {w.refund(sum)}
            </Act>
          );
        })}
      </div>
    </>
  );
}
