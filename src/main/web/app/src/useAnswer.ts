import { useEffect, useRef, useState } from 'preact/hooks';
import { get, url, type Answer, type Asking, type GetPath } from './api';
import { changes } from './live';

export interface Asked<T> {
  /** The last answer; stays while it is asked again. */
  data: T | null;
  failure: Error | null;
}

const nothing = { data: null, failure: null, key: '' };

/** Runs a question again whenever its key changes, and whenever something happens on the chain. */
export function useAsked<T>(key: string | null, ask: (signal: AbortSignal) => Promise<T>): Asked<T> {
  const [asked, setAsked] = useState<Asked<T> & { key: string }>(nothing);
  const version = changes.value;
  const asking = useRef(0);
  const answered = useRef(0);
  useEffect(() => {
    if (key === null) return undefined;
    const abort = new AbortController();
    const turn = ++asking.current;
    ask(abort.signal).then(
      (data) => {
        // What was asked earlier and comes later is older than what is shown.
        if (turn < answered.current) return;
        answered.current = turn;
        setAsked({ data, failure: null, key });
      },
      (failure: Error) => {
        if (!abort.signal.aborted) setAsked((before) => ({ data: before.key === key ? before.data : null, failure, key }));
      },
    );
    return () => abort.abort();
    // The key says what the question depends on.
  }, [key, version]);
  return asked.key === key ? asked : nothing;
}

/** An answer of the API; a path of null asks nothing. */
export function useAnswer<P extends GetPath>(path: P | null, asking: Asking<P> = {}): Asked<Answer<P>> {
  return useAsked(path === null ? null : url(path, asking), (signal) => get(path as P, asking, signal));
}

export interface Pages<T> extends Asked<T[]> {
  /** Reads one more page; null when there is none. */
  more: (() => void) | null;
}

/** A list of the API, page after page. */
export function usePages<P extends GetPath, T>(path: P | null, asking: Asking<P>, items: (page: Answer<P>) => T[]): Pages<T> {
  const key = path === null ? null : url(path, asking);
  const [count, setCount] = useState({ key, pages: 1 });
  const pages = count.key === key ? count.pages : 1;
  const asked = useAsked(key === null ? null : `${key} ${pages}`, async (signal) => {
    const all: T[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < pages; page++) {
      const query: object | undefined = cursor === null ? asking.query : { ...asking.query, block: undefined, at: undefined, cursor };
      const answer: Answer<P> = await get(path as P, { ...asking, query: query as never }, signal);
      all.push(...items(answer));
      cursor = (answer as { next: string | null }).next;
      if (cursor === null) break;
    }
    return { all, last: cursor === null };
  });
  const [shown, setShown] = useState<{ key: string | null; all: T[]; last: boolean } | null>(null);
  useEffect(() => {
    if (asked.data) setShown({ key, ...asked.data });
  }, [asked.data]);
  const current = asked.data ?? (shown?.key === key ? shown : null);
  return {
    data: current?.all ?? null,
    failure: asked.failure,
    more: current === null || current.last ? null : () => setCount({ key, pages: pages + 1 }),
  };
}
