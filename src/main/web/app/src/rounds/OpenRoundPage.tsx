import { useState } from 'preact/hooks';
import { get, prepare, type Address, type Hash, type Schemas } from '../api';
import { count, money, percentOfBps, times } from '../format';
import { words } from '../language';
import { clock, status } from '../live';
import { go } from '../router';
import { Act } from '../signing/act';
import { note } from '../signing/known';
import { FileHash } from '../ui/FileHash';
import { Choice, isHash, isMoney, isPositive, localTime, orEmpty, TextField, utcTime } from '../ui/form';
import { AsOf, Hex, Name, Note, Page, Panel, Shown } from '../ui/parts';
import { common } from '../ui/words';
import { useAsked } from '../useAnswer';
import { account, same } from '../wallet/wallet';
import { regimeInWords, shortestRound } from './regimes';
import { regimeName } from './words';

const w = words(
  {
    title: 'Open a round',
    lead: 'Price, number of shares, target and rules cannot be changed afterwards. Only the deadline and the documents can, and then everybody may leave.',
    notYours: 'Only the wallet that acts for the company can open a round:',
    noClass: 'The company has no class of shares yet. Open one first on its page.',
    noClassFits: 'None of these fits? Open another class on the company’s page.',
    toCompany: 'To the company’s page',
    what: 'What is offered',
    shareClass: 'Class of shares',
    room: (n: string) => `${n} of it can still be issued.`,
    price: 'Price of one share',
    minimum: 'Target, in shares',
    minimumHint: 'Less than this, and the round fails and everybody is refunded.',
    maximum: 'Maximum, in shares',
    maximumHint: 'No more than this are sold.',
    worth: (amount: string) => `That is ${amount}.`,
    ticket: 'Least of one commitment, in shares',
    moreThanRoom: (n: string) => `Only ${n} can still be issued.`,
    order: 'The target must not be more than the maximum, the least commitment not more than the target.',
    under: 'Under which rules',
    rules: 'Rules',
    token: 'Money',
    allocation: 'When more is asked for than there is',
    firstCome: 'First come, first served',
    proRata: 'Cut all in the same proportion',
    oversubscription: 'Most that may be committed, in shares',
    oversubscriptionHint: 'At least the maximum.',
    when: 'When',
    opensAt: 'Opens',
    deadline: 'Commitments end',
    tooShort: 'These rules want the round to be open for 21 days at least.',
    backwards: 'The end has to come after the beginning.',
    past: 'This is over already.',
    money: 'Where the money goes',
    trust: 'Proceeds go to',
    noTrust: 'The wallet that acts for the company, at once',
    trustIs: (short: string) => `Trust ${short}`,
    trustHint: 'A trust that you opened before has its trustees release the money in parts. It serves one round.',
    fee: (part: string) => `The platform’s fee, as agreed for this company, is ${part} of what is sold.`,
    papers: 'Documents',
    document: 'The terms document',
    documentHint: 'Investors compare what they are given with its fingerprint.',
    noDocument: 'Without a document investors cannot tell which terms they agreed to.',
    filing: 'The regulator’s reference',
    filingHint: 'Such as the file number of Form C. It can be left empty.',
    open: 'Open the round',
    tooMuch: (most: string) => `The rules allow at most ${most} in twelve months.`,
    wrongMoney: (currency: string) => `These rules want ${currency}.`,
  },
  {
    title: '开启轮次',
    lead: '价格、股数、目标与规则开启后不可变更。只有截止时间与文件可以变更，届时所有认购者均可退出。',
    notYours: '只有代表公司的钱包可以开启轮次：',
    noClass: '公司尚无股份类别，请先在公司页面开设。',
    noClassFits: '没有合适的？可在公司页面另设类别。',
    toCompany: '前往公司页面',
    what: '发行内容',
    shareClass: '股份类别',
    room: (n) => `尚可发行${n}。`,
    price: '每股价格',
    minimum: '目标（股）',
    minimumHint: '未达此数，轮次失败，全部退款。',
    maximum: '上限（股）',
    maximumHint: '售出不超过此数。',
    worth: (amount) => `合 ${amount}。`,
    ticket: '单笔最低认购（股）',
    moreThanRoom: (n) => `只能再发行${n}。`,
    order: '目标不得高于上限，最低认购不得高于目标。',
    under: '适用规则',
    rules: '规则',
    token: '货币',
    allocation: '超额认购时',
    firstCome: '先到先得',
    proRata: '按同一比例缩减',
    oversubscription: '最多可认购（股）',
    oversubscriptionHint: '不少于上限。',
    when: '时间',
    opensAt: '开放',
    deadline: '认购截止',
    tooShort: '此规则要求轮次至少开放 21 天。',
    backwards: '截止须晚于开放。',
    past: '该时间已过。',
    money: '资金去向',
    trust: '募集资金付给',
    noTrust: '代表公司的钱包，立即支付',
    trustIs: (short) => `信托 ${short}`,
    trustHint: '事先设立的信托由受托人分期释放资金。一个信托对应一个轮次。',
    fee: (part) => `与该公司约定的平台费用为售出金额的 ${part}。`,
    papers: '文件',
    document: '条款文件',
    documentHint: '投资者可将收到的文件与其指纹核对。',
    noDocument: '没有文件，投资者无法知道自己同意的是哪些条款。',
    filing: '监管备案号',
    filingHint: '例如 Form C 的文件编号，可留空。',
    open: '开启轮次',
    tooMuch: (most) => `规则允许十二个月内至多 ${most}。`,
    wrongMoney: (currency) => `此规则要求使用 ${currency}。`,
  },
);

const DAY = 86_400_000;
const NO_DOCUMENT = `0x${'0'.repeat(64)}`;

/** What a regime's figures are in, where it takes one currency only, and the most that a company raises under it. */
const BOUNDS: Record<string, { currency: string; most: number }> = {
  'US-REG-CF': { currency: 'USD', most: 5_000_000 },
  'EU-ECSPR': { currency: 'EUR', most: 5_000_000 },
};

interface Choices {
  asOf: Schemas['AsOf'];
  company: Schemas['RegisteredCompany'];
  classes: Schemas['ShareClass'][];
  trusts: Address[];
  rules: { address: Address; regime: string }[];
}

async function choices(id: string, allowed: Address[]): Promise<Choices> {
  const { regimeOf } = await import('./reads');
  const { asOf, company, contracts } = await get('/v1/companies/{id}', { path: { id } });
  const [classes, trusts, rules] = await Promise.all([
    Promise.all(contracts.shareClasses.map(async (address) => (await get('/v1/share-classes/{address}', { path: { address } })).shareClass)),
    Promise.all(contracts.trusts.map(async (address) => (await get('/v1/trusts/{address}', { path: { address } })).trust)),
    Promise.all(allowed.map(async (address) => ({ address, regime: await regimeOf(address) }))),
  ]);
  note(classes.map(({ address, terms }) => [address, { name: `${company.name}, ${terms.name}`, contract: 'ShareToken', unit: terms.symbol }] as const));
  note([[company.directory, { contract: 'Directory', name: 'Directory' }]]);
  return { asOf, company, classes, trusts: trusts.filter(({ round }) => round === null).map(({ address }) => address), rules };
}

export default function OpenRoundPage({ id }: { id: string }) {
  const allowed = status.value?.contracts?.rules.filter((one) => one.allowed).map(({ address }) => address) ?? null;
  const asked = useAsked(allowed && `open-round ${id} ${allowed.join()}`, () => choices(id, allowed as Address[]));
  return (
    <Page title={w.title} lead={w.lead}>
      <Shown asked={asked}>
        {(found) => (
          <>
            <p>
              <a href={`/companies/${id}`}>
                <Name>{found.company.name}</Name>
              </a>
            </p>
            {!same(account.value, found.company.controller) && (
              <Note tone="wait">
                {w.notYours} <Hex value={found.company.controller} />
              </Note>
            )}
            {found.classes.length === 0 ? (
              <Note tone="wait">
                {w.noClass} <a href={`/companies/${id}`}>{w.toCompany}</a>
              </Note>
            ) : (
              <Form {...found} />
            )}
            <AsOf at={found.asOf} />
          </>
        )}
      </Shown>
    </Page>
  );
}

function Form({ company, classes, trusts, rules }: Choices) {
  const tokens = status.value?.contracts?.settlementTokens ?? [];
  const now = clock.value ?? Date.now();
  const [shareClass, setShareClass] = useState(classes[0]?.address ?? '');
  const [price, setPrice] = useState('');
  const [minimum, setMinimum] = useState('');
  const [maximum, setMaximum] = useState('');
  const [ticket, setTicket] = useState('1');
  const [chosenRules, setRules] = useState(rules.find(({ regime }) => regime === 'US-REG-CF')?.address ?? rules[0]?.address ?? '');
  const [chosenToken, setToken] = useState(tokens[0]?.address ?? '');
  const [allocation, setAllocation] = useState<Schemas['Allocation']>('first-come');
  const [most, setMost] = useState('');
  const [opensAt, setOpensAt] = useState(() => localTime(now + DAY));
  const [deadline, setDeadline] = useState(() => localTime(now + 31 * DAY));
  const [trust, setTrust] = useState('');
  const [hash, setHash] = useState<Hash>('');
  const [filing, setFiling] = useState('');

  const token = tokens.find(({ address }) => address === chosenToken);
  const currency = token?.currency ?? '';
  const regime = rules.find(({ address }) => address === chosenRules)?.regime ?? '';
  const inWords = regimeInWords(regime);
  const bounds = BOUNDS[regime];
  const chosen = classes.find(({ address }) => address === shareClass);
  const room = chosen ? BigInt(chosen.authorised) - BigInt(chosen.issued) - BigInt(chosen.reserved) : 0n;

  const whole = (text: string) => (isPositive(text) === null ? BigInt(text) : null);
  const priced = price !== '' && isMoney(price) === null;
  const worth = (shares: string) => (priced && whole(shares) !== null ? w.worth(money(times(price, shares), currency)) : '');
  const [least, target, top] = [whole(ticket), whole(minimum), whole(maximum)];
  const outOfOrder = target !== null && top !== null && least !== null && (target > top || least > target);
  const proceeds = priced && top !== null ? Number(times(price, maximum)) : null;
  const [from, to] = [Date.parse(utcTime(opensAt)), Date.parse(utcTime(deadline))];
  const wrongMaximum =
    maximum === '' ? null
    : (isPositive(maximum) ??
      (top !== null && top > room ? w.moreThanRoom(common.shares(count(room)))
      : outOfOrder ? w.order
      : bounds && proceeds !== null && proceeds > bounds.most ? w.tooMuch(money(String(bounds.most), bounds.currency))
      : null));
  const wrongDeadline = to <= from ? w.backwards : to - from < shortestRound(regime) ? w.tooShort : null;
  const proRata = allocation === 'pro-rata';
  const complete = priced && target !== null && top !== null && least !== null && utcTime(opensAt) !== '' && utcTime(deadline) !== '' && orEmpty(isHash)(hash) === null && (!proRata || whole(most) !== null);

  return (
    <form onSubmit={(event) => event.preventDefault()}>
      <Panel title={w.under}>
        <div class="form">
          <Choice label={w.rules} value={chosenRules} onInput={setRules} options={rules.map((one) => [one.address, regimeName(one.regime)] as const)} />
          <Choice
            label={w.token}
            value={chosenToken}
            onInput={setToken}
            options={tokens.map((one) => [one.address, one.currency] as const)}
            wrong={bounds && currency !== bounds.currency ? w.wrongMoney(bounds.currency) : null}
          />
        </div>
        {inWords && (
          <ul class="limits">
            {[inWords.investors, inWords.most, inWords.leave, inWords.early, inWords.change, inWords.resale].map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        )}
      </Panel>
      <Panel title={w.what}>
        <div class="form">
          <Choice
            label={w.shareClass}
            value={shareClass}
            onInput={setShareClass}
            options={classes.map(({ address, terms }) => [address, `${terms.name} (${terms.symbol})`] as const)}
            hint={
              <>
                {w.room(common.shares(count(room)))} <a href={`/companies/${company.id}`}>{w.noClassFits}</a>
              </>
            }
          />
          <TextField label={`${w.price} (${currency})`} value={price} onInput={setPrice} inputMode="decimal" wrong={orEmpty(isMoney)(price)} />
          <TextField label={w.minimum} value={minimum} onInput={setMinimum} inputMode="numeric" wrong={orEmpty(isPositive)(minimum)} hint={`${w.minimumHint} ${worth(minimum)}`} />
          <TextField label={w.maximum} value={maximum} onInput={setMaximum} inputMode="numeric" wrong={wrongMaximum} hint={`${w.maximumHint} ${worth(maximum)}`} />
          <TextField label={w.ticket} value={ticket} onInput={setTicket} inputMode="numeric" wrong={orEmpty(isPositive)(ticket)} hint={worth(ticket)} />
          <Choice
            label={w.allocation}
            value={allocation}
            onInput={(value) => setAllocation(value === 'pro-rata' ? 'pro-rata' : 'first-come')}
            options={[
              ['first-come', w.firstCome],
              ['pro-rata', w.proRata],
            ]}
          />
          {proRata && <TextField label={w.oversubscription} value={most} onInput={setMost} inputMode="numeric" wrong={orEmpty(isPositive)(most)} hint={`${w.oversubscriptionHint} ${worth(most)}`} />}
        </div>
      </Panel>
      <Panel title={w.when}>
        <div class="form">
          <TextField label={w.opensAt} type="datetime-local" value={opensAt} onInput={setOpensAt} wrong={from < now ? w.past : null} />
          <TextField label={w.deadline} type="datetime-local" value={deadline} onInput={setDeadline} wrong={wrongDeadline} />
        </div>
      </Panel>
      <Panel title={w.money}>
        <div class="form">
          <Choice label={w.trust} value={trust} onInput={setTrust} hint={w.trustHint} options={[['', w.noTrust], ...trusts.map((address) => [address, w.trustIs(address)] as const)]} />
        </div>
        <p class="hint">{w.fee(percentOfBps(company.feeBps))}</p>
      </Panel>
      <Panel title={w.papers}>
        <div class="form">
          <FileHash label={w.document} value={hash} onInput={setHash} />
          <TextField label={w.filing} value={filing} onInput={setFiling} maxLength={100} hint={w.filingHint} />
        </div>
        <p class="hint">{hash === '' ? w.noDocument : w.documentHint}</p>
      </Panel>
      <Act
        kind="primary"
        disabled={!complete}
        prepare={(signer) =>
          prepare('open-round', {
            from: signer,
            shareClass,
            settlementToken: chosenToken,
            rules: chosenRules,
            trust: trust || null,
            allocation,
            price,
            minimumShares: minimum,
            maximumShares: maximum,
            minimumTicket: ticket,
            oversubscriptionShares: proRata ? most : null,
            opensAt: utcTime(opensAt),
            deadline: utcTime(deadline),
            feeBps: company.feeBps,
            termsHash: hash || NO_DOCUMENT,
            filing,
          })
        }
        onDone={() => void showNewest(company.id)}
      >
        {w.open}
      </Act>
    </form>
  );
}

async function showNewest(company: string): Promise<void> {
  const { rounds } = await get('/v1/rounds', { query: { company, limit: 1 } });
  go(rounds[0] ? `/rounds/${rounds[0].address}` : `/companies/${company}`);
}
