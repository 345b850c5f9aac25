import { signal } from '@preact/signals';

/** Where the reader is. */
export const place = signal({ path: location.pathname, query: new URLSearchParams(location.search) });

function arrive(): void {
  place.value = { path: location.pathname, query: new URLSearchParams(location.search) };
}

/** Goes to another page of ours, as a link would. */
export function go(to: string): void {
  history.pushState(null, '', to);
  arrive();
  window.scrollTo(0, 0);
}

/** Writes what is chosen on this page into its address; an empty value leaves it out. */
export function choose(values: Record<string, string>): void {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(values)) {
    if (value === '') query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString();
  history.replaceState(null, '', location.pathname + (text ? `?${text}` : ''));
  arrive();
}

/** The values of a pattern such as /rounds/:address in a path; null if it does not fit. */
export function matched(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return null;
  const values: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    const value = given[i] ?? '';
    if (part.startsWith(':')) values[part.slice(1)] = decodeURIComponent(value);
    else if (part !== value) return null;
  }
  return values;
}

/** Follows clicks on links to pages of ours without loading anew. */
export function followLinks(isPage: (path: string) => boolean): void {
  addEventListener('popstate', arrive);
  document.addEventListener('click', (click) => {
    const link = (click.target as Element).closest?.('a[href]');
    if (!(link instanceof HTMLAnchorElement) || link.origin !== location.origin || link.target || link.hasAttribute('download')) return;
    if (click.button !== 0 || click.metaKey || click.ctrlKey || click.shiftKey || click.altKey || click.defaultPrevented) return;
    if (link.hash && link.pathname === location.pathname) return;
    if (!isPage(link.pathname)) return;
    click.preventDefault();
    go(link.pathname + link.search);
  });
}
