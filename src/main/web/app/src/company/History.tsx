import type { ComponentChildren } from 'preact';
import type { Address, Schemas } from '../api';
import { count, dateTime } from '../format';
import { words } from '../language';
import { undirected } from '../signing/known';
import { Hex, List, Text, When } from '../ui/parts';
import { usePages } from '../useAnswer';
import { documentName } from './sentences';

const w = words(
  {
    empty: 'Nothing has happened in this class yet.',
    all: 'Every event, as the chain has it',
    opened: (n: string) => `Class opened with ${n} shares authorised`,
    issued: (n: string) => `${n} shares issued to`,
    lockedUntil: (time: string) => `locked until ${time}`,
    by: 'by',
    transferred: (n: string) => `${n} shares transferred from`,
    to: 'to',
    cancelled: (n: string) => `${n} shares cancelled, held by`,
    converted: (n: string, into: string) => `${n} shares converted into ${into} of`,
    convertedBy: 'by',
    split: (n: string) => `Every share split into ${n}`,
    raised: (n: string) => `Authorised number raised to ${n}`,
    reserved: (n: string) => `${n} shares reserved for`,
    recovered: (n: string) => `${n} shares recovered from`,
    recordDate: (index: string, time: string) => `Record date no. ${index} declared: ${time}`,
    document: (name: string) => `Document “${name}” attached`,
    documentRemoved: (name: string) => `Document “${name}” detached`,
    announced: 'Order announced against',
    withdrawn: 'Order withdrawn',
    executed: 'Order carried out',
    frozen: (n: string) => `${n} shares frozen of`,
  },
  {
    empty: '该类别尚无任何事项。',
    all: '链上的全部事件',
    opened: (n) => `设立类别，授权股数 ${n}`,
    issued: (n) => `发行 ${n} 股，持有人`,
    lockedUntil: (time) => `锁定至 ${time}`,
    by: '来源',
    transferred: (n) => `转让 ${n} 股，转让方`,
    to: '受让方',
    cancelled: (n) => `注销 ${n} 股，原持有人`,
    converted: (n, into) => `${n} 股转换为 ${into} 股，类别`,
    convertedBy: '持有人',
    split: (n) => `每股拆分为 ${n} 股`,
    raised: (n) => `授权股数提高至 ${n}`,
    reserved: (n) => `预留 ${n} 股，轮次`,
    recovered: (n) => `恢复 ${n} 股，原钱包`,
    recordDate: (index, time) => `宣布第 ${index} 个登记日：${time}`,
    document: (name) => `附上文件“${name}”`,
    documentRemoved: (name) => `移除文件“${name}”`,
    announced: '公告命令，对象',
    withdrawn: '撤回命令',
    executed: '执行命令',
    frozen: (n) => `冻结 ${n} 股，持有人`,
  },
);

const seconds = (value: string) => new Date(Number(value) * 1000).toISOString().replace('.000', '');
const isNobody = (address: string) => /^0x0+$/.test(address);

/** What happened in a share class, the last first. */
export function History({ shareClass }: { shareClass: Address }) {
  const events = usePages('/v1/events', { query: { contract: shareClass, order: 'desc', limit: 50 } }, (page) => page.events);
  const told = events.data?.flatMap((event) => {
    const words = inWords(event);
    return words === null ? [] : [{ event, words }];
  });
  return (
    <>
      <List pages={{ ...events, data: told ?? null }} empty={w.empty}>
        {(items) => (
          <ul class="happened">
            {items.map(({ event, words: what }) => (
              <li key={`${event.blockNumber} ${event.logIndex}`}>
                <When time={event.time} />
                <span>{what}</span>
              </li>
            ))}
          </ul>
        )}
      </List>
      <p class="hint">
        <a href={`/audit/${shareClass}`}>{w.all}</a>
      </p>
    </>
  );
}

/** Null for what only repeats another event. */
function inWords({ name, arguments: args }: Schemas['Event']): ComponentChildren | null {
  const of = (key: string) => String(args[key]);
  switch (name) {
    case 'ShareClassOpened':
      return w.opened(count(String((args.terms as Record<string, unknown>).authorised)));
    case 'SharesIssued':
      return (
        <>
          {w.issued(count(of('shares')))} <Hex value={of('holder')} /> {w.by} <Hex value={of('source')} />
          {of('lockedUntil') !== '0' && <>, {w.lockedUntil(dateTime(seconds(of('lockedUntil'))))}</>}
        </>
      );
    case 'Transfer':
      if (isNobody(of('from')) || isNobody(of('to'))) return null;
      return (
        <>
          {w.transferred(count(of('value')))} <Hex value={of('from')} /> {w.to} <Hex value={of('to')} />
        </>
      );
    case 'SharesCancelled':
      return (
        <>
          {w.cancelled(count(of('shares')))} <Hex value={of('holder')} />
        </>
      );
    case 'SharesConverted':
      return (
        <>
          {w.converted(count(of('shares')), count(of('received')))} <Hex value={of('into')} /> {w.convertedBy} <Hex value={of('holder')} />
        </>
      );
    case 'SharesSplit':
      return w.split(count(of('factor')));
    case 'AuthorisedRaised':
      return w.raised(count(of('authorised')));
    case 'SharesReserved':
      return (
        <>
          {w.reserved(count(of('shares')))} <Hex value={of('round')} to={`/rounds/${of('round')}`} />
        </>
      );
    case 'HoldingRecovered':
      return (
        <>
          {w.recovered(count(of('shares')))} <Hex value={of('oldWallet')} /> {w.to} <Hex value={of('newWallet')} />
        </>
      );
    case 'RecordDateDeclared':
      return w.recordDate(of('index'), dateTime(seconds(of('date'))));
    case 'DocumentUpdated':
      return <Text>{w.document(undirected(documentName(of('name'))))}</Text>;
    case 'DocumentRemoved':
      return <Text>{w.documentRemoved(undirected(documentName(of('name'))))}</Text>;
    case 'OrderAnnounced':
      return (
        <>
          {w.announced} <Hex value={of('from')} />
        </>
      );
    case 'OrderWithdrawn':
      return w.withdrawn;
    case 'OrderExecuted':
      return w.executed;
    case 'Frozen':
      return (
        <>
          {w.frozen(count(of('amount')))} <Hex value={of('account')} />
        </>
      );
    default:
      return null;
  }
}
