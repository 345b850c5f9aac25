import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { common as w } from './words';

/** Says what is wrong with a text; null when it is right. */
export type Check = (text: string) => string | null;

export const isAddress: Check = (text) => (/^0x[0-9a-fA-F]{40}$/.test(text) ? null : w.wrongAddress);
export const isHash: Check = (text) => (/^0x[0-9a-fA-F]{64}$/.test(text) ? null : w.wrongHash);
export const isWhole: Check = (text) => (/^(0|[1-9]\d{0,19})$/.test(text) ? null : w.wrongNumber);
export const isPositive: Check = (text) => (/^[1-9]\d{0,19}$/.test(text) ? null : w.wrongNumber);
export const isMoney: Check = (text) => (/^(0|[1-9]\d*)(\.\d{1,18})?$/.test(text) ? null : w.wrongMoney);
export const isGiven: Check = (text) => (text.trim() ? null : w.needed);
/** Nothing is right too. */
export const orEmpty = (check: Check): Check => (text) => (text === '' ? null : check(text));

interface Common {
  label: string;
  hint?: ComponentChildren;
  value: string;
  onInput: (value: string) => void;
  /** What is wrong, once there is something to say about it. */
  wrong?: string | null;
}

interface Input extends Common {
  type?: 'text' | 'search' | 'datetime-local' | 'date' | 'number';
  placeholder?: string;
  maxLength?: number;
  inputMode?: 'numeric' | 'decimal' | 'text';
}

export function TextField({ label, hint, value, onInput, wrong, type = 'text', placeholder, maxLength, inputMode }: Input) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        {...({ type } as { type: 'text' })}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
        autocomplete="off"
        spellcheck={false}
        aria-describedby={`${id}-hint`}
        aria-invalid={Boolean(wrong)}
        {...(placeholder ? { placeholder } : {})}
        {...(maxLength ? { maxLength } : {})}
        {...(inputMode ? { inputMode } : {})}
        {...(type === 'datetime-local' ? { step: 1 } : {})}
      />
      <p id={`${id}-hint`} class={wrong ? 'hint wrong' : 'hint'}>
        {wrong ?? hint}
      </p>
    </div>
  );
}

export function Choice({ label, hint, value, onInput, wrong, options }: Common & { options: readonly (readonly [value: string, name: string])[] }) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onInput={(event) => onInput(event.currentTarget.value)} aria-describedby={`${id}-hint`} aria-invalid={Boolean(wrong)}>
        {options.map(([key, name]) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
      <p id={`${id}-hint`} class={wrong ? 'hint wrong' : 'hint'}>
        {wrong ?? hint}
      </p>
    </div>
  );
}

export function Tick({ label, checked, onInput }: { label: ComponentChildren; checked: boolean; onInput: (checked: boolean) => void }) {
  return (
    <label class="tick">
      <input type="checkbox" checked={checked} onInput={(event) => onInput(event.currentTarget.checked)} />
      <span>{label}</span>
    </label>
  );
}

/** A time as a form has it, in the reader's own time, as the API writes it; empty if it is none. */
export function utcTime(local: string): string {
  const at = new Date(local);
  return Number.isNaN(at.getTime()) ? '' : `${at.toISOString().slice(0, 19)}Z`;
}

/** The other way round. */
export function localTime(at: number): string {
  const local = new Date(at);
  local.setMinutes(local.getMinutes() - local.getTimezoneOffset());
  return local.toISOString().slice(0, 19);
}
