import type { Schemas } from '../api';
import { count } from '../format';
import { words } from '../language';
import { Verify } from '../proof/Verify';
import { Hex, Text, When } from '../ui/parts';
import { common } from '../ui/words';
import { contractWord, eventWord } from './kinds';

const w = words(
  { block: (n: string) => `block ${n}`, event: (name: string, block: string) => `${name}, block ${block}` },
  { block: (n) => `区块 ${n}`, event: (name, block) => `${name}，区块 ${block}` },
);

type Value = Schemas['EventValue'];

/** Events as they came, each with what it says and its proof. */
export function EventList({ events, withContract = true }: { events: Schemas['Event'][]; withContract?: boolean }) {
  return (
    <ol class="events">
      {events.map((event) => (
        <li key={`${event.blockHash}${event.logIndex}`}>
          <div class="event-head">
            <strong>{eventWord(event.name)}</strong>
            <span class="hint">
              <When time={event.time} /> · {w.block(count(event.blockNumber))}
            </span>
            <Verify proof="/v1/proofs/event" query={{ contract: event.contract, block: event.blockNumber, logIndex: event.logIndex }} shown={{ transaction: event.transaction }} label={w.event(eventWord(event.name), String(event.blockNumber))} />
          </div>
          {withContract && (
            <p class="hint">
              {contractWord(event.contractKind)} <Hex value={event.contract} to={`/audit/${event.contract}`} />
            </p>
          )}
          <details>
            <summary>{summary(event.arguments)}</summary>
            <dl class="arguments">
              {Object.entries(event.arguments).map(([name, value]) => (
                <div key={name}>
                  <dt>
                    <code>{name}</code>
                  </dt>
                  <dd>
                    <Argument value={value} />
                  </dd>
                </div>
              ))}
              <div>
                <dt>{common.transaction}</dt>
                <dd>
                  <Hex value={event.transaction} />
                </dd>
              </div>
            </dl>
          </details>
        </li>
      ))}
    </ol>
  );
}

const LONGEST = 60;

/** The first of what an event says, on a line. */
function summary(values: Schemas['EventArguments']): string {
  return Object.entries(values)
    .filter(([, value]) => typeof value !== 'object')
    .slice(0, 4)
    .map(([name, value]) => `${name} ${cut(String(value))}`)
    .join(' · ') || '…';
}

function cut(text: string): string {
  if (/^0x[0-9a-f]{40,}$/.test(text)) return `${text.slice(0, 8)}…${text.slice(-4)}`;
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function Argument({ value }: { value: Value }) {
  if (Array.isArray(value)) {
    return (
      <ol class="plain">
        {value.map((part, i) => (
          <li key={i}>
            <Argument value={part} />
          </li>
        ))}
      </ol>
    );
  }
  if (typeof value === 'object') {
    return (
      <dl class="arguments">
        {Object.entries(value).map(([name, part]) => (
          <div key={name}>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>
              <Argument value={part} />
            </dd>
          </div>
        ))}
      </dl>
    );
  }
  const text = String(value);
  return /^0x[0-9a-f]{40}([0-9a-f]{24})?$/.test(text) ? <Hex value={text} /> : <Text>{text}</Text>;
}
