import { useId, useState } from 'preact/hooks';
import { prepareCall, type Address, type Schemas } from '../api';
import { percentOfBps, smallestUnits } from '../format';
import { words } from '../language';
import { status } from '../live';
import { Act } from '../signing/act';
import { FileHash } from '../ui/FileHash';
import { Choice, isAddress, isHash, isMoney, isWhole, localTime, TextField, Tick, utcTime } from '../ui/form';
import { Note, Panel } from '../ui/parts';
import { useAnswer } from '../useAnswer';

const w = words(
  {
    title: 'Open a trust',
    lead: 'The deed is fixed once the trust is open: nobody, not even the platform, can change it. Have it drawn up by somebody who knows the law that it is under; this form takes its main terms and the hash of its document.',
    forWhom: 'Who it is for',
    proceeds: 'The investors of a round: it will hold the round’s money',
    named: 'People whom the deed names',
    forWhomHint: 'A round is opened on the trust afterwards. The company is then the settlor.',
    money: 'Money that it holds',
    shares: 'Shares that it holds',
    none: 'none',
    settlor: 'Settlor',
    settlorHint: 'Who gives what it holds.',
    trustees: 'Trustees, one wallet a line',
    trusteesHint: 'For a round’s money they have to be known to the registrar, and independent of the company. 16 at most.',
    threshold: 'How many of them have to approve',
    protector: 'Protector (may be left empty)',
    protectorHint: 'Somebody who may veto a payment. For a round’s money known to the registrar, and independent, too.',
    successors: 'Successors, one wallet a line (may be left empty)',
    successorsHint: 'May take a trustee’s place without anyone’s consent. 8 at most.',
    plan: 'Release plan',
    tranche: (n: string) => `Tranche ${n}`,
    kind: 'What it pays',
    part: 'A part of all money, in percent',
    amount: 'A fixed amount of money',
    partOfShares: 'A part of all shares, in percent',
    number: 'A number of shares',
    value: 'How much',
    recipient: 'To whom (empty: the company)',
    notBefore: 'Not before (may be left empty)',
    milestone: 'Needs the trustees’ approval that its milestone is reached',
    follows: 'Only after the tranche before it',
    add: 'Add a tranche',
    drop: 'Remove it',
    beneficiaries: 'Beneficiaries, one a line: wallet and units',
    beneficiariesHint: 'Such as “0x… 3”. What is left at the end is divided in proportion to units. 32 at most.',
    challenge: 'Days to object',
    challengeHint: 'From the last approval needed until anyone may have it paid.',
    vacancy: 'Days that too few trustees may serve',
    longStop: 'Last day',
    longStopHint: 'From then on anyone may end the trust.',
    trusteeFee: 'Trustees’ fee, in percent of the money received',
    platformFee: (part: string) => `The platform takes ${part} of each release, as agreed with the company.`,
    noPlatformFee: 'The platform takes nothing.',
    majority: 'Majority that a motion needs, in percent',
    quorum: 'Votes that have to be cast, in percent',
    opening: 'Shares needed to call a vote, in percent',
    voteDays: 'Days that a vote is open',
    vetoEnds: 'A payment vetoed by vote ends the trust',
    spendthrift: 'Units cannot be handed on',
    revocable: 'The settlor may take everything back',
    document: 'The deed’s document',
    open: 'Open the trust',
    faults: 'Before it can be opened:',
    faultTrustees: 'Each trustee’s line needs one wallet: 0x and 40 hexadecimal digits.',
    faultSuccessors: 'Each successor’s line needs one wallet.',
    faultThreshold: (n: string) => `Between 1 and ${n} trustees can be needed.`,
    faultTranche: (n: string) => `Tranche ${n} needs how much it pays, such as 40 or 12.5 percent.`,
    faultWhole: (n: string) => `Tranche ${n} needs a recipient’s wallet, or none.`,
    faultPlan: 'The parts of the plan come to more than 100 %.',
    faultBeneficiaries: 'Each beneficiary’s line needs a wallet and a whole number of units.',
    faultAsset: 'It has to hold money or shares.',
    faultDays: 'Days are whole numbers.',
    faultPercent: 'Percentages are numbers such as 50 or 12.5.',
    faultDocument: 'The hash of the deed’s document is missing.',
    faultLongStop: 'The last day has to be in the future.',
    faultPerson: 'Settlor and protector are wallets: 0x and 40 hexadecimal digits.',
  },
  {
    title: '设立信托',
    lead: '信托一经设立，其文件即固定，任何人（包括平台）均不能更改。请由熟悉适用法律的人起草；本表单采集其主要条款及文件哈希。',
    forWhom: '为谁设立',
    proceeds: '某一轮次的投资者：持有该轮次的款项',
    named: '信托文件指明的人',
    forWhomHint: '随后以该信托开设轮次。此时公司为委托人。',
    money: '持有的款项',
    shares: '持有的股份',
    none: '无',
    settlor: '委托人',
    settlorHint: '交付信托财产的人。',
    trustees: '受托人，每行一个钱包',
    trusteesHint: '持有轮次款项时，受托人须经登记员认证并独立于公司。最多 16 位。',
    threshold: '须由几位批准',
    protector: '监察人（可留空）',
    protectorHint: '可否决支付的人。如为轮次资金，亦须为登记员所知且独立。',
    successors: '继任人，每行一个钱包（可留空）',
    successorsHint: '无需他人同意即可接任受托人。最多 8 位。',
    plan: '分配计划',
    tranche: (n) => `第 ${n} 期`,
    kind: '支付内容',
    part: '全部款项的一部分（百分比）',
    amount: '固定金额',
    partOfShares: '全部股份的一部分（百分比）',
    number: '股份数',
    value: '数额',
    recipient: '收款人（留空：公司）',
    notBefore: '不早于（可留空）',
    milestone: '须由受托人批准里程碑已达成',
    follows: '仅在上一期之后',
    add: '增加一期',
    drop: '删除',
    beneficiaries: '受益人，每行一个：钱包与份额',
    beneficiariesHint: '例如“0x… 3”。终止时剩余财产按份额分配。最多 32 位。',
    challenge: '异议期（天）',
    challengeHint: '自最后一个所需批准起，至任何人都可以发起支付为止。',
    vacancy: '受托人不足可持续的天数',
    longStop: '最后期限',
    longStopHint: '自此任何人可使信托终止。',
    trusteeFee: '受托人报酬（占所收款项的百分比）',
    platformFee: (part) => `平台收取每次释放款项的 ${part}，与公司约定一致。`,
    noPlatformFee: '平台不收取费用。',
    majority: '动议所需多数（百分比）',
    quorum: '须参与表决的票数（百分比）',
    opening: '发起表决所需股份（百分比）',
    voteDays: '表决开放天数',
    vetoEnds: '表决否决一笔支付时信托终止',
    spendthrift: '受益份额不得转让',
    revocable: '委托人可收回全部财产',
    document: '信托文件',
    open: '设立信托',
    faults: '设立之前须更正：',
    faultTrustees: '受托人每行须为一个钱包：0x 加 40 位十六进制数字。',
    faultSuccessors: '继任人每行须为一个钱包。',
    faultThreshold: (n) => `所需批准数须在 1 至 ${n} 之间。`,
    faultTranche: (n) => `第 ${n} 期须写明数额，例如百分之 40 或 12.5。`,
    faultWhole: (n) => `第 ${n} 期的收款人须为钱包，或留空。`,
    faultPlan: '计划各部分合计超过 100 %。',
    faultBeneficiaries: '受益人每行须为一个钱包和整数份额。',
    faultAsset: '须持有款项或股份。',
    faultDays: '天数须为整数。',
    faultPercent: '百分比须为数字，例如 50 或 12.5。',
    faultDocument: '缺少信托文件的哈希。',
    faultLongStop: '最后期限须晚于现在。',
    faultPerson: '委托人与监察人须为钱包：0x 加 40 位十六进制数字。',
  },
);

type Kind = 'part' | 'amount' | 'partOfShares' | 'number';
interface TrancheForm {
  kind: Kind;
  value: string;
  recipient: string;
  notBefore: string;
  milestone: boolean;
  follows: boolean;
}

const NOBODY = `0x${'0'.repeat(40)}`;
const DAY = 86_400;
const YEAR_MS = 365 * DAY * 1000;
const FIRST: TrancheForm = { kind: 'part', value: '100', recipient: '', notBefore: '', milestone: true, follows: false };

const lines = (text: string) => text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
/** Hundredths of a percent, of a percentage as people write it; null if it is none. */
const bps = (text: string) => smallestUnits(text, 2);

export function OpenTrust({ company, now }: { company: Schemas['RegisteredCompany']; now: number }) {
  const [proceeds, setProceeds] = useState(true);
  const [token, setToken] = useState(status.value?.contracts?.settlementTokens[0]?.address ?? '');
  const [shareClass, setShareClass] = useState('');
  const [settlor, setSettlor] = useState<Address>(company.controller);
  const [trustees, setTrustees] = useState('');
  const [successors, setSuccessors] = useState('');
  const [threshold, setThreshold] = useState('2');
  const [protector, setProtector] = useState('');
  const [tranches, setTranches] = useState<TrancheForm[]>([FIRST]);
  const [beneficiaries, setBeneficiaries] = useState('');
  const [challenge, setChallenge] = useState('14');
  const [vacancy, setVacancy] = useState('60');
  const [longStop, setLongStop] = useState(localTime(now + 3 * YEAR_MS).slice(0, 10));
  const [trusteeFee, setTrusteeFee] = useState('0');
  const [votes, setVotes] = useState({ majority: '50', quorum: '20', opening: '10', days: '10' });
  const [flags, setFlags] = useState({ vetoEnds: false, spendthrift: false, revocable: false });
  const [document, setDocument] = useState('');
  const classes = useAnswer('/v1/share-classes', { query: { company: company.id } }).data?.shareClasses ?? [];
  const tokens = status.value?.contracts?.settlementTokens ?? [];
  const decimals = tokens.find(({ address }) => address === token)?.decimals ?? 6;

  const change = (place: number, values: Partial<TrancheForm>) => setTranches(tranches.map((one, i) => (i === place ? { ...one, ...values } : one)));
  const people = lines(beneficiaries).map((line) => /^(0x[0-9a-fA-F]{40})[\s,;]+([1-9]\d{0,18})$/.exec(line));
  const classHeld = proceeds ? '' : shareClass;
  const faults = [
    lines(trustees).length === 0 || lines(trustees).some((one) => isAddress(one) !== null) ? w.faultTrustees : null,
    lines(successors).some((one) => isAddress(one) !== null) ? w.faultSuccessors : null,
    isWhole(threshold) !== null || Number(threshold) < 1 || Number(threshold) > lines(trustees).length ? w.faultThreshold(String(Math.max(1, lines(trustees).length))) : null,
    isAddress(settlor) !== null || (protector !== '' && isAddress(protector) !== null) ? w.faultPerson : null,
    token === '' && classHeld === '' ? w.faultAsset : null,
    ...tranches.map((one, i) => (amounts(one, decimals) === null ? w.faultTranche(String(i + 1)) : null)),
    ...tranches.map((one, i) => (one.recipient !== '' && isAddress(one.recipient) !== null ? w.faultWhole(String(i + 1)) : null)),
    tranches.filter(({ kind }) => kind === 'part').reduce((sum, { value }) => sum + (bps(value) ?? 0n), 0n) > 10_000n ? w.faultPlan : null,
    !proceeds && (people.length === 0 || people.includes(null)) ? w.faultBeneficiaries : null,
    [challenge, vacancy, votes.days].some((days) => isWhole(days) !== null) ? w.faultDays : null,
    [trusteeFee, votes.majority, votes.quorum, votes.opening].some((part) => bps(part) === null) ? w.faultPercent : null,
    !(Date.parse(longStop) > now) ? w.faultLongStop : null,
    isHash(document) !== null ? w.faultDocument : null,
  ].filter((fault) => fault !== null);

  const deed = () => ({
    terms: {
      settlor: proceeds ? company.controller : settlor,
      protector: protector || NOBODY,
      settlementToken: token || NOBODY,
      shareClass: classHeld || NOBODY,
      threshold,
      challengePeriod: String(Number(challenge) * DAY),
      vacancyPeriod: String(Number(vacancy) * DAY),
      longStop: `${longStop}T00:00:00Z`,
      platformFeeBps: String(proceeds ? company.feeBps : 0),
      trusteeFeeBps: String(bps(trusteeFee)),
      spendthrift: flags.spendthrift,
      revocable: !proceeds && flags.revocable,
      vetoEnds: flags.vetoEnds,
      voteOpeningBps: String(bps(votes.opening)),
      voteQuorumBps: String(bps(votes.quorum)),
      voteMajorityBps: String(bps(votes.majority)),
      voteDuration: String(Number(votes.days) * DAY),
      deedHash: document,
    },
    trustees: lines(trustees),
    successors: lines(successors),
    tranches: tranches.map((one, i) => ({
      recipient: one.recipient || NOBODY,
      inShares: inShares(one),
      milestone: one.milestone,
      follows: one.follows && i > 0 ? String(i) : '0',
      notBefore: one.notBefore === '' ? '0' : utcTime(one.notBefore),
      ...amounts(one, decimals),
    })),
    beneficiaries: proceeds ? [] : people.map((found) => ({ wallet: found?.[1] ?? '', units: found?.[2] ?? '' })),
  });

  return (
    <Panel title={w.title}>
      <p class="lead">{w.lead}</p>
      <div class="form">
        <Choice label={w.forWhom} hint={w.forWhomHint} value={proceeds ? 'proceeds' : 'named'} onInput={(chosen) => setProceeds(chosen === 'proceeds')} options={[['proceeds', w.proceeds], ['named', w.named]]} />
        <Choice label={w.money} value={token} onInput={setToken} options={[...(proceeds ? [] : [['', w.none] as const]), ...tokens.map(({ address, currency }) => [address, currency] as const)]} />
        {!proceeds && (
          <>
            <Choice label={w.shares} value={shareClass} onInput={setShareClass} options={[['', w.none], ...classes.map(({ address, terms }) => [address, terms.name] as const)]} />
            <TextField label={w.settlor} hint={w.settlorHint} value={settlor} onInput={setSettlor} maxLength={42} />
          </>
        )}
        <div class="whole">
          <Lines label={w.trustees} hint={w.trusteesHint} value={trustees} onInput={setTrustees} />
        </div>
        <TextField label={w.threshold} value={threshold} onInput={setThreshold} inputMode="numeric" maxLength={2} />
        <TextField label={w.protector} hint={w.protectorHint} value={protector} onInput={setProtector} maxLength={42} placeholder="0x…" />
        <div class="whole">
          <Lines label={w.successors} hint={w.successorsHint} value={successors} onInput={setSuccessors} />
        </div>
        {!proceeds && (
          <div class="whole">
            <Lines label={w.beneficiaries} hint={w.beneficiariesHint} value={beneficiaries} onInput={setBeneficiaries} />
          </div>
        )}
      </div>
      <h3>{w.plan}</h3>
      {tranches.map((one, i) => (
        <fieldset key={i} class="row-form">
          <legend>{w.tranche(String(i + 1))}</legend>
          <div class="form">
            <Choice label={w.kind} value={one.kind} onInput={(kind) => change(i, { kind: kind as Kind })} options={[['part', w.part], ['amount', w.amount], ...(classHeld ? [['partOfShares', w.partOfShares] as const, ['number', w.number] as const] : [])]} />
            <TextField label={w.value} value={one.value} onInput={(value) => change(i, { value })} inputMode="decimal" maxLength={24} />
            <TextField label={w.recipient} value={one.recipient} onInput={(recipient) => change(i, { recipient })} maxLength={42} placeholder="0x…" />
            <TextField label={w.notBefore} type="datetime-local" value={one.notBefore} onInput={(notBefore) => change(i, { notBefore })} />
          </div>
          <Tick label={w.milestone} checked={one.milestone} onInput={(milestone) => change(i, { milestone })} />{' '}
          {i > 0 && <Tick label={w.follows} checked={one.follows} onInput={(follows) => change(i, { follows })} />}{' '}
          <button type="button" class="button small" onClick={() => setTranches(tranches.filter((_, at) => at !== i))}>
            {w.drop}
          </button>
        </fieldset>
      ))}
      <button type="button" class="button small" onClick={() => setTranches([...tranches, { ...FIRST, value: '', follows: tranches.length > 0 }])}>
        {w.add}
      </button>
      <div class="form">
        <TextField label={w.challenge} hint={w.challengeHint} value={challenge} onInput={setChallenge} inputMode="numeric" maxLength={3} />
        <TextField label={w.vacancy} value={vacancy} onInput={setVacancy} inputMode="numeric" maxLength={4} />
        <TextField label={w.longStop} hint={w.longStopHint} type="date" value={longStop} onInput={setLongStop} />
        <TextField label={w.trusteeFee} hint={proceeds ? w.platformFee(percentOfBps(company.feeBps)) : w.noPlatformFee} value={trusteeFee} onInput={setTrusteeFee} inputMode="decimal" maxLength={5} />
        <TextField label={w.majority} value={votes.majority} onInput={(majority) => setVotes({ ...votes, majority })} inputMode="decimal" maxLength={5} />
        {proceeds && (
          <>
            <TextField label={w.quorum} value={votes.quorum} onInput={(quorum) => setVotes({ ...votes, quorum })} inputMode="decimal" maxLength={5} />
            <TextField label={w.opening} value={votes.opening} onInput={(opening) => setVotes({ ...votes, opening })} inputMode="decimal" maxLength={5} />
            <TextField label={w.voteDays} value={votes.days} onInput={(days) => setVotes({ ...votes, days })} inputMode="numeric" maxLength={2} />
          </>
        )}
      </div>
      {proceeds ? (
        <Tick label={w.vetoEnds} checked={flags.vetoEnds} onInput={(vetoEnds) => setFlags({ ...flags, vetoEnds })} />
      ) : (
        <>
          <Tick label={w.spendthrift} checked={flags.spendthrift} onInput={(spendthrift) => setFlags({ ...flags, spendthrift })} />{' '}
          <Tick label={w.revocable} checked={flags.revocable} onInput={(revocable) => setFlags({ ...flags, revocable })} />
        </>
      )}
      <FileHash label={w.document} value={document} onInput={setDocument} />
      {faults.length > 0 && (
        <Note>
          {w.faults}
          <ul class="faults">
            {faults.map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
          </ul>
        </Note>
      )}
      <Act kind="primary" disabled={faults.length > 0} prepare={(from) => prepareCall(company.directory, 'openTrust', from, { companyId: company.number, deed: deed() })}>
        {w.open}
      </Act>
    </Panel>
  );
}

const inShares = ({ kind }: TrancheForm) => kind === 'partOfShares' || kind === 'number';

/** What the deed has of a tranche's size; null while it has none. */
function amounts({ kind, value }: TrancheForm, decimals: number): { shareBps: string; amount: string } | null {
  if (isMoney(value) !== null) return null;
  if (kind === 'part' || kind === 'partOfShares') {
    const part = bps(value);
    return part === null || part === 0n || part > 10_000n ? null : { shareBps: part.toString(), amount: '0' };
  }
  const units = smallestUnits(value, kind === 'number' ? 0 : decimals);
  return units === null || units === 0n ? null : { shareBps: '0', amount: units.toString() };
}

function Lines({ label, hint, value, onInput }: { label: string; hint: string; value: string; onInput: (text: string) => void }) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea id={id} rows={3} value={value} spellcheck={false} autocomplete="off" aria-describedby={`${id}-hint`} onInput={(event) => onInput(event.currentTarget.value)} />
      <p id={`${id}-hint`} class="hint">
        {hint}
      </p>
    </div>
  );
}
