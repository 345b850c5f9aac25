import { useState } from 'preact/hooks';
import { prepareCall, type Schemas } from '../api';
import { count, money, percentOfBps } from '../format';
import { words } from '../language';
import { status } from '../live';
import { Act } from '../signing/act';
import { FileHash } from '../ui/FileHash';
import { FromNow, Hex, Note, Panel, Pill, When } from '../ui/parts';
import { common } from '../ui/words';
import { person } from '../wallet/wallet';
import { hasBit } from './reading';
import { inOffice, type Standing } from './standing';
import { disbursementTone, disbursementWord } from './words';

const w = words(
  {
    title: 'Release plan',
    none: 'The deed has no plan: everything stays here until the trust ends.',
    tranche: (n: string) => `Tranche ${n}`,
    share: (part: string) => `${part} of all money received`,
    shareOfShares: (part: string) => `${part} of all shares received`,
    to: 'to',
    company: 'the company',
    milestone: 'once the trustees find its milestone reached',
    timed: 'by time alone',
    from: 'not before',
    after: (n: string) => `after tranche ${n}`,
    notYet: 'not proposed yet',
    waitsFor: (n: string) => `Waits until tranche ${n} is paid.`,
    waitsTime: 'May be proposed',
    waitsRound: 'Waits until the round is settled and its proceeds are here.',
    byWhom: 'A trustee or the recipient proposes it.',
    evidence: 'Evidence that it is due (may be left empty)',
    propose: 'Propose',
    proposed: 'proposed',
    by: 'by',
    amount: 'Amount',
    paid: 'paid',
    fee: (amount: string) => `${amount} fee`,
    approvals: (given: string, needed: string) => `${given} of ${needed} approvals needed`,
    objections: (n: string) => `${n} rejections`,
    approves: 'approves',
    rejects: 'rejects',
    undecided: 'undecided',
    seat: (n: string) => `Seat ${n}`,
    challenge: 'Time to object ends',
    payable: 'The time to object is over. Anyone may have it paid.',
    vote: 'Go to the vote',
    approve: 'Approve',
    reject: 'Reject',
    takeBack: 'Reject, taking your approval back',
    veto: 'Veto',
    execute: 'Have it paid',
    conclude: 'Conclude the vote',
    object: 'Call a vote against it',
    reasons: 'Document with the reasons',
    objectHint: 'Investors with enough shares may call a vote while the time to object runs. Nothing is paid until it is over.',
    earlier: 'Earlier attempts',
  },
  {
    title: '分配计划',
    none: '信托文件没有分配计划：全部财产保留至信托终止。',
    tranche: (n) => `第 ${n} 期`,
    share: (part) => `全部所收款项的 ${part}`,
    shareOfShares: (part) => `全部所收股份的 ${part}`,
    to: '支付给',
    company: '公司',
    milestone: '须经受托人认定里程碑已达成',
    timed: '到期即可',
    from: '不早于',
    after: (n) => `在第 ${n} 期之后`,
    notYet: '尚未提议',
    waitsFor: (n) => `等待第 ${n} 期支付。`,
    waitsTime: '可提议时间',
    waitsRound: '等待轮次结算且款项到账。',
    byWhom: '由受托人或收款人提议。',
    evidence: '证明其到期的文件（可留空）',
    propose: '提议',
    proposed: '提议于',
    by: '提议人',
    amount: '金额',
    paid: '已支付',
    fee: (amount) => `费用 ${amount}`,
    approvals: (given, needed) => `已批准 ${given} / 所需 ${needed}`,
    objections: (n) => `驳回 ${n}`,
    approves: '批准',
    rejects: '驳回',
    undecided: '未决定',
    seat: (n) => `席位 ${n}`,
    challenge: '异议期结束',
    payable: '异议期已结束，任何人都可以发起支付。',
    vote: '查看表决',
    approve: '批准',
    reject: '驳回',
    takeBack: '驳回并收回您的批准',
    veto: '否决',
    execute: '发起支付',
    conclude: '落实表决结果',
    object: '发起反对表决',
    reasons: '说明理由的文件',
    objectHint: '持有足够股份的投资者可在异议期内发起表决。表决结束前不支付。',
    earlier: '此前的提议',
  },
);

const NO_EVIDENCE = `0x${'0'.repeat(64)}`;
const OPEN: Schemas['DisbursementStatus'][] = ['proposed', 'approved', 'suspended'];

type Disbursement = Schemas['Disbursement'];
type Tranche = Schemas['Tranche'];

function amountIn(standing: Standing, tranche: Tranche, amount: string): string {
  const { currency } = standing.answer.trust;
  return tranche.inShares || currency === null ? common.shares(count(amount.split('.')[0] ?? amount)) : money(amount, currency);
}

function planned(standing: Standing, tranche: Tranche): string {
  if (tranche.shareBps === 0) return amountIn(standing, tranche, tranche.amount);
  return (tranche.inShares ? w.shareOfShares : w.share)(percentOfBps(tranche.shareBps));
}

export function Plan({ standing }: { standing: Standing }) {
  const { tranches, disbursements } = standing.answer;
  if (tranches.length === 0) {
    return (
      <Panel title={w.title}>
        <p>{w.none}</p>
      </Panel>
    );
  }
  const attempts = (number: number) => disbursements.filter(({ tranche }) => tranche === number).toSorted((a, b) => Number(b.disbursement) - Number(a.disbursement));
  const active = tranches.find(({ tranche }) => attempts(tranche)[0]?.status !== 'executed')?.tranche;
  return (
    <Panel title={w.title}>
      <ol class="time-line plan" aria-label={w.title}>
        {tranches.map((tranche) => {
          const [last, ...earlier] = attempts(tranche.tranche);
          const at = tranche.tranche === active && !standing.ended;
          return (
            <li key={tranche.tranche} class={last?.status === 'executed' ? 'past' : at ? 'next' : ''} {...(at ? { 'aria-current': 'step' } : {})}>
              <OneTranche standing={standing} tranche={tranche} last={last ?? null} earlier={earlier} />
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}

function OneTranche({ standing, tranche, last, earlier }: { standing: Standing; tranche: Tranche; last: Disbursement | null; earlier: Disbursement[] }) {
  const waits = Date.parse(tranche.notBefore) > 0;
  return (
    <>
      <strong>
        {w.tranche(String(tranche.tranche))}: {planned(standing, tranche)}{' '}
        {last ? <Pill tone={disbursementTone(last.status)}>{disbursementWord(last.status)}</Pill> : <Pill>{w.notYet}</Pill>}
      </strong>
      <span>
        {w.to} {tranche.recipient ? <Hex value={tranche.recipient} /> : w.company}, {tranche.milestone ? w.milestone : w.timed}
        {tranche.follows !== 0 && <>, {w.after(String(tranche.follows))}</>}
        {waits && (
          <>
            , {w.from} <When time={tranche.notBefore} />
          </>
        )}
      </span>
      {last && <Attempt standing={standing} tranche={tranche} attempt={last} />}
      {!standing.ended && (last === null || last.status === 'rejected' || last.status === 'vetoed') && <Proposing standing={standing} tranche={tranche} />}
      {earlier.length > 0 && (
        <details>
          <summary>{w.earlier}</summary>
          {earlier.map((attempt) => (
            <p key={attempt.disbursement} class="hint">
              <Pill tone={disbursementTone(attempt.status)}>{disbursementWord(attempt.status)}</Pill> {amountIn(standing, tranche, attempt.amount)}, {w.proposed} <When time={attempt.proposedAt} />
            </p>
          ))}
        </details>
      )}
    </>
  );
}

function Proposing({ standing, tranche }: { standing: Standing; tranche: Tranche }) {
  const [evidence, setEvidence] = useState('');
  const { answer, me, seat, controller, holdsProceeds, now } = standing;
  const follows = answer.disbursements.some((one) => one.tranche === tranche.follows && one.status === 'executed');
  if (tranche.follows !== 0 && !follows) return <p class="hint">{w.waitsFor(String(tranche.follows))}</p>;
  if (Date.parse(tranche.notBefore) > now) {
    return (
      <p class="hint">
        {w.waitsTime} <FromNow time={tranche.notBefore} />
      </p>
    );
  }
  if (holdsProceeds && answer.trust.money.received === '0.00') return <p class="hint">{w.waitsRound}</p>;
  const byAnyone = !tranche.milestone && (tranche.shareBps === 0 || holdsProceeds);
  const isRecipient = me !== null && (tranche.recipient ?? controller) === me;
  if (!byAnyone && seat === null && !isRecipient) return <p class="hint">{w.byWhom}</p>;
  return (
    <>
      <FileHash label={w.evidence} value={evidence} onInput={setEvidence} />
      <div class="actions">
        <Act kind="primary" prepare={(from) => prepareCall(answer.trust.address, 'propose', from, { tranche: String(tranche.tranche), evidence: evidence || NO_EVIDENCE })} onDone={() => setEvidence('')}>
          {w.propose}
        </Act>
      </div>
    </>
  );
}

function Attempt({ standing, tranche, attempt }: { standing: Standing; tranche: Tranche; attempt: Disbursement }) {
  const { answer } = standing;
  const { deed } = answer.trust;
  const decided = standing.own?.decisions.get(tranche.tranche);
  const isOpen = OPEN.includes(attempt.status);
  const isMissing = tranche.milestone && attempt.approvals < deed.threshold;
  const challengeRuns = !isMissing && attempt.executableFrom !== null && Date.parse(attempt.executableFrom) > standing.now;
  return (
    <>
      <span>
        {amountIn(standing, tranche, attempt.amount)}, {w.proposed} <When time={attempt.proposedAt} /> {w.by} <Hex value={attempt.proposer} />
        {!/^0x0*$/.test(attempt.evidence) && (
          <>
            {' · '}
            <code title={attempt.evidence}>{attempt.evidence.slice(0, 10)}…</code>
          </>
        )}
      </span>
      {attempt.status === 'executed' && (
        <span>
          {amountIn(standing, tranche, attempt.paid)} {w.paid} {w.to} {attempt.recipient && <Hex value={attempt.recipient} />} {!tranche.inShares && <>({w.fee(amountIn(standing, tranche, attempt.fee))})</>} <When time={attempt.changedAt} />
        </span>
      )}
      {tranche.milestone && (
        <span>
          {w.approvals(String(attempt.approvals), String(deed.threshold))}
          {attempt.rejections > 0 && <> · {w.objections(String(attempt.rejections))}</>}
        </span>
      )}
      {tranche.milestone && isOpen && decided && (
        <ul class="decisions">
          {inOffice(answer).map(({ seat, trustee }) => (
            <li key={seat}>
              <Hex value={trustee} />{' '}
              {hasBit(decided.approvals, seat) ? <Pill tone="good">{w.approves}</Pill> : hasBit(decided.rejections, seat) ? <Pill tone="bad">{w.rejects}</Pill> : <Pill>{w.undecided}</Pill>}
            </li>
          ))}
        </ul>
      )}
      {isOpen && !isMissing && attempt.executableFrom && (
        <span class="countdown">
          {challengeRuns ? (
            <>
              {w.challenge} <FromNow time={attempt.executableFrom} /> (<When time={attempt.executableFrom} />)
            </>
          ) : (
            w.payable
          )}
        </span>
      )}
      {attempt.vote && isOpen && (
        <span>
          <a href={`/votes/${attempt.vote}`}>{w.vote}</a>
        </span>
      )}
      {isOpen && !standing.ended && <Deciding standing={standing} tranche={tranche} attempt={attempt} challengeRuns={challengeRuns} />}
    </>
  );
}

function Deciding({ standing, tranche, attempt, challengeRuns }: { standing: Standing; tranche: Tranche; attempt: Disbursement; challengeRuns: boolean }) {
  const { answer, seat, own } = standing;
  const { address } = answer.trust;
  const { disbursement } = attempt;
  const bits = own?.decisions.get(tranche.tranche);
  const mine = seat && bits ? { approves: hasBit(bits.approvals, seat.seat), rejects: hasBit(bits.rejections, seat.seat) } : null;
  const call = (fn: string) => (from: string) => prepareCall(address, fn, from, { disbursement });
  const decides = tranche.milestone && attempt.status !== 'suspended' && mine !== null;
  const mayObject = challengeRuns || attempt.executableFrom === null;
  return (
    <>
      <div class="actions">
        {decides && !mine.approves && (
          <Act kind="primary" prepare={call('approve')}>
            {w.approve}
          </Act>
        )}
        {decides && !mine.rejects && (
          <Act kind="danger" prepare={call('reject')}>
            {mine.approves ? w.takeBack : w.reject}
          </Act>
        )}
        {standing.isProtector && mayObject && (
          <Act kind="danger" prepare={call('veto')}>
            {w.veto}
          </Act>
        )}
        {attempt.status === 'approved' && attempt.executableFrom && !challengeRuns && (
          <Act kind="primary" prepare={call('execute')}>
            {w.execute}
          </Act>
        )}
        {attempt.status === 'suspended' && <Act prepare={call('concludeVote')}>{w.conclude}</Act>}
      </div>
      {attempt.status === 'approved' && challengeRuns && standing.holdsProceeds && attempt.vote === null && <Objecting trust={address} disbursement={disbursement} />}
    </>
  );
}

/** Whoever the round allotted enough shares may call a vote; the contract says whether they are enough. */
function Objecting({ trust, disbursement }: { trust: string; disbursement: string }) {
  const [reasons, setReasons] = useState('');
  const identity = person.value?.identity ?? null;
  const directory = status.value?.contracts?.directory;
  if (identity === null || directory === undefined) return <Note>{w.objectHint}</Note>;
  return (
    <details>
      <summary>{w.object}</summary>
      <p class="hint">{w.objectHint}</p>
      <FileHash label={w.reasons} value={reasons} onInput={setReasons} />
      <Act kind="danger" prepare={(from) => prepareCall(directory, 'openMilestoneVote', from, { trust, disbursement, identity, documentHash: reasons || NO_EVIDENCE })}>
        {w.object}
      </Act>
    </details>
  );
}
