import { useState } from 'preact/hooks';
import { get, prepareCall, type Address, type Prepared, type Schemas } from '../api';
import { smallestUnits } from '../format';
import { words } from '../language';
import { clock, status } from '../live';
import { Act } from '../signing/act';
import { Choice, isAddress, isGiven, isHash, isMoney, isPositive, isWhole, localTime, orEmpty, TextField, Tick, utcTime } from '../ui/form';
import { FileHash } from '../ui/FileHash';
import { Note, Panel } from '../ui/parts';
import { common } from '../ui/words';
import { useAnswer, useAsked } from '../useAnswer';
import { bps, Doing, isPercent, isTime, wrong, ZERO_ADDRESS, useNoted } from './parts';
import { company as c, decimalsOf } from './words';

const w = words(
  {
    title: 'Acting for the company',
    openClass: 'Open a share class',
    openClassHint: 'All terms but the authorised number are fixed for the life of the class.',
    name: 'Name',
    symbol: 'Symbol',
    authorisedHint: 'The most that may be in issue. Only a vote of the holders raises it.',
    votesHint: '0 makes a class without votes.',
    preference: 'Liquidation preference per share',
    preferenceHint: 'Paid per share before the classes below it. Empty: none. Recorded, not enforced.',
    preferenceCurrency: 'Its currency',
    seniority: 'Rank in a liquidation',
    seniorityHint: 'The lowest number is paid first.',
    converts: 'Converts into',
    ratio: 'Shares of that class',
    ratioFor: 'for so many of this one',
    cap: 'Most holders',
    capHint: '0: no cap. China: 200.',
    smallest: 'Smallest holding',
    smallestHint: 'That a newcomer receives by transfer under a cap.',
    countries: 'Excluded countries',
    countriesHint: 'ISO 3166-1 numeric codes with spaces between them, such as 156 408.',
    wrongCountries: 'Expected numbers of three digits with spaces between them.',
    wrongCurrency: 'Expected three letters, such as USD.',
    wrongPreference: 'Expected an amount with at most two decimals.',
    open: 'Open',
    round: 'Open a round',
    roundLink: 'To the form for a round',
    trust: 'Open a trust',
    trustLink: 'To the trusts',
    distribution: 'Open what pays dividends',
    distributionHint: 'One contract for each share class and token. It pays every distribution of the class, and carries over what division leaves.',
    token: 'Paid in',
    declare: 'Declare a dividend or another distribution',
    noDistribution: 'Open what pays dividends first.',
    vote: 'Open a vote',
    voteHint: 'A vote of share classes stays open for at least 10 days; its record date is at most 60 days before it opens.',
    question: 'What is asked',
    resolution: 'A resolution, as the document says',
    raise: 'Raise the authorised number of a class',
    raised: 'New authorised number',
    electors: 'Who votes',
    noRecordDate: 'No record date: declare one on the page of the class first.',
    allotted: 'Those to whom a round allotted shares',
    quorum: 'Quorum, in percent',
    quorumHint: 'Of all votes; abstentions count. At least 33.34.',
    majority: 'Majority, in percent',
    majorityHint: 'Of the votes for and against; there must be more for than against besides. At least 50.',
    opensAt: 'Opens',
    closesAt: 'Closes',
    controller: 'Hand over to another wallet',
    controllerHint: 'The other wallet has to accept. Until then, nothing changes and you can withdraw.',
    candidate: 'The other wallet',
    propose: 'Propose',
    withdraw: 'Withdraw the proposal',
    fundNow: 'Pay for it now',
    amount: 'Amount',
    kind: 'Kind',
    declareNow: 'Declare',
    wrongAmount: 'Expected an amount, with no more decimals than the token has.',
  },
  {
    title: '代表公司行事',
    openClass: '设立股份类别',
    openClassHint: '除授权股数外，所有条款在该类别存续期间不可更改。',
    name: '名称',
    symbol: '代码',
    authorisedHint: '可发行的最多股数。只有持有人表决可以提高。',
    votesHint: '0 表示无表决权类别。',
    preference: '每股优先清算额',
    preferenceHint: '先于次级类别按股支付。留空表示无。仅作记录，不由合约执行。',
    preferenceCurrency: '其货币',
    seniority: '清算顺位',
    seniorityHint: '数字最小者先受偿。',
    converts: '可转换为',
    ratio: '该类别的股数',
    ratioFor: '对应本类别的股数',
    cap: '持有人上限',
    capHint: '0 表示无上限。中国：200。',
    smallest: '最低持股',
    smallestHint: '有上限时，新持有人通过转让至少须获得的股数。',
    countries: '排除的国家',
    countriesHint: 'ISO 3166-1 数字代码，以空格分隔，例如 156 408。',
    wrongCountries: '应为以空格分隔的三位数字。',
    wrongCurrency: '应为三个字母，例如 USD。',
    wrongPreference: '应为至多两位小数的金额。',
    open: '设立',
    round: '发起轮次',
    roundLink: '前往轮次表单',
    trust: '设立信托',
    trustLink: '前往信托',
    distribution: '设立分配合约',
    distributionHint: '每个股份类别和代币各一个合约。它支付该类别的全部分配，并结转未能除尽的余额。',
    token: '支付币种',
    declare: '宣布股息或其他分配',
    noDistribution: '请先设立分配合约。',
    vote: '发起表决',
    voteHint: '股份类别的表决至少开放 10 天；其登记日不早于开放前 60 天。',
    question: '表决事项',
    resolution: '决议，以文件为准',
    raise: '提高某一类别的授权股数',
    raised: '新的授权股数',
    electors: '表决人',
    noRecordDate: '没有登记日：请先在该类别页面宣布。',
    allotted: '在某轮次中获配股份者',
    quorum: '法定人数（百分比）',
    quorumHint: '占全部表决权；弃权计入。至少 33.34。',
    majority: '多数（百分比）',
    majorityHint: '占赞成与反对之和；且赞成须多于反对。至少 50。',
    opensAt: '开放时间',
    closesAt: '截止时间',
    controller: '移交给其他钱包',
    controllerHint: '对方钱包须接受。在此之前不发生任何变化，您可以撤回。',
    candidate: '对方钱包',
    propose: '提议',
    withdraw: '撤回提议',
    fundNow: '立即拨付',
    amount: '金额',
    kind: '种类',
    declareNow: '宣布',
    wrongAmount: '应为金额，小数位数不超过代币的位数。',
  },
);

const DAY = 86_400_000;

interface OfficeProps {
  company: Schemas['RegisteredCompany'];
  classes: Schemas['ShareClass'][];
  distributions: Address[];
  rounds: Address[];
}

/** What the company's controller does. */
export function Office(props: OfficeProps) {
  const { company, classes } = props;
  return (
    <Panel title={w.title} class="office">
      <OpenClass {...props} />
      {classes.length > 0 && (
        <Doing name={w.round}>
          <a class="button" href={`/companies/${company.id}/open-round`}>
            {w.roundLink}
          </a>
        </Doing>
      )}
      <Doing name={w.trust}>
        <a class="button" href={`/trusts?company=${company.id}`}>
          {w.trustLink}
        </a>
      </Doing>
      {classes.length > 0 && (
        <>
          <OpenDistribution {...props} />
          <DeclareOne {...props} />
          <OpenVote {...props} />
        </>
      )}
      <HandOver {...props} />
    </Panel>
  );
}

const isCurrency = (text: string) => (/^[A-Z]{3}$/.test(text) ? null : w.wrongCurrency);
const isPreference = (text: string) => (smallestUnits(text, 2) === null ? w.wrongPreference : null);
const isCountries = (text: string) => (/^(\d{3}(\s+\d{3})*)?$/.test(text.trim()) ? null : w.wrongCountries);

function OpenClass({ company, classes }: OfficeProps) {
  const [terms, setTerms] = useState({
    name: '',
    symbol: '',
    authorised: '',
    votes: '1',
    preference: '',
    currency: 'USD',
    seniority: '0',
    converts: '',
    numerator: '1',
    denominator: '1',
    cap: '0',
    smallest: '0',
    countries: '',
  });
  const set = (key: keyof typeof terms) => (value: string) => setTerms({ ...terms, [key]: value });
  const fits =
    terms.name.trim() !== '' &&
    terms.symbol.trim() !== '' &&
    [isPositive(terms.authorised), isWhole(terms.votes), orEmpty(isPreference)(terms.preference), isWhole(terms.seniority), isWhole(terms.cap), isWhole(terms.smallest), isCountries(terms.countries)].every((one) => one === null) &&
    (terms.preference === '' || isCurrency(terms.currency) === null) &&
    (terms.converts === '' || (isPositive(terms.numerator) === null && isPositive(terms.denominator) === null));
  const prepare = (from: Address) => {
    const preference = terms.preference === '' ? 0n : (smallestUnits(terms.preference, 2) ?? 0n);
    const converts = terms.converts !== '';
    return prepareCall(company.directory, 'openShareClass', from, {
      terms: {
        companyId: company.number,
        authorised: terms.authorised,
        votesPerShare: terms.votes,
        liquidationPreference: String(preference),
        preferenceCurrency: preference === 0n ? '' : terms.currency,
        seniority: terms.seniority,
        convertsInto: converts ? terms.converts : ZERO_ADDRESS,
        conversionNumerator: converts ? terms.numerator : '0',
        conversionDenominator: converts ? terms.denominator : '0',
        holderCap: terms.cap,
        smallestHolding: terms.smallest,
        name: terms.name.trim(),
        symbol: terms.symbol.trim(),
        excludedCountries: terms.countries.trim() === '' ? [] : terms.countries.trim().split(/\s+/).map((code) => String(Number(code))),
      },
    });
  };
  return (
    <Doing name={w.openClass} hint={w.openClassHint}>
      <TextField label={w.name} value={terms.name} onInput={set('name')} maxLength={96} />
      <TextField label={w.symbol} value={terms.symbol} onInput={set('symbol')} maxLength={20} />
      <TextField label={c.authorised} hint={w.authorisedHint} value={terms.authorised} onInput={set('authorised')} inputMode="numeric" wrong={wrong(isPositive, terms.authorised)} />
      <TextField label={c.votesPerShare} hint={w.votesHint} value={terms.votes} onInput={set('votes')} inputMode="numeric" wrong={wrong(isWhole, terms.votes)} />
      <TextField label={w.preference} hint={w.preferenceHint} value={terms.preference} onInput={set('preference')} inputMode="decimal" wrong={wrong(isPreference, terms.preference)} />
      {terms.preference !== '' && <TextField label={w.preferenceCurrency} value={terms.currency} onInput={set('currency')} maxLength={3} wrong={isCurrency(terms.currency)} />}
      <TextField label={w.seniority} hint={w.seniorityHint} value={terms.seniority} onInput={set('seniority')} inputMode="numeric" wrong={wrong(isWhole, terms.seniority)} />
      {classes.length > 0 && <Choice label={w.converts} value={terms.converts} onInput={set('converts')} options={[['', common.none], ...classes.map(({ address, terms: { name } }) => [address, name] as const)]} />}
      {terms.converts !== '' && (
        <>
          <TextField label={w.ratio} value={terms.numerator} onInput={set('numerator')} inputMode="numeric" wrong={isPositive(terms.numerator)} />
          <TextField label={w.ratioFor} value={terms.denominator} onInput={set('denominator')} inputMode="numeric" wrong={isPositive(terms.denominator)} />
        </>
      )}
      <TextField label={w.cap} hint={w.capHint} value={terms.cap} onInput={set('cap')} inputMode="numeric" wrong={wrong(isWhole, terms.cap)} />
      <TextField label={w.smallest} hint={w.smallestHint} value={terms.smallest} onInput={set('smallest')} inputMode="numeric" wrong={wrong(isWhole, terms.smallest)} />
      <TextField label={w.countries} hint={w.countriesHint} value={terms.countries} onInput={set('countries')} wrong={wrong(isCountries, terms.countries)} />
      <div class="whole">
        <Act kind="primary" disabled={!fits} prepare={prepare}>
          {w.openClass}
        </Act>
      </div>
    </Doing>
  );
}

function OpenDistribution({ company, classes }: OfficeProps) {
  const tokens = status.value?.contracts?.settlementTokens ?? [];
  const [shareClass, setShareClass] = useState(classes[0]?.address ?? '');
  const [token, setToken] = useState('');
  const chosen = token || (tokens[0]?.address ?? '');
  return (
    <Doing name={w.distribution} hint={w.distributionHint}>
      <Choice label={common.shareClass} value={shareClass} onInput={setShareClass} options={classes.map(({ address, terms }) => [address, terms.name] as const)} />
      <Choice label={w.token} value={chosen} onInput={setToken} options={tokens.map(({ address, currency }) => [address, currency] as const)} />
      <div class="whole">
        <Act kind="primary" disabled={!shareClass || !chosen} prepare={(from) => prepareCall(company.directory, 'openDistribution', from, { shareClass, token: chosen })}>
          {w.distribution}
        </Act>
      </div>
    </Doing>
  );
}

/** What a contract pays: to the holders of which class, in which token. */
interface Payer {
  contract: Address;
  shareClass: Address;
  token: Address;
}

async function readPayer(contract: Address): Promise<Payer> {
  const { events } = await get('/v1/events', { query: { contract, kind: 'DistributionsOpened', limit: 1 } });
  const { shareClass, settlementToken } = events[0]?.arguments ?? {};
  return { contract, shareClass: String(shareClass), token: String(settlementToken) };
}

function DeclareOne({ classes, distributions }: OfficeProps) {
  const payers = useAsked(`payers ${distributions.join(' ')}`, () => Promise.all(distributions.map(readPayer)));
  const [chosen, choose] = useState('');
  const payer = payers.data?.find(({ contract }) => contract === chosen) ?? payers.data?.[0];
  const currency = (token: Address) => status.value?.contracts?.settlementTokens.find(({ address }) => address === token)?.currency ?? '';
  const name = (address: Address) => classes.find((one) => one.address === address)?.terms.name ?? address;
  useNoted(
    (payers.data ?? []).map(({ contract, shareClass, token }) => [contract, { contract: 'Distribution', name: name(shareClass), unit: currency(token), decimals: decimalsOf(token) }] as const),
    payers.data,
  );
  return (
    <Doing name={w.declare}>
      {payer === undefined ? (
        <Note>{w.noDistribution}</Note>
      ) : (
        <>
          <Choice label={common.shareClass} value={payer.contract} onInput={choose} options={(payers.data ?? []).map((one) => [one.contract, `${name(one.shareClass)} · ${currency(one.token)}`] as const)} />
          <Declare key={payer.contract} payer={payer} />
        </>
      )}
    </Doing>
  );
}

const KINDS = ['dividend', 'liquidation-payout', 'returned-proceeds'] as const;

/** The fields of a declaration, for whoever acts for the company. */
export function Declare({ payer }: { payer: Payer }) {
  const dates = useAnswer('/v1/share-classes/{address}/record-dates', { path: { address: payer.shareClass } });
  const [given, setGiven] = useState({ kind: '0', recordDate: '', amount: '', document: '' });
  const [now, setNow] = useState(true);
  const set = (key: keyof typeof given) => (value: string) => setGiven({ ...given, [key]: value });
  const recordDates = dates.data?.recordDates.toReversed() ?? [];
  const recordDate = given.recordDate || String(recordDates[0]?.index ?? '');
  const units = smallestUnits(given.amount, decimalsOf(payer.token));
  const isAmount = (text: string) => (isMoney(text) === null && smallestUnits(text, decimalsOf(payer.token)) !== null ? null : w.wrongAmount);
  const fits = recordDate !== '' && units !== null && units > 0n && isHash(given.document) === null;
  const prepare = (from: Address): Promise<Prepared> => {
    const args = { kind: given.kind, recordDate, amount: String(units), documentHash: given.document };
    return now
      ? prepareCall(payer.contract, 'declareAndFund', from, args, { token: payer.token, amount: String(units) })
      : prepareCall(payer.contract, 'declare', from, args);
  };
  if (dates.data && recordDates.length === 0) return <Note>{w.noRecordDate}</Note>;
  return (
    <>
      <Choice label={w.kind} value={given.kind} onInput={set('kind')} options={KINDS.map((kind, i) => [String(i), c[kind]] as const)} />
      <Choice label={c.recordDate} hint={c.recordDateHint} value={recordDate} onInput={set('recordDate')} options={recordDates.map(({ index, at }) => [String(index), `${index}: ${localTime(Date.parse(at)).replace('T', ' ')}`] as const)} />
      <TextField label={w.amount} value={given.amount} onInput={set('amount')} inputMode="decimal" wrong={wrong(isAmount, given.amount)} />
      <FileHash label={c.documentHash} value={given.document} onInput={set('document')} />
      <div class="whole">
        <Tick label={w.fundNow} checked={now} onInput={setNow} />
        <Act kind="primary" disabled={!fits} prepare={prepare}>
          {w.declareNow}
        </Act>
      </div>
    </>
  );
}

function OpenVote({ company, classes, rounds }: OfficeProps) {
  const dates = useAsked(`dates for a vote ${classes.map(({ address }) => address).join(' ')}`, () =>
    Promise.all(classes.map(async ({ address }) => (await get('/v1/share-classes/{address}/record-dates', { path: { address } })).recordDates)),
  );
  const start = clock.value ?? Date.now();
  const [given, setGiven] = useState({
    question: 'resolution',
    raised: '',
    document: '',
    round: '',
    quorum: '50',
    majority: '50',
    opensAt: localTime(start + DAY),
    closesAt: localTime(start + 14 * DAY),
  });
  const [electing, setElecting] = useState<ReadonlySet<Address>>(new Set());
  const set = (key: keyof typeof given) => (value: string) => setGiven({ ...given, [key]: value });
  const raising = given.question !== 'resolution';
  const lastDate = (i: number) => dates.data?.[i]?.at(-1);
  const elected = raising ? classes.filter(({ address }) => address === given.question) : classes.filter(({ address }) => electing.has(address));
  const electorates = given.round && !raising ? [] : elected.map((one) => ({ shareClass: one.address, recordDate: String(lastDate(classes.indexOf(one))?.index ?? '') }));
  const fits =
    isHash(given.document) === null &&
    (!raising || isPositive(given.raised) === null) &&
    [isPercent(given.quorum), isPercent(given.majority), isTime(given.opensAt), isTime(given.closesAt)].every((one) => one === null) &&
    (given.round !== '' || electorates.length > 0) &&
    electorates.every(({ recordDate }) => recordDate !== '');
  const prepare = async (from: Address) => {
    const { raisedTo } = await import('./chain');
    return prepareCall(company.directory, 'openVote', from, {
      companyId: company.number,
      terms: {
        electorates,
        round: raising ? ZERO_ADDRESS : given.round || ZERO_ADDRESS,
        target: raising ? given.question : ZERO_ADDRESS,
        subject: raising ? raisedTo(given.question, given.raised) : given.document,
        documentHash: given.document,
        quorumBps: bps(given.quorum),
        majorityBps: bps(given.majority),
        opensAt: utcTime(given.opensAt),
        closesAt: utcTime(given.closesAt),
      },
    });
  };
  return (
    <Doing name={w.vote} hint={w.voteHint}>
      <Choice
        label={w.question}
        value={given.question}
        onInput={set('question')}
        options={[['resolution', w.resolution], ...classes.map(({ address, terms }) => [address, `${w.raise}: ${terms.name}`] as const)]}
      />
      {raising && <TextField label={w.raised} value={given.raised} onInput={set('raised')} inputMode="numeric" wrong={wrong(isPositive, given.raised)} />}
      <FileHash label={c.documentHash} value={given.document} onInput={set('document')} />
      {!raising && rounds.length > 0 && <Choice label={w.allotted} value={given.round} onInput={set('round')} options={[['', common.no], ...rounds.map((round) => [round, round] as const)]} />}
      {!raising && given.round === '' && (
        <fieldset class="whole">
          <legend>{w.electors}</legend>
          {classes.map(({ address, terms }, i) => {
            const last = lastDate(i);
            return (
              <Tick
                key={address}
                checked={electing.has(address)}
                onInput={(checked) => setElecting(new Set(checked ? [...electing, address] : [...electing].filter((one) => one !== address)))}
                label={
                  <>
                    <bdi class="text">{terms.name}</bdi> · {last ? `${c.recordDateOf(String(last.index))}, ${localTime(Date.parse(last.at)).replace('T', ' ')}` : w.noRecordDate}
                  </>
                }
              />
            );
          })}
        </fieldset>
      )}
      <TextField label={w.quorum} hint={w.quorumHint} value={given.quorum} onInput={set('quorum')} inputMode="decimal" wrong={isPercent(given.quorum)} />
      <TextField label={w.majority} hint={w.majorityHint} value={given.majority} onInput={set('majority')} inputMode="decimal" wrong={isPercent(given.majority)} />
      <TextField label={w.opensAt} type="datetime-local" value={given.opensAt} onInput={set('opensAt')} wrong={isTime(given.opensAt)} />
      <TextField label={w.closesAt} type="datetime-local" value={given.closesAt} onInput={set('closesAt')} wrong={isTime(given.closesAt)} />
      <div class="whole">
        <Act kind="primary" disabled={!fits} prepare={prepare}>
          {w.vote}
        </Act>
      </div>
    </Doing>
  );
}

function HandOver({ company }: OfficeProps) {
  const [candidate, setCandidate] = useState('');
  const propose = (to: Address) => (from: Address) => prepareCall(company.directory, 'proposeController', from, { companyId: company.number, candidate: to });
  return (
    <Doing name={w.controller} hint={w.controllerHint}>
      <TextField label={w.candidate} value={candidate} onInput={setCandidate} wrong={wrong(isAddress, candidate)} maxLength={42} />
      <div class="whole actions">
        <Act kind="primary" disabled={isGiven(candidate) !== null || isAddress(candidate) !== null} prepare={propose(candidate)}>
          {w.propose}
        </Act>
        {company.proposedController && <Act prepare={propose(ZERO_ADDRESS)}>{w.withdraw}</Act>}
      </div>
    </Doing>
  );
}
