import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { explained } from '../signing/refusals';
import { known } from '../signing/known';
import { clock } from '../live';
import * as format from '../format';
import type { Schemas } from '../api';
import type { Asked, Pages } from '../useAnswer';
import { common as w } from './words';

type Children = { children?: ComponentChildren };

/** A page's heading, what it is about, and what can be done with all of it. */
export function Page({ title, lead, actions, children }: Children & { title: string; lead?: ComponentChildren; actions?: ComponentChildren }) {
  useEffect(() => {
    document.title = `${title} · Fundtrail`;
  }, [title]);
  return (
    <>
      <div class="page-head">
        <div>
          <h1 tabIndex={-1}>
            <bdi class="text">{title}</bdi>
          </h1>
          {lead && <div class="lead">{lead}</div>}
        </div>
        {actions && <div class="actions">{actions}</div>}
      </div>
      {children}
    </>
  );
}

/** A part of a page with a heading. */
export function Panel({ title, aside, children, class: extra = '' }: Children & { title?: string; aside?: ComponentChildren; class?: string }) {
  const id = useId();
  return (
    <section class={`panel ${extra}`} {...(title ? { 'aria-labelledby': id } : {})}>
      {title && (
        <header class="panel-head">
          <h2 id={id}>{title}</h2>
          {aside}
        </header>
      )}
      {children}
    </section>
  );
}

export function Facts({ children, wide = false }: Children & { wide?: boolean }) {
  return <dl class={wide ? 'facts wide' : 'facts'}>{children}</dl>;
}

export function Fact({ name, children }: Children & { name: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

export type Tone = 'good' | 'wait' | 'bad' | 'plain';

export function Pill({ tone = 'plain', children }: Children & { tone?: Tone }) {
  return <span class={`pill ${tone}`}>{children}</span>;
}

/** Something that the reader has to know; one that is urgent is read out at once. */
export function Note({ tone = 'plain', urgent = false, children }: Children & { tone?: Tone; urgent?: boolean }) {
  return (
    <div class={`note ${tone}`} role={urgent ? 'alert' : 'note'}>
      {children}
    </div>
  );
}

/** How much of a maximum is reached; a mark shows what is needed. */
export function Progress({ reached, mark, label }: { reached: number; mark?: number; label: string }) {
  const part = (value: number) => `${Math.min(100, Math.max(0, value * 100))}%`;
  return (
    <div class="bar" role="img" aria-label={label}>
      <span class="fill" style={{ width: part(reached) }} />
      {mark !== undefined && <span class="mark" style={{ left: part(mark) }} />}
    </div>
  );
}

export function Money({ amount, currency }: { amount: string; currency: string }) {
  return <span class="number">{format.money(amount, currency)}</span>;
}

export function Count({ value }: { value: string | number }) {
  return <span class="number">{format.count(value)}</span>;
}

/** A moment in the reader's own time, or in UTC. */
export function When({ time, dateOnly = false }: { time: string; dateOnly?: boolean }) {
  return (
    <time dateTime={time} title={time.replace('T', ' ').replace('Z', ' UTC')}>
      {dateOnly ? format.date(time) : format.dateTime(time)}
    </time>
  );
}

/** How far a moment is from now, by the chain's clock. */
export function FromNow({ time }: { time: string }) {
  const now = clock.value;
  return (
    <time dateTime={time} title={time.replace('T', ' ').replace('Z', ' UTC')}>
      {now === null ? format.dateTime(time) : format.distance(time, now)}
    </time>
  );
}

/** Something long in hexadecimal, shortened, with the whole of it to copy; a name before it where one is known. */
export function Hex({ value, to }: { value: string; to?: string }) {
  const [copied, setCopied] = useState(false);
  const name = value.length === 42 ? known(value).name : undefined;
  const text = (
    <>
      {name && <><bdi class="text">{name}</bdi> </>}
      <code title={value}>{format.short(value)}</code>
    </>
  );
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
    window.setTimeout(() => setCopied(false), 1500);
  };
  return (
    <span class="hex">
      {to ? <a href={to}>{text}</a> : <span>{text}</span>}
      <button type="button" class="copy" onClick={() => void copy()} aria-label={`${copied ? w.copied : w.copy} ${value}`} title={copied ? w.copied : w.copy}>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          {copied ? <path d="M3 8.5 6.5 12 13 4.5" /> : <path d="M5.5 5.5h7v8h-7zM3.5 10.5v-8h7" />}
        </svg>
      </button>
    </span>
  );
}

/** Text that somebody wrote into the chain: kept to itself, whatever its direction and length. */
export function Text({ children }: { children: string }) {
  return <bdi class="text">{children}</bdi>;
}

/** A name that somebody wrote into the chain, in a list of others. */
export function Name({ children }: { children: string }) {
  return <Text>{format.clipped(children)}</Text>;
}

export function AsOf({ at }: { at: Schemas['AsOf'] }) {
  const checked = at.verifiedThrough >= at.blockNumber;
  return (
    <p class="as-of">
      {w.asOf(format.count(at.blockNumber), format.dateTime(at.time))} · {checked ? w.verified : w.verifying(format.count(at.verifiedThrough))}
    </p>
  );
}

/** What is shown of a question: its answer, or why there is none. */
export function Shown<T>({ asked, children }: { asked: Asked<T>; children: (data: T) => ComponentChildren }) {
  if (asked.data === null) {
    return asked.failure ? <Failure failure={asked.failure} /> : <p class="reading">{w.reading}</p>;
  }
  return <>{children(asked.data)}</>;
}

export function Failure({ failure }: { failure: Error }) {
  return (
    <Note tone="bad" urgent>
      {w.failed} {explained(failure)}
    </Note>
  );
}

/** A list, page after page, with a word where it is empty. */
export function List<T>({ pages, empty, children }: { pages: Pages<T>; empty?: string; children: (items: T[]) => ComponentChildren }) {
  return (
    <Shown asked={pages}>
      {(items) => (
        <>
          {items.length === 0 ? <p class="empty">{empty ?? w.nothing}</p> : children(items)}
          {pages.more && (
            <button type="button" class="button more" onClick={pages.more}>
              {w.more}
            </button>
          )}
        </>
      )}
    </Shown>
  );
}

export interface Column<T> {
  head: string;
  cell: (row: T) => ComponentChildren;
  /** Numbers stand right, so that their digits are below each other. */
  number?: boolean;
}

/** On a narrow screen each row becomes a list of its own. */
export function Table<T>({ columns, rows, rowKey, caption }: { columns: Column<T>[]; rows: T[]; rowKey: (row: T) => string; caption: string }) {
  return (
    <table class="table">
      <caption class="unseen">{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ head, number }) => (
            <th key={head} scope="col" class={number ? 'right' : ''}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)}>
            {columns.map(({ head, cell, number }) => (
              <td key={head} data-head={head} class={number ? 'right' : ''}>
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export interface Moment {
  time: string;
  name: string;
  detail?: ComponentChildren;
}

/** Moments in their order; what has passed by the chain's clock is marked. */
export function TimeLine({ moments, label }: { moments: Moment[]; label: string }) {
  const now = clock.value ?? 0;
  const ordered = moments.toSorted((a, b) => Date.parse(a.time) - Date.parse(b.time));
  const next = ordered.findIndex(({ time }) => Date.parse(time) > now);
  return (
    <ol class="time-line" aria-label={label}>
      {ordered.map(({ time, name, detail }, i) => (
        <li key={`${time}${name}`} class={i === next ? 'next' : next === -1 || i < next ? 'past' : ''} {...(i === next ? { 'aria-current': 'step' } : {})}>
          <strong>{name}</strong>
          <span>
            <When time={time} /> {i === next && <em>(<FromNow time={time} />)</em>}
          </span>
          {detail && <span>{detail}</span>}
        </li>
      ))}
    </ol>
  );
}

/** A dialog above the page; the browser keeps the keyboard inside it. */
export function Dialog({ title, onClose, children }: Children & { title: string; onClose: () => void }) {
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    element.current?.showModal();
  }, []);
  const leave = (event: Event) => {
    event.preventDefault();
    onClose();
  };
  return (
    <dialog ref={element} aria-labelledby={id} onCancel={leave}>
      <header class="panel-head">
        <h2 id={id}>{title}</h2>
        <button type="button" class="button quiet" onClick={onClose} aria-label={w.close}>
          ✕
        </button>
      </header>
      {children}
    </dialog>
  );
}
