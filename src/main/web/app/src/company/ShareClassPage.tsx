import { useState } from 'preact/hooks';
import { prepare, prepareCall, type Address, type Schemas } from '../api';
import { count, date, money, percent, ratio, short } from '../format';
import { words } from '../language';
import { clock } from '../live';
import { PartsBar } from '../chart/charts';
import { Verify } from '../proof/Verify';
import { known, undirected } from '../signing/known';
import { Act } from '../signing/act';
import { isAddress, isGiven, isHash, isPositive, localTime, TextField, utcTime } from '../ui/form';
import { FileHash } from '../ui/FileHash';
import { AsOf, Count, Fact, Facts, Hex, List, Name, Note, Page, Panel, Pill, Shown, Table, Text, type Tone, When } from '../ui/parts';
import { common } from '../ui/words';
import { useAnswer, useAsked, usePages } from '../useAnswer';
import { account, same } from '../wallet/wallet';
import { sum } from './capTable';
import { History } from './History';
import { chosenMoment, Doing, isTime, KnownDocument, MomentField, OnlyController, useNoted, wrong } from './parts';
import { company as c } from './words';

const w = words(
  {
    of: (name: string) => `A share class of ${name}`,
    terms: 'Terms',
    votes: (n: string) => `Each share has ${n} ${n === '1' ? 'vote' : 'votes'}.`,
    noVotes: 'The shares have no votes.',
    preference: (amount: string) => `In a liquidation each share is paid ${amount} before the classes that rank below it. This is recorded here; it is for the law to enforce.`,
    noPreference: 'No liquidation preference: what is left is shared out.',
    seniority: (n: string) => `Rank in a liquidation: ${n}. The lowest number is paid first.`,
    converts: (from: string, to: string) => `Holders may convert: ${from} of these for ${to} of`,
    noConversion: 'The shares do not convert into another class.',
    cap: (n: string, smallest: string) => `At most ${n} persons may hold shares; a newcomer receives at least ${smallest} by transfer.`,
    noCap: 'Any number of persons may hold shares.',
    countries: (codes: string) => `Persons from these countries receive no shares: ${codes}.`,
    splitNote: 'Amounts and the rate of conversion are those of the opening; a split by n divides them by n.',
    figures: 'Shares',
    holders: 'Holders',
    opened: 'Opened',
    register: 'Register of holders',
    registerLead: 'Everyone who held shares at the moment chosen. “Verify” proves the whole register, or one holding, against the chain in this browser.',
    nobody: 'Nobody held shares then.',
    part: 'Part',
    others: 'Others',
    chart: 'The register as parts of all shares',
    person: 'Person',
    trust: 'no person known',
    holdingOf: (wallet: string) => `holding of ${wallet}`,
    registerOf: 'the whole register',
    partly: 'The chart shows the holders listed so far.',
    yours: 'Your holding',
    yourShares: 'Shares',
    yourFree: 'Free to transfer',
    lots: 'Locked in lots',
    lot: (n: string, time: string) => `${n} until ${time}`,
    lockNote: 'Locked shares may be resold from their date on; before it, only to the issuer, to accredited persons, or otherwise as the rules of the offering allow.',
    frozenNote: 'An order has frozen shares of yours. They stay yours, keep their votes and are paid, but do not move.',
    receipt: 'Receipt to keep',
    transfer: 'Transfer shares',
    transferHint: 'The contract is asked before you sign, and its reason is shown where it refuses.',
    to: 'To which wallet',
    shares: 'Shares',
    convert: 'Convert shares',
    convertHint: (from: string, to: string) => `${from} of these become ${to} of the other class. It can't be turned back.`,
    nothingHeld: 'Your wallet holds no share of this class.',
    connect: 'Connect a wallet to transfer shares.',
    documents: 'Documents',
    noDocument: 'No document is attached.',
    name: 'Name',
    where: 'Where the company says it is',
    since: 'Since',
    recordDates: 'Record dates',
    noRecordDate: 'No record date was declared.',
    toCome: 'to come',
    orders: 'Freezes and ordered transfers',
    noOrder: 'No order was announced.',
    freeze: 'Freeze',
    ordered: 'Ordered transfer',
    announced: 'announced',
    withdrawn: 'withdrawn',
    executed: 'carried out',
    lapsed: 'lapsed',
    from: 'From',
    window: 'May be carried out',
    windowOf: (from: string, to: string) => `${from} – ${to}`,
    history: 'History',
    office: 'Acting for the company',
    declare: 'Declare a record date',
    declareHint: 'Later than now and within two years. It can’t be taken back.',
    moment: 'Moment',
    issue: 'Issue shares outside a round',
    issueHint: 'To founders, employees, or a trust that holds for them; within the authorised number.',
    lockedUntil: 'Locked until',
    lockedHint: 'Empty: not locked.',
    cancel: 'Cancel shares',
    cancelHint: 'Only shares that the company’s own wallet holds: bought back, or never given away.',
    split: 'Split the shares',
    splitHint: 'Multiplies every holding, the number issued and the number authorised. Not while shares are reserved for an open round.',
    factor: 'Each share becomes',
    setDocument: 'Attach a document',
    documentNameHint: 'At most 32 bytes. A document of the same name is replaced.',
    uri: 'Where it can be read',
    remove: (name: string) => `Detach ${name}`,
    recover: 'Move a recovered holding',
    recoverHint: 'After a recovery was carried out, anyone may move the shares of the old wallet to the one that took its place.',
    oldWallet: 'The old wallet',
    wrongName: 'Expected 1 to 32 bytes.',
    status: 'Status',
  },
  {
    of: (name) => `${name} 的股份类别`,
    terms: '条款',
    votes: (n) => `每股 ${n} 票表决权。`,
    noVotes: '本类别股份无表决权。',
    preference: (amount) => `清算时，每股先于次级类别获付 ${amount}。此条款在此记录，由法律保障执行。`,
    noPreference: '无优先清算权：剩余财产按股分配。',
    seniority: (n) => `清算顺位：${n}。数字最小者先受偿。`,
    converts: (from, to) => `持有人可以转换：每 ${from} 股换 ${to} 股`,
    noConversion: '本类别股份不可转换为其他类别。',
    cap: (n, smallest) => `持有人至多 ${n} 名；新持有人通过转让至少获得 ${smallest} 股。`,
    noCap: '持有人数不限。',
    countries: (codes) => `来自下列国家的人不得获得股份：${codes}。`,
    splitNote: '金额与转换比例以设立时为准；每股拆为 n 股时，均除以 n。',
    figures: '股数',
    holders: '持有人',
    opened: '设立时间',
    register: '股东名册',
    registerLead: '所选时刻的全部持有人。点按“验证”，即可在此浏览器中依据链上数据证明整个名册或某一持股。',
    nobody: '当时无人持有股份。',
    part: '占比',
    others: '其他',
    chart: '股东名册占全部股份的比例',
    person: '人',
    trust: '无对应的人',
    holdingOf: (wallet) => `${wallet} 的持股`,
    registerOf: '整个名册',
    partly: '图中为目前已列出的持有人。',
    yours: '您的持股',
    yourShares: '股数',
    yourFree: '可转让',
    lots: '分批锁定',
    lot: (n, time) => `${n} 股，至 ${time}`,
    lockNote: '锁定股份自到期日起可以转售；此前只能转给发行人、认可投资者，或发行规则允许的其他情形。',
    frozenNote: '您的部分股份已被命令冻结。它们仍归您所有，保留表决权和收益，但不能转移。',
    receipt: '留存凭证',
    transfer: '转让股份',
    transferHint: '在您签名之前会先询问合约；若被拒绝，将显示理由。',
    to: '受让钱包',
    shares: '股数',
    convert: '转换股份',
    convertHint: (from, to) => `每 ${from} 股转换为另一类别的 ${to} 股。不可撤回。`,
    nothingHeld: '您的钱包不持有本类别股份。',
    connect: '连接钱包以转让股份。',
    documents: '文件',
    noDocument: '未附文件。',
    name: '名称',
    where: '公司声明的位置',
    since: '自',
    recordDates: '登记日',
    noRecordDate: '尚未宣布登记日。',
    toCome: '尚未到来',
    orders: '冻结与强制转让',
    noOrder: '未公告命令。',
    freeze: '冻结',
    ordered: '强制转让',
    announced: '已公告',
    withdrawn: '已撤回',
    executed: '已执行',
    lapsed: '已失效',
    from: '转出方',
    window: '可执行期间',
    windowOf: (from, to) => `${from} – ${to}`,
    history: '历史',
    office: '代表公司行事',
    declare: '宣布登记日',
    declareHint: '须晚于现在且在两年之内。不可撤回。',
    moment: '时刻',
    issue: '在轮次之外发行股份',
    issueHint: '发给创始人、员工或代其持有的信托；不超过授权股数。',
    lockedUntil: '锁定至',
    lockedHint: '留空表示不锁定。',
    cancel: '注销股份',
    cancelHint: '仅限公司自己钱包持有的股份：回购的，或从未授出的。',
    split: '拆分股份',
    splitHint: '所有持股、已发行股数与授权股数均相乘。有股份为开放轮次预留时不可拆分。',
    factor: '每股变为',
    setDocument: '附上文件',
    documentNameHint: '至多 32 字节。同名文件将被替换。',
    uri: '可查阅的位置',
    remove: (name) => `移除 ${name}`,
    recover: '移转已恢复的持股',
    recoverHint: '恢复执行后，任何人都可以将旧钱包的股份移至接替它的钱包。',
    oldWallet: '旧钱包',
    wrongName: '应为 1 至 32 字节。',
    status: '状态',
  },
);

type ShareClass = Schemas['ShareClass'];

export default function ShareClassPage({ address }: { address: Address }) {
  const at = chosenMoment();
  const asked = useAnswer('/v1/share-classes/{address}', { path: { address } });
  return (
    <Shown asked={asked}>
      {({ shareClass, documents, asOf }) => <OneClass shareClass={shareClass} documents={documents} asOf={asOf} at={at} />}
    </Shown>
  );
}

function OneClass({ shareClass, documents, asOf, at }: { shareClass: ShareClass; documents: Schemas['ShareDocument'][]; asOf: Schemas['AsOf']; at: string }) {
  const { address, company, terms } = shareClass;
  useNoted(
    [
      [address, { contract: 'ShareToken', name: terms.name, unit: terms.symbol }],
      [company.controller, { name: company.name }],
    ],
    shareClass,
  );
  return (
    <Page
      title={terms.name}
      lead={
        <a href={`/companies/${company.id}`}>
          <Text>{w.of(undirected(company.name))}</Text>
        </a>
      }
    >
      <div class="columns">
        <div>
          <Panel title={w.figures}>
            <Facts>
              <Fact name={c.issued}>
                <Count value={shareClass.issued} />
              </Fact>
              <Fact name={c.reserved}>
                <Count value={shareClass.reserved} />
              </Fact>
              <Fact name={c.authorised}>
                <Count value={shareClass.authorised} />
              </Fact>
              <Fact name={w.holders}>
                <Count value={shareClass.holders} />
              </Fact>
              <Fact name={w.opened}>
                <When time={shareClass.openedAt} dateOnly />
              </Fact>
              <Fact name={common.contract}>
                <Hex value={address} to={`/audit/${address}`} />
              </Fact>
            </Facts>
          </Panel>
          <Register shareClass={address} at={at} />
        </div>
        <div>
          <Yours shareClass={shareClass} />
          <Terms terms={terms} />
        </div>
      </div>
      <Documents documents={documents} shareClass={shareClass} />
      <RecordDates shareClass={address} />
      <Orders shareClass={address} />
      <Panel title={w.history}>
        <History shareClass={address} />
      </Panel>
      <Office shareClass={shareClass} />
      <AsOf at={asOf} />
    </Page>
  );
}

function Terms({ terms }: { terms: Schemas['ClassTerms'] }) {
  const { preference, convertsInto } = terms;
  return (
    <Panel title={w.terms}>
      <ul class="plain">
        <li>{terms.votesPerShare === 0 ? w.noVotes : w.votes(count(terms.votesPerShare))}</li>
        <li>{preference ? w.preference(money(preference.amount, preference.currency)) : w.noPreference}</li>
        <li>{w.seniority(count(terms.seniority))}</li>
        <li>
          {convertsInto ? (
            <>
              {w.converts(count(convertsInto.denominator), count(convertsInto.numerator))} <Hex value={convertsInto.shareClass} to={`/share-classes/${convertsInto.shareClass}`} />
            </>
          ) : (
            w.noConversion
          )}
        </li>
        <li>{terms.holderCap === 0 ? w.noCap : w.cap(count(terms.holderCap), count(terms.smallestHolding))}</li>
        {terms.excludedCountries.length > 0 && <li>{w.countries(terms.excludedCountries.join(', '))}</li>}
      </ul>
      {(preference || convertsInto) && <p class="hint">{w.splitNote}</p>}
    </Panel>
  );
}

function Register({ shareClass, at }: { shareClass: Address; at: string }) {
  const then = useAnswer('/v1/share-classes/{address}', { path: { address: shareClass }, query: { at: at || undefined } });
  const block = then.data?.asOf.blockNumber;
  // The block is pinned, so that the register, its sum and their proofs are of one moment.
  const holders = usePages(block === undefined ? null : '/v1/share-classes/{address}/holders', { path: { address: shareClass }, query: { block, limit: 50 } }, (page) => page.holders);
  return (
    <Panel title={w.register}>
      <p class="hint">{w.registerLead}</p>
      <MomentField />
      <Shown asked={then}>
        {({ shareClass: { issued }, asOf }) => (
          <>
            <List pages={holders} empty={w.nobody}>
              {(items) => (
                <>
                  <PartsBar
                    label={w.chart}
                    others={w.others}
                    amount={(value) => percent(BigInt(Math.round(value * 1_000_000)), 1_000_000n)}
                    parts={items.map(({ wallet, shares }) => ({ name: known(wallet).name ? `${known(wallet).name} ${short(wallet)}` : short(wallet), value: ratio(shares, issued) }))}
                  />
                  {holders.more && <p class="hint">{w.partly}</p>}
                  <p>
                    {c.issued}: <Count value={issued} />{' '}
                    <Verify proof="/v1/proofs/register" query={{ contract: shareClass, block: asOf.blockNumber }} shown={{ supply: issued }} label={w.registerOf} />
                  </p>
                  <Table
                    caption={w.register}
                    rows={items}
                    rowKey={({ wallet }) => wallet}
                    columns={[
                      { head: c.holder, cell: ({ wallet }) => <Hex value={wallet} /> },
                      { head: w.person, cell: ({ identity }) => (identity ? <Hex value={identity} /> : w.trust) },
                      {
                        head: c.shares,
                        number: true,
                        cell: ({ wallet, shares, locked }) => (
                          <>
                            <Count value={shares} />{' '}
                            <Verify proof="/v1/proofs/holding" query={{ contract: shareClass, wallet, block: asOf.blockNumber }} shown={{ balance: shares, locked }} label={w.holdingOf(short(wallet))} />
                          </>
                        ),
                      },
                      { head: w.part, number: true, cell: ({ shares }) => <span class="number">{percent(shares, issued)}</span> },
                      { head: c.locked, number: true, cell: ({ locked }) => <Count value={locked} /> },
                      { head: c.frozen, number: true, cell: ({ frozen }) => <Count value={frozen} /> },
                    ]}
                  />
                </>
              )}
            </List>
            {at !== '' && <AsOf at={asOf} />}
          </>
        )}
      </Shown>
    </Panel>
  );
}

/** What the reader's own wallet holds, and what it can do with it. */
function Yours({ shareClass }: { shareClass: ShareClass }) {
  const { address, terms } = shareClass;
  const own = account.value;
  const asked = useAsked(own && `own holding ${address} ${own}`, async () => (await import('./chain')).holdingOf(address, own as Address));
  const [given, setGiven] = useState({ to: '', shares: '' });
  const [converting, setConverting] = useState('');
  if (own === null) {
    return (
      <Panel title={w.yours}>
        <p class="hint">{w.connect}</p>
      </Panel>
    );
  }
  return (
    <Panel title={w.yours}>
      <Shown asked={asked}>
        {({ shares, frozen, lots }) => {
          if (shares === 0n) return <p class="hint">{w.nothingHeld}</p>;
          const now = BigInt(Math.floor((clock.value ?? 0) / 1000));
          const locked = lots.filter(({ lockedUntil }) => lockedUntil > now);
          const lockedShares = sum(locked.map((lot) => lot.shares));
          const bound = lockedShares > frozen ? lockedShares : frozen;
          const free = shares > bound ? shares - bound : 0n;
          const { convertsInto } = terms;
          return (
            <>
              <Facts>
                <Fact name={w.yourShares}>
                  <Count value={String(shares)} /> <Verify proof="/v1/proofs/holding" query={{ contract: address, wallet: own }} shown={{ balance: String(shares) }} label={w.yours} />
                </Fact>
                <Fact name={w.yourFree}>
                  <Count value={String(free)} />
                </Fact>
                {frozen > 0n && (
                  <Fact name={c.frozen}>
                    <Count value={String(frozen)} />
                  </Fact>
                )}
              </Facts>
              {locked.length > 0 && (
                <>
                  <h3>{w.lots}</h3>
                  <ul class="plain">
                    {locked.map((lot) => (
                      <li key={String(lot.lockedUntil)}>{w.lot(count(lot.shares), date(new Date(Number(lot.lockedUntil) * 1000).toISOString()))}</li>
                    ))}
                  </ul>
                  <p class="hint">{w.lockNote}</p>
                </>
              )}
              {frozen > 0n && <Note tone="wait">{w.frozenNote}</Note>}
              <p>
                <a class="button" href={`/v1/receipts/holding?contract=${address}&wallet=${own}`} download>
                  {w.receipt}
                </a>
              </p>
              <Doing name={w.transfer} hint={w.transferHint}>
                <TextField label={w.to} value={given.to} onInput={(to) => setGiven({ ...given, to })} wrong={wrong(isAddress, given.to)} maxLength={42} />
                <TextField label={w.shares} value={given.shares} onInput={(shares) => setGiven({ ...given, shares })} inputMode="numeric" wrong={wrong(isPositive, given.shares)} />
                <div class="whole">
                  <Act
                    kind="primary"
                    disabled={isAddress(given.to) !== null || isPositive(given.shares) !== null}
                    prepare={(from) => prepare('transfer-shares', { from, shareClass: address, to: given.to, shares: given.shares })}
                    onDone={() => setGiven({ to: '', shares: '' })}
                  >
                    {w.transfer}
                  </Act>
                </div>
              </Doing>
              {convertsInto && (
                <Doing name={w.convert} hint={w.convertHint(count(convertsInto.denominator), count(convertsInto.numerator))}>
                  <TextField label={w.shares} value={converting} onInput={setConverting} inputMode="numeric" wrong={wrong(isPositive, converting)} />
                  <div class="whole">
                    <Act kind="primary" disabled={isPositive(converting) !== null} prepare={(from) => prepareCall(address, 'convert', from, { shares: converting })} onDone={() => setConverting('')}>
                      {w.convert}
                    </Act>
                  </div>
                </Doing>
              )}
            </>
          );
        }}
      </Shown>
    </Panel>
  );
}

function Documents({ documents, shareClass }: { documents: Schemas['ShareDocument'][]; shareClass: ShareClass }) {
  const acts = same(account.value, shareClass.company.controller);
  return (
    <Panel title={w.documents}>
      {documents.length === 0 ? (
        <p class="empty">{w.noDocument}</p>
      ) : (
        <Table
          caption={w.documents}
          rows={documents}
          rowKey={({ name }) => name}
          columns={[
            { head: w.name, cell: ({ name }) => <Name>{name}</Name> },
            { head: w.where, cell: ({ uri }) => <Text>{uri}</Text> },
            { head: c.documentHash, cell: ({ hash }) => <KnownDocument hash={hash} /> },
            { head: w.since, cell: ({ setAt }) => <When time={setAt} /> },
            ...(acts
              ? [
                  {
                    head: w.office,
                    cell: ({ name }: Schemas['ShareDocument']) => <Act prepare={(from) => prepareCall(shareClass.address, 'removeDocument', from, { name: nameBytes(name) })}>{w.remove(name)}</Act>,
                  },
                ]
              : []),
          ]}
        />
      )}
    </Panel>
  );
}

function RecordDates({ shareClass }: { shareClass: Address }) {
  const asked = useAnswer('/v1/share-classes/{address}/record-dates', { path: { address: shareClass } });
  const now = clock.value ?? 0;
  return (
    <Panel title={w.recordDates}>
      <Shown asked={asked}>
        {({ recordDates }) =>
          recordDates.length === 0 ? (
            <p class="empty">{w.noRecordDate}</p>
          ) : (
            <ul class="plain">
              {recordDates.toReversed().map(({ index, at }) => (
                <li key={index}>
                  {c.recordDateOf(count(index))}: <When time={at} />{' '}
                  {Date.parse(at) > now ? (
                    <Pill tone="wait">{w.toCome}</Pill>
                  ) : (
                    <Verify proof="/v1/proofs/register" query={{ contract: shareClass, recordDate: index }} label={c.recordDateOf(count(index))} />
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
    </Panel>
  );
}

const ORDER_TONES: Record<Schemas['Order']['status'], Tone> = { announced: 'wait', withdrawn: 'plain', executed: 'bad', lapsed: 'plain' };

function Orders({ shareClass }: { shareClass: Address }) {
  const asked = useAnswer('/v1/share-classes/{address}/orders', { path: { address: shareClass } });
  return (
    <Panel title={w.orders}>
      <Shown asked={asked}>
        {({ orders }) =>
          orders.length === 0 ? (
            <p class="empty">{w.noOrder}</p>
          ) : (
            <Table
              caption={w.orders}
              rows={orders}
              rowKey={({ order, announcedAt }) => `${order} ${announcedAt}`}
              columns={[
                { head: w.status, cell: ({ kind, status }) => <>{kind === 'freeze' ? w.freeze : w.ordered} <Pill tone={ORDER_TONES[status]}>{w[status]}</Pill></> },
                { head: w.from, cell: ({ from }) => <Hex value={from} /> },
                { head: c.shares, number: true, cell: ({ shares }) => <Count value={shares} /> },
                { head: c.document, cell: ({ documentHash }) => <Hex value={documentHash} /> },
                { head: w.window, cell: ({ executableFrom, lapsesAt }) => w.windowOf(date(executableFrom), date(lapsesAt)) },
              ]}
            />
          )
        }
      </Shown>
    </Panel>
  );
}

/** A document's name as the chain keeps it: its text in 32 bytes, or the bytes themselves. */
function nameBytes(name: string): string {
  if (isHash(name) === null) return name;
  const bytes = new TextEncoder().encode(name);
  return `0x${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('').padEnd(64, '0')}`;
}

const isName = (text: string) => {
  const length = new TextEncoder().encode(text).length;
  return length >= 1 && length <= 32 ? null : w.wrongName;
};

function Office({ shareClass }: { shareClass: ShareClass }) {
  const { address, company } = shareClass;
  const acts = same(account.value, company.controller);
  const [given, setGiven] = useState({ moment: '', to: '', shares: '', lockedUntil: '', cancelled: '', factor: '', name: '', uri: '', document: '', old: '' });
  const set = (key: keyof typeof given) => (value: string) => setGiven({ ...given, [key]: value });
  const call = (fn: string, args: Record<string, unknown>) => (from: Address) => prepareCall(address, fn, from, args);
  const clear = (...keys: (keyof typeof given)[]) => () => setGiven((before) => ({ ...before, ...Object.fromEntries(keys.map((key) => [key, ''])) }));
  return (
    <Panel title={w.office}>
      {!acts && <OnlyController controller={company.controller} />}
      {acts && (
        <>
          <Doing name={w.declare} hint={w.declareHint}>
            <TextField label={w.moment} type="datetime-local" value={given.moment} onInput={set('moment')} wrong={wrong(isTime, given.moment)} placeholder={localTime(clock.value ?? 0)} />
            <div class="whole">
              <Act kind="primary" disabled={isTime(given.moment) !== null} prepare={call('declareRecordDate', { date: utcTime(given.moment) })} onDone={clear('moment')}>
                {w.declare}
              </Act>
            </div>
          </Doing>
          <Doing name={w.issue} hint={w.issueHint}>
            <TextField label={w.to} value={given.to} onInput={set('to')} wrong={wrong(isAddress, given.to)} maxLength={42} />
            <TextField label={w.shares} value={given.shares} onInput={set('shares')} inputMode="numeric" wrong={wrong(isPositive, given.shares)} />
            <TextField label={w.lockedUntil} hint={w.lockedHint} type="datetime-local" value={given.lockedUntil} onInput={set('lockedUntil')} wrong={wrong(isTime, given.lockedUntil)} />
            <div class="whole">
              <Act
                kind="primary"
                disabled={isAddress(given.to) !== null || isPositive(given.shares) !== null || (given.lockedUntil !== '' && isTime(given.lockedUntil) !== null)}
                prepare={call('issueByCompany', {
                  to: given.to,
                  shares: given.shares,
                  lockedUntil: given.lockedUntil === '' ? '0' : String(Math.floor(Date.parse(utcTime(given.lockedUntil)) / 1000)),
                })}
                onDone={clear('to', 'shares', 'lockedUntil')}
              >
                {w.issue}
              </Act>
            </div>
          </Doing>
          <Doing name={w.cancel} hint={w.cancelHint}>
            <TextField label={w.shares} value={given.cancelled} onInput={set('cancelled')} inputMode="numeric" wrong={wrong(isPositive, given.cancelled)} />
            <div class="whole">
              <Act kind="danger" disabled={isPositive(given.cancelled) !== null} prepare={call('cancelShares', { shares: given.cancelled })} onDone={clear('cancelled')}>
                {w.cancel}
              </Act>
            </div>
          </Doing>
          <Doing name={w.split} hint={w.splitHint}>
            <TextField label={w.factor} value={given.factor} onInput={set('factor')} inputMode="numeric" wrong={wrong(isPositive, given.factor)} />
            <div class="whole">
              <Act kind="primary" disabled={isPositive(given.factor) !== null} prepare={call('split', { factor: given.factor })} onDone={clear('factor')}>
                {w.split}
              </Act>
            </div>
          </Doing>
          <Doing name={w.setDocument}>
            <TextField label={w.name} hint={w.documentNameHint} value={given.name} onInput={set('name')} maxLength={32} wrong={wrong(isName, given.name)} />
            <TextField label={w.uri} value={given.uri} onInput={set('uri')} maxLength={1000} placeholder="https://" />
            <FileHash label={c.documentHash} value={given.document} onInput={set('document')} />
            <div class="whole">
              <Act
                kind="primary"
                disabled={isName(given.name) !== null || isGiven(given.uri) !== null || isHash(given.document) !== null}
                prepare={call('setDocument', { name: nameBytes(given.name), uri: given.uri, documentHash: given.document })}
                onDone={clear('name', 'uri', 'document')}
              >
                {w.setDocument}
              </Act>
            </div>
          </Doing>
        </>
      )}
      <Doing name={w.recover} hint={w.recoverHint}>
        <TextField label={w.oldWallet} value={given.old} onInput={set('old')} wrong={wrong(isAddress, given.old)} maxLength={42} />
        <div class="whole">
          <Act kind="primary" disabled={isAddress(given.old) !== null} prepare={call('recover', { oldWallet: given.old })} onDone={clear('old')}>
            {w.recover}
          </Act>
        </div>
      </Doing>
    </Panel>
  );
}
