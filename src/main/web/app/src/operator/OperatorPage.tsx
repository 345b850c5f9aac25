import { stringToHex, toFunctionSelector } from 'viem';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { getAll, prepare, prepareCall, type Address, type Schemas } from '../api';
import { percentOfBps, smallestUnits } from '../format';
import { words } from '../language';
import { clock, status } from '../live';
import { Act } from '../signing/act';
import { Choice, isAddress, isWhole, TextField } from '../ui/form';
import { Fact, Facts, Hex, Note, Page, Panel, Pill, Shown, Table, When } from '../ui/parts';
import { useAsked } from '../useAnswer';
import { account } from '../wallet/wallet';
import { duration } from '../trust/words';
import { argument, holds, ROLE, rolesOf, useAuthorityEvents, type Roles } from './roles';
import { Scheduled } from './Scheduled';
import { dutyWord, roleWord } from './words';

const w = words(
  {
    title: 'Operator',
    lead: 'Who may do what on this ledger, what is about to change, and what the platform decides.',
    cannot: 'What the operator cannot do',
    money: 'Move anybody’s money or shares, or keep anybody from taking theirs out: no function that lets money or shares out asks for a role.',
    terms: 'Change the terms of a round, a trust or a share class once it is open.',
    code: 'Replace the code of a contract.',
    attest: 'Attest investors, or give one wallet’s shares to another: that takes the registrar, a second party and time to object.',
    hide: 'Change a role without everybody seeing it coming: what an administrator does waits, and is shown here while it waits.',
    roles: 'Who has which role',
    role: 'Role',
    who: 'Who',
    delay: 'Delay of what they do',
    none: 'none',
    since: 'Since',
    from: 'counts from',
    grantDelay: (time: string) => `A role that is granted counts ${time} later.`,
    grant: 'Grant a role',
    account: 'To this wallet',
    withDelay: 'What they do waits so many days',
    revoke: 'Take it back',
    company: 'Register a company',
    name: 'Name',
    registration: 'Where it is registered, and under which number',
    controller: 'The wallet that acts for it',
    fee: 'Platform fee in percent, as agreed',
    register: 'Register',
    tokens: 'Settlement tokens',
    delist: 'Take off the list',
    token: 'Address of a token',
    currency: 'Its currency',
    currencyHint: 'Three letters, such as USD.',
    list: 'List it',
    rules: 'Rules of rounds',
    allowed: 'allowed',
    notAllowed: 'not allowed',
    allow: 'Allow',
    forbid: 'No longer allow',
    rulesAt: 'Address of other rules',
    directories: 'Directories',
    directoriesHint: 'A company may leave for another Directory that is allowed, without asking the operator.',
    directory: 'Address of a Directory',
    noDirectory: 'No other Directory is allowed.',
    recipient: 'Who gets the platform’s fees',
    now: 'Now',
    newRecipient: 'From now on',
    set: 'Set',
    holidays: 'Holidays added to the calendar',
    noHolidays: 'None beside those of US federal law.',
    day: 'Day',
    reason: 'Reason',
    reasonHint: '32 letters at most.',
    add: 'Add it, for ever',
    waits: (time: string) => `What you do here is scheduled first, and can be executed ${time} later.`,
    onlyRole: (role: string) => `Only the ${role} can change this.`,
  },
  {
    title: '运营方',
    lead: '谁在本账本上可以做什么、即将发生什么变更，以及平台决定什么。',
    cannot: '运营方不能做的事',
    money: '动用任何人的资金或股份，或阻止任何人取出：没有任何放出资金或股份的函数需要角色。',
    terms: '在轮次、信托或股份类别开设后更改其条款。',
    code: '替换合约代码。',
    attest: '认证投资者，或将一个钱包的股份交给另一个：这需要登记员、第二方和异议期。',
    hide: '不为人知地变更角色：管理员的操作须等待，等待期间在此公示。',
    roles: '角色持有人',
    role: '角色',
    who: '持有人',
    delay: '操作延迟',
    none: '无',
    since: '自',
    from: '生效于',
    grantDelay: (time) => `授予的角色在 ${time} 后生效。`,
    grant: '授予角色',
    account: '授予此钱包',
    withDelay: '其操作须等待的天数',
    revoke: '撤销角色',
    company: '登记公司',
    name: '名称',
    registration: '注册地与注册号',
    controller: '代表其行事的钱包',
    fee: '约定的平台费率（百分比）',
    register: '登记',
    tokens: '结算代币',
    delist: '移除',
    token: '代币地址',
    currency: '货币',
    currencyHint: '三个字母，例如 USD。',
    list: '列入',
    rules: '轮次规则',
    allowed: '允许',
    notAllowed: '不允许',
    allow: '允许',
    forbid: '不再允许',
    rulesAt: '其他规则的地址',
    directories: '目录',
    directoriesHint: '公司可自行迁至获允许的其他目录，无需运营方同意。',
    directory: '目录地址',
    noDirectory: '没有获允许的其他目录。',
    recipient: '平台费用收取方',
    now: '当前',
    newRecipient: '此后',
    set: '设定',
    holidays: '日历中增加的节假日',
    noHolidays: '除美国联邦节假日外没有增加。',
    day: '日期',
    reason: '理由',
    reasonHint: '最多 32 个字母。',
    add: '永久增加',
    waits: (time) => `您在此的操作须先安排，${time} 后方可执行。`,
    onlyRole: (role) => `仅${role}可更改此项。`,
  },
);

type Contracts = NonNullable<Schemas['Status']['contracts']>;
const DAY = 86_400;

export default function OperatorPage() {
  const events = useAuthorityEvents();
  const contracts = status.value?.contracts;
  return (
    <Page title={w.title} lead={w.lead}>
      <Panel title={w.cannot}>
        <ul class="deed">
          {[w.money, w.terms, w.code, w.attest, w.hide].map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </Panel>
      <Shown asked={events}>{(all) => contracts && <Read contracts={contracts} events={all} />}</Shown>
    </Page>
  );
}

function Read({ contracts, events }: { contracts: Contracts; events: Schemas['Event'][] }) {
  const roles = rolesOf(events);
  return (
    <>
      <Scheduled authority={contracts.authority} events={events} roles={roles} />
      <RolesPanel authority={contracts.authority} roles={roles} />
      <May roles={roles} target={contracts.directory} fn="registerCompany(address,uint16,string,string)" title={w.company}>
        <Registering />
      </May>
      <Tokens contracts={contracts} roles={roles} />
      <Rules contracts={contracts} roles={roles} />
      <Directories contracts={contracts} roles={roles} />
      <FeeRecipient contracts={contracts} roles={roles} />
      {contracts.calendar && <Holidays calendar={contracts.calendar} roles={roles} />}
    </>
  );
}

/** What the connected wallet is to a function; its delay in seconds, or null when it may not call it. */
function mayCall(roles: Roles, target: Address, fn: string): { delay: number | null; role: string } {
  const selector = toFunctionSelector(`function ${fn}`);
  const role = roles.functions.find((one) => one.target === target && one.selector === selector)?.role ?? ROLE.admin;
  const holder = roles.holders.find((one) => one.role === role && one.account === account.value);
  return { delay: holder && holds(roles, role, account.value, clock.value) ? holder.delay : null, role };
}

/** A panel whose form is for those who may call its function; others read who may. */
function May({ roles, target, fn, title, shown, children }: { roles: Roles; target: Address; fn: string; title: string; shown?: ComponentChildren; children: ComponentChildren }) {
  const { delay, role } = mayCall(roles, target, fn);
  return (
    <Panel title={title}>
      {shown}
      {delay === null ? (
        <p class="hint">{w.onlyRole(roleWord(role, roles.labels.get(role)))}</p>
      ) : (
        <>
          {delay > 0 && <Note tone="wait">{w.waits(duration(delay))}</Note>}
          {children}
        </>
      )}
    </Panel>
  );
}

function RolesPanel({ authority, roles }: { authority: Address; roles: Roles }) {
  const now = clock.value ?? 0;
  const [role, setRole] = useState<string>(ROLE.operator);
  const [to, setTo] = useState('');
  const [days, setDays] = useState('0');
  const grantDelay = roles.grantDelays.get(role) ?? 0;
  const isAdmin = holds(roles, ROLE.admin, account.value, now);
  return (
    <May
      roles={roles}
      target={authority}
      fn="grantRole(uint64,address,uint32)"
      title={w.roles}
      shown={
        <Table
          caption={w.roles}
          rows={roles.holders.toSorted((a, b) => Number(a.role) - Number(b.role))}
          rowKey={(one) => `${one.role} ${one.account}`}
          columns={[
            {
              head: w.role,
              cell: (one) => (
                <>
                  <strong>{roleWord(one.role, roles.labels.get(one.role))}</strong>
                  <div class="hint">{dutyWord(one.role)}</div>
                </>
              ),
            },
            { head: w.who, cell: (one) => <Hex value={one.account} /> },
            { head: w.delay, cell: (one) => (one.delay === 0 ? w.none : duration(one.delay)) },
            {
              head: w.since,
              cell: (one) => (
                <>
                  {one.since > now && <Pill tone="wait">{w.from}</Pill>} <When time={new Date(one.since).toISOString()} dateOnly />
                </>
              ),
            },
            ...(isAdmin
              ? [
                  {
                    head: '',
                    cell: (one: Roles['holders'][number]) =>
                      one.role !== ROLE.admin && (
                        <Act kind="danger" prepare={(from) => prepareCall(authority, 'revokeRole', from, { roleId: one.role, account: one.account })}>
                          {w.revoke}
                        </Act>
                      ),
                  },
                ]
              : []),
          ]}
        />
      }
    >
      <h3>{w.grant}</h3>
      <div class="form">
        <Choice label={w.role} value={role} onInput={setRole} options={[...roles.labels.keys()].map((one) => [one, roleWord(one, roles.labels.get(one))] as const)} hint={grantDelay > 0 ? w.grantDelay(duration(grantDelay)) : undefined} />
        <TextField label={w.account} value={to} onInput={setTo} maxLength={42} placeholder="0x…" wrong={to === '' ? null : isAddress(to)} />
        <TextField label={w.withDelay} value={days} onInput={setDays} inputMode="numeric" maxLength={3} wrong={isWhole(days)} />
      </div>
      <Act disabled={isAddress(to) !== null || isWhole(days) !== null} prepare={(from) => prepareCall(authority, 'grantRole', from, { roleId: role, account: to, executionDelay: String(Number(days) * DAY) })} onDone={() => setTo('')}>
        {w.grant}
      </Act>
    </May>
  );
}

function Registering() {
  const [name, setName] = useState('');
  const [registration, setRegistration] = useState('');
  const [controller, setController] = useState('');
  const [fee, setFee] = useState('6');
  const feeBps = smallestUnits(fee, 2);
  return (
    <>
      <div class="form">
        <TextField label={w.name} value={name} onInput={setName} maxLength={200} />
        <TextField label={w.registration} value={registration} onInput={setRegistration} maxLength={200} />
        <TextField label={w.controller} value={controller} onInput={setController} maxLength={42} placeholder="0x…" wrong={controller === '' ? null : isAddress(controller)} />
        <TextField label={w.fee} value={fee} onInput={setFee} inputMode="decimal" maxLength={5} hint={feeBps === null ? '' : percentOfBps(Number(feeBps))} />
      </div>
      <Act
        kind="primary"
        disabled={name.trim() === '' || isAddress(controller) !== null || feeBps === null}
        prepare={(from) => prepare('register-company', { from, controller, feeBps: Number(feeBps), name, registration })}
        onDone={() => {
          setName('');
          setRegistration('');
          setController('');
        }}
      >
        {w.register}
      </Act>
    </>
  );
}

function Tokens({ contracts, roles }: { contracts: Contracts; roles: Roles }) {
  const [token, setToken] = useState('');
  const [currency, setCurrency] = useState('');
  const mayDelist = mayCall(roles, contracts.directory, 'delistSettlementToken(address)').delay !== null;
  return (
    <May
      roles={roles}
      target={contracts.directory}
      fn="listSettlementToken(address,bytes3)"
      title={w.tokens}
      shown={
        <ul class="plain-list">
          {contracts.settlementTokens.map((one) => (
            <li key={one.address}>
              <Hex value={one.address} />{' '}
              {mayDelist && (
                <Act kind="danger" prepare={(from) => prepareCall(contracts.directory, 'delistSettlementToken', from, { token: one.address })}>
                  {w.delist}
                </Act>
              )}
            </li>
          ))}
        </ul>
      }
    >
      <div class="form">
        <TextField label={w.token} value={token} onInput={setToken} maxLength={42} placeholder="0x…" wrong={token === '' ? null : isAddress(token)} />
        <TextField label={w.currency} hint={w.currencyHint} value={currency} onInput={(text) => setCurrency(text.toUpperCase())} maxLength={3} />
      </div>
      <Act disabled={isAddress(token) !== null || !/^[A-Z]{3}$/.test(currency)} prepare={(from) => prepareCall(contracts.directory, 'listSettlementToken', from, { token, currency })} onDone={() => setToken('')}>
        {w.list}
      </Act>
    </May>
  );
}

function Rules({ contracts, roles }: { contracts: Contracts; roles: Roles }) {
  const [rules, setRules] = useState('');
  const fn = 'allowRules(address,bool)';
  const may = mayCall(roles, contracts.directory, fn).delay !== null;
  const allow = (address: Address, allowed: boolean) => (from: Address) => prepareCall(contracts.directory, 'allowRules', from, { rules: address, allowed });
  return (
    <May
      roles={roles}
      target={contracts.directory}
      fn={fn}
      title={w.rules}
      shown={
        <ul class="plain-list">
          {contracts.rules.map(({ address, allowed }) => (
            <li key={address}>
              <Hex value={address} /> <Pill tone={allowed ? 'good' : 'plain'}>{allowed ? w.allowed : w.notAllowed}</Pill>{' '}
              {may && <Act prepare={allow(address, !allowed)}>{allowed ? w.forbid : w.allow}</Act>}
            </li>
          ))}
        </ul>
      }
    >
      <TextField label={w.rulesAt} value={rules} onInput={setRules} maxLength={42} placeholder="0x…" wrong={rules === '' ? null : isAddress(rules)} />
      <Act disabled={isAddress(rules) !== null} prepare={allow(rules, true)} onDone={() => setRules('')}>
        {w.allow}
      </Act>
    </May>
  );
}

/** What a contract's events of a kind said last, by what they are about. */
function useLast(contract: Address, kind: string, by: string): [key: string, event: Schemas['Event']][] {
  const { data } = useAsked(`last ${kind} of ${contract}`, () => getAll('/v1/events', { query: { contract, kind } }, (page) => page.events));
  return [...new Map((data ?? []).map((event) => [argument(event, by), event]))];
}

function Directories({ contracts, roles }: { contracts: Contracts; roles: Roles }) {
  const [directory, setDirectory] = useState('');
  const fn = 'allowDirectory(address,bool)';
  const may = mayCall(roles, contracts.directory, fn).delay !== null;
  const known = useLast(contracts.directory, 'DirectoryAllowed', 'directory').filter(([, event]) => argument(event, 'allowed') === 'true');
  const allow = (address: Address, allowed: boolean) => (from: Address) => prepareCall(contracts.directory, 'allowDirectory', from, { directory: address, allowed });
  return (
    <May
      roles={roles}
      target={contracts.directory}
      fn={fn}
      title={w.directories}
      shown={
        <>
          <p class="hint">{w.directoriesHint}</p>
          {known.length === 0 ? (
            <p>{w.noDirectory}</p>
          ) : (
            <ul class="plain-list">
              {known.map(([address]) => (
                <li key={address}>
                  <Hex value={address} /> {may && <Act prepare={allow(address, false)}>{w.forbid}</Act>}
                </li>
              ))}
            </ul>
          )}
        </>
      }
    >
      <TextField label={w.directory} value={directory} onInput={setDirectory} maxLength={42} placeholder="0x…" wrong={directory === '' ? null : isAddress(directory)} />
      <Act disabled={isAddress(directory) !== null} prepare={allow(directory, true)} onDone={() => setDirectory('')}>
        {w.allow}
      </Act>
    </May>
  );
}

function FeeRecipient({ contracts, roles }: { contracts: Contracts; roles: Roles }) {
  const [recipient, setRecipient] = useState('');
  const last = useLast(contracts.directory, 'FeeRecipientSet', 'recipient').toSorted(([, a], [, b]) => a.blockNumber - b.blockNumber).at(-1);
  return (
    <May
      roles={roles}
      target={contracts.directory}
      fn="setFeeRecipient(address)"
      title={w.recipient}
      shown={
        last && (
          <Facts>
            <Fact name={w.now}>
              <Hex value={last[0]} />
            </Fact>
          </Facts>
        )
      }
    >
      <TextField label={w.newRecipient} value={recipient} onInput={setRecipient} maxLength={42} placeholder="0x…" wrong={recipient === '' ? null : isAddress(recipient)} />
      <Act disabled={isAddress(recipient) !== null} prepare={(from) => prepareCall(contracts.directory, 'setFeeRecipient', from, { recipient })} onDone={() => setRecipient('')}>
        {w.set}
      </Act>
    </May>
  );
}

function Holidays({ calendar, roles }: { calendar: Address; roles: Roles }) {
  const [day, setDay] = useState('');
  const [reason, setReason] = useState('');
  const added = useLast(calendar, 'HolidayAdded', 'day');
  const number = Date.parse(`${day}T00:00:00Z`) / (DAY * 1000);
  return (
    <May
      roles={roles}
      target={calendar}
      fn="addHoliday(uint256,bytes32)"
      title={w.holidays}
      shown={
        added.length === 0 ? (
          <p>{w.noHolidays}</p>
        ) : (
          <ul class="plain-list">
            {added.map(([key]) => (
              <li key={key}>{new Date(Number(key) * DAY * 1000).toISOString().slice(0, 10)}</li>
            ))}
          </ul>
        )
      }
    >
      <div class="form">
        <TextField label={w.day} type="date" value={day} onInput={setDay} />
        <TextField label={w.reason} hint={w.reasonHint} value={reason} onInput={setReason} maxLength={32} />
      </div>
      <Act disabled={Number.isNaN(number) || !/^[\x20-\x7e]{1,32}$/.test(reason)} prepare={(from) => prepareCall(calendar, 'addHoliday', from, { day: String(number), reason: stringToHex(reason, { size: 32 }) })} onDone={() => setDay('')}>
        {w.add}
      </Act>
    </May>
  );
}
