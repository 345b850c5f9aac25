import { effect, signal } from '@preact/signals';

export type Language = 'en' | 'zh';

const KEPT = 'fundtrail.language';

function preferred(): Language {
  const kept = localStorage.getItem(KEPT);
  if (kept === 'en' || kept === 'zh') return kept;
  return navigator.languages.some((tag) => tag.startsWith('zh')) && !navigator.languages[0]?.startsWith('en') ? 'zh' : 'en';
}

export const language = signal<Language>(preferred());

effect(() => {
  document.documentElement.lang = language.value === 'zh' ? 'zh-Hans' : 'en';
});

export function speak(chosen: Language): void {
  language.value = chosen;
  localStorage.setItem(KEPT, chosen);
}

/** The reader's own variety of the language, for numbers and dates. */
export function locale(): string {
  const chosen = language.value;
  return navigator.languages.find((tag) => tag.startsWith(chosen) && isKnown(tag)) ?? (chosen === 'zh' ? 'zh-Hans-CN' : 'en');
}

/** Some systems give tags that are none, such as en-US@posix. */
function isKnown(tag: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(tag).length > 0;
  } catch {
    return false;
  }
}

// The arguments of a phrase are its own business.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Phrase = string | ((...values: any[]) => string);
type Translated<P> = P extends string ? string : P;

/**
 * Words in both languages, read in the one that is spoken. The second table has to have the same keys with the same
 * values to fill in, or it does not compile, so no word is ever missing.
 */
export function words<T extends Record<string, Phrase>>(
  en: T,
  zh: { [K in keyof T]: Translated<T[K]> },
): { readonly [K in keyof T]: Translated<T[K]> } {
  const tables = { en, zh };
  const read = {};
  for (const key of Object.keys(en)) {
    Object.defineProperty(read, key, { enumerable: true, get: () => tables[language.value][key] });
  }
  return read as { readonly [K in keyof T]: Translated<T[K]> };
}
