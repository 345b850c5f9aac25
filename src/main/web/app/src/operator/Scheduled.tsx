import { useEffect, useState } from 'preact/hooks';
import { prepareCall, type Address, type Schemas } from '../api';
import { language, words } from '../language';
import { clock } from '../live';
import { Act } from '../signing/act';
import { describe } from '../signing/describe';
import { FromNow, Hex, Panel, Pill, When } from '../ui/parts';
import { account } from '../wallet/wallet';
import { argument, holds, ROLE, type Roles } from './roles';

const w = words(
  {
    title: 'Scheduled',
    lead: 'What a role with a delay wants to do is announced here first. It can be executed once its time has come, for a week.',
    none: 'Nothing is scheduled.',
    by: 'scheduled by',
    from: 'It can be executed',
    now: 'It can be executed now.',
    until: 'It lapses',
    lapsed: 'lapsed',
    execute: 'Execute',
    cancel: 'Cancel it',
    unknown: (data: string) => `A call that this page does not know: ${data}`,
  },
  {
    title: '已安排的操作',
    lead: '有延迟的角色所要进行的操作先在此公示。时间到后一周内可执行。',
    none: '没有安排任何操作。',
    by: '安排人',
    from: '可执行时间',
    now: '现在可执行。',
    until: '失效时间',
    lapsed: '已失效',
    execute: '执行',
    cancel: '取消',
    unknown: (data) => `本页面无法识别的调用：${data}`,
  },
);

/** An AccessManager's operation lapses a week after it could be executed. */
const EXPIRATION_MS = 7 * 86_400_000;

interface Operation {
  key: string;
  /** From when on it can be executed, in milliseconds. */
  from: number;
  caller: Address;
  target: Address;
  data: string;
}

function pending(events: Schemas['Event'][]): Operation[] {
  const operations = new Map<string, Operation>();
  for (const event of events) {
    if (!event.name.startsWith('Operation')) continue;
    const key = argument(event, 'operationId');
    if (event.name === 'OperationScheduled') {
      operations.set(key, { key, from: Number(argument(event, 'schedule')) * 1000, caller: argument(event, 'caller'), target: argument(event, 'target'), data: argument(event, 'data') });
    } else {
      operations.delete(key);
    }
  }
  return [...operations.values()].toSorted((a, b) => a.from - b.from);
}

export function Scheduled({ authority, events, roles }: { authority: Address; events: Schemas['Event'][]; roles: Roles }) {
  const operations = pending(events);
  return (
    <Panel title={w.title}>
      <p class="hint">{w.lead}</p>
      {operations.length === 0 ? (
        <p class="empty">{w.none}</p>
      ) : (
        <ul class="plain-list">
          {operations.map((operation) => (
            <li key={operation.key}>
              <OneOperation authority={authority} operation={operation} roles={roles} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function OneOperation({ authority, operation: { from, caller, target, data }, roles }: { authority: Address; operation: Operation; roles: Roles }) {
  const [told, setTold] = useState<string | null>(null);
  const spoken = language.value;
  useEffect(() => {
    void describe(target, data).then((call) => setTold(call === null ? w.unknown(data) : (call.sentence ?? (call.notice || call.call))));
  }, [target, data, spoken]);
  const now = clock.value ?? 0;
  const isCaller = account.value === caller;
  const lapses = from + EXPIRATION_MS;
  const time = new Date(from).toISOString();
  return (
    <>
      <p class="sentence text">{told}</p>
      <p class="hint">
        {w.by} <Hex value={caller} />
      </p>
      {now >= lapses ? (
        <Pill>{w.lapsed}</Pill>
      ) : (
        <p class="countdown">
          {now >= from ? (
            <>
              {w.now} {w.until} <FromNow time={new Date(lapses).toISOString()} />
            </>
          ) : (
            <>
              {w.from} <FromNow time={time} /> (<When time={time} />)
            </>
          )}
        </p>
      )}
      {now < lapses && (
        <div class="actions">
          {isCaller && now >= from && (
            <Act kind="primary" prepare={(signer) => prepareCall(authority, 'execute', signer, { target, data })}>
              {w.execute}
            </Act>
          )}
          {(isCaller || holds(roles, ROLE.admin, account.value, now)) && (
            <Act kind="danger" prepare={(signer) => prepareCall(authority, 'cancel', signer, { caller, target, data })}>
              {w.cancel}
            </Act>
          )}
        </div>
      )}
    </>
  );
}
