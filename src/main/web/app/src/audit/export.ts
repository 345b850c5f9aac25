// Events as files that an auditor takes along.

import { getAll, type Asking, type Schemas } from '../api';

export type Search = NonNullable<Asking<'/v1/events'>['query']>;

/** A cell of CSV (RFC 4180) that no spreadsheet takes for a formula. */
function cell(text: string): string {
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

export function csv(events: Schemas['Event'][]): string {
  const rows = events.map((event) =>
    [event.blockNumber, event.blockHash, event.time, event.logIndex, event.transaction, event.contractKind, event.contract, event.name, JSON.stringify(event.arguments)].map(String).map(cell).join(','),
  );
  return ['block,blockHash,time,logIndex,transaction,contractKind,contract,name,arguments', ...rows, ''].join('\r\n');
}

/** All events that a search finds, the first one first. */
export function all(search: Search): Promise<Schemas['Event'][]> {
  return getAll('/v1/events', { query: { ...search, order: 'asc' } }, (page) => page.events);
}

/** Gives the reader a file. */
export function save(content: string | Uint8Array<ArrayBuffer>, name: string, type: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
