import type { ComponentChildren } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import type { Hash } from '../api';
import { clock } from '../live';
import { choose, place } from '../router';
import { known, note, type Known } from '../signing/known';
import { hashOfFile } from '../ui/FileHash';
import { localTime, TextField, utcTime, type Check } from '../ui/form';
import { Hex, Note } from '../ui/parts';
import { short } from '../format';
import { company as w } from './words';

/** Keeps what was read of addresses, so that they are shown and signed by name. */
export function useNoted(entries: (readonly [string, Known])[], answer: unknown): void {
  useEffect(() => {
    if (answer) note(entries);
  }, [answer]);
}

/** Something that can be done, with what it needs to know; closed until it is wanted. */
export function Doing({ name, hint, children }: { name: string; hint?: ComponentChildren; children: ComponentChildren }) {
  return (
    <details class="doing">
      <summary>{name}</summary>
      {hint && <p class="hint">{hint}</p>}
      <div class="form">{children}</div>
    </details>
  );
}

/** A document that the chain knows by its hash, and whether a file is it. */
export function KnownDocument({ hash }: { hash: Hash }) {
  const id = useId();
  const [same, setSame] = useState<boolean | null>(null);
  const compare = async (file: File | undefined) => setSame(file ? (await hashOfFile(file)) === hash : null);
  return (
    <div>
      <Hex value={hash} />
      <details>
        <summary>{w.checkFile}</summary>
        <div class="field">
          <label for={id}>{w.chooseFile}</label>
          <input id={id} type="file" onChange={(event) => void compare(event.currentTarget.files?.[0])} />
        </div>
        <div role="status">{same !== null && <Note tone={same ? 'good' : 'bad'}>{same ? w.fileMatches : w.fileDiffers}</Note>}</div>
      </details>
    </div>
  );
}

/** The moment that a page is about, as it stands in its address; empty for now. */
export function chosenMoment(): string {
  return place.value.query.get('at') ?? '';
}

export function MomentField() {
  const at = chosenMoment();
  const [text, setText] = useState(at === '' ? '' : localTime(Date.parse(at)));
  const time = utcTime(text);
  const late = time !== '' && clock.value !== null && Date.parse(time) > clock.value;
  return (
    <form class="filter moment" onSubmit={(event) => event.preventDefault()}>
      <TextField
        label={w.at}
        hint={w.atHint}
        type="datetime-local"
        value={text}
        wrong={late ? w.future : null}
        onInput={(value) => {
          setText(value);
          const given = utcTime(value);
          if (value === '' || (given !== '' && !(clock.value !== null && Date.parse(given) > clock.value))) choose({ at: given });
        }}
      />
      {at !== '' && (
        <button
          type="button"
          class="button"
          onClick={() => {
            setText('');
            choose({ at: '' });
          }}
        >
          {w.now}
        </button>
      )}
    </form>
  );
}

/** Why somebody else than the controller finds nothing to do here. */
export function OnlyController({ controller }: { controller: string }) {
  return <p class="hint">{w.onlyController(known(controller).name ? `${known(controller).name} (${short(controller)})` : short(controller))}</p>;
}

export const isTime: Check = (text) => (utcTime(text) === '' ? w.wrongTime : null);
export const isPercent: Check = (text) => (/^(100(\.0{1,2})?|\d{1,2}(\.\d{1,2})?)$/.test(text) ? null : w.wrongPercent);
/** Hundredths of a percent of a percentage as people write it. */
export function bps(percent: string): string {
  const [whole = '0', part = ''] = percent.split('.');
  return String(Number(whole) * 100 + Number(part.padEnd(2, '0') || '0'));
}
/** What is wrong with what was typed; nothing before anything was. */
export const wrong = (check: Check, text: string) => (text === '' ? null : check(text));
export const ZERO_ADDRESS = `0x${'0'.repeat(40)}`;
export const ZERO_HASH = `0x${'0'.repeat(64)}`;
/** The wallet of an elector, where it is one. */
export const unpadded = (elector: string) => (elector.startsWith(`0x${'0'.repeat(24)}`) ? `0x${elector.slice(26)}` : null);
