// Attestations from a table: read in the browser, with every fault told before anything is signed.

import { words } from '../language';
import { CATEGORIES, type Attested } from './people';

const w = words(
  {
    header: (expected: string) => `The first line has to name the columns: ${expected}.`,
    empty: 'There is no row.',
    many: (most: string) => `At most ${most} rows can be attested at once.`,
    columns: (given: string, expected: string) => `${given} columns instead of ${expected}`,
    identity: 'identity has to be 0x and 64 hexadecimal digits',
    wallet: 'wallet has to be 0x and 40 hexadecimal digits',
    country: 'country has to be the three digits of ISO 3166-1, such as 840',
    category: (names: string) => `category has to be one of ${names}`,
    expires: 'expiresAt has to be a day such as 2027-01-31',
    past: 'expiresAt is not in the future',
    persons: 'persons has to be 1, or for a nominee up to 65535',
    withholding: 'withholdingPercent has to be between 0 and 35',
    dossier: 'dossier has to be 0x and 64 hexadecimal digits',
    limit: 'limit has to be a whole amount',
    identityTwice: (row: string) => `identity is in row ${row} too`,
    walletTwice: (row: string) => `wallet is in row ${row} too`,
    otherWallet: (wallet: string) => `the registry has another wallet for this identity, ${wallet}: a recovery changes it`,
    otherIdentity: 'the registry has this wallet for another identity',
  },
  {
    header: (expected) => `首行须为列名：${expected}。`,
    empty: '没有数据行。',
    many: (most) => `一次最多认证 ${most} 行。`,
    columns: (given, expected) => `有 ${given} 列，应为 ${expected} 列`,
    identity: 'identity 应为 0x 加 64 位十六进制数字',
    wallet: 'wallet 应为 0x 加 40 位十六进制数字',
    country: 'country 应为 ISO 3166-1 三位数字代码，例如 156',
    category: (names) => `category 应为以下之一：${names}`,
    expires: 'expiresAt 应为日期，例如 2027-01-31',
    past: 'expiresAt 须晚于现在',
    persons: 'persons 应为 1；名义持有人可至 65535',
    withholding: 'withholdingPercent 应在 0 至 35 之间',
    dossier: 'dossier 应为 0x 加 64 位十六进制数字',
    limit: 'limit 应为整数金额',
    identityTwice: (row) => `identity 与第 ${row} 行重复`,
    walletTwice: (row) => `wallet 与第 ${row} 行重复`,
    otherWallet: (wallet) => `登记册中该身份已有另一个钱包 ${wallet}：须通过恢复程序更改`,
    otherIdentity: '登记册中该钱包属于另一个身份',
  },
);

export const COLUMNS = ['identity', 'wallet', 'country', 'category', 'expiresAt', 'persons', 'withholdingPercent', 'dossier', 'limit'] as const;
type Column = (typeof COLUMNS)[number];

/** As many as one call takes. */
export const MOST_ROWS = 200;
/** Limits are attested in millionths of a currency's unit. */
const MILLION = 1_000_000n;

export interface Row {
  /** As the registry's Attestation has it. */
  attestation: Record<string, string>;
  amount: string;
}

export interface Parsed {
  rows: Row[];
  faults: { row: number; fault: string }[];
  /** What is wrong with all of it; null if nothing is. */
  whole: string | null;
}

export const TEMPLATE = `${COLUMNS.join(',')}\n0x${'ab'.repeat(32)},0x${'cd'.repeat(20)},840,retail,2027-12-31,1,0,0x${'ef'.repeat(32)},2500\n`;

/** Fields may stand in double quotes, in which a quote is doubled (RFC 4180). */
export function fieldsOf(line: string): string[] {
  const fields: string[] = [];
  const field = /(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/gy;
  for (let match = field.exec(line); match !== null && field.lastIndex <= line.length; match = field.exec(line)) {
    fields.push((match[1]?.replaceAll('""', '"') ?? match[2] ?? '').trim());
    if (field.lastIndex === line.length) break;
  }
  return fields;
}

export function parse(text: string, known: readonly Attested[], now: number): Parsed {
  const [header = '', ...rest] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (fieldsOf(header).join() !== COLUMNS.join()) return { rows: [], faults: [], whole: w.header(COLUMNS.join(',')) };
  const lines = rest.map((line, i) => [i + 2, line] as const).filter(([, line]) => line.trim() !== '');
  if (lines.length === 0) return { rows: [], faults: [], whole: w.empty };
  if (lines.length > MOST_ROWS) return { rows: [], faults: [], whole: w.many(String(MOST_ROWS)) };
  const walletOf = new Map(known.map(({ identity, wallet }) => [identity, wallet]));
  const identityOf = new Map(known.filter(({ wallet }) => wallet !== null).map(({ identity, wallet }) => [wallet, identity]));
  const seen = new Map<string, number>();
  const rows: Row[] = [];
  const faults: Parsed['faults'] = [];
  for (const [row, line] of lines) {
    const fields = fieldsOf(line);
    if (fields.length !== COLUMNS.length) {
      faults.push({ row, fault: w.columns(String(fields.length), String(COLUMNS.length)) });
      continue;
    }
    const given = Object.fromEntries(COLUMNS.map((column, i) => [column, fields[i] ?? ''])) as Record<Column, string>;
    const identity = given.identity.toLowerCase();
    const wallet = given.wallet.toLowerCase();
    const others = [...faultsOf(given, now)];
    const before = { identity: seen.get(identity), wallet: seen.get(wallet) };
    if (before.identity !== undefined) others.push(w.identityTwice(String(before.identity)));
    if (before.wallet !== undefined) others.push(w.walletTwice(String(before.wallet)));
    seen.set(identity, row).set(wallet, row);
    const active = walletOf.get(identity);
    if (active && active !== wallet) others.push(w.otherWallet(active));
    const holder = identityOf.get(wallet);
    if (holder !== undefined && holder !== identity) others.push(w.otherIdentity);
    faults.push(...others.map((fault) => ({ row, fault })));
    if (others.length === 0) rows.push(rowOf(given));
  }
  return { rows, faults, whole: null };
}

function faultsOf(given: Record<Column, string>, now: number): string[] {
  const expires = /^\d{4}-\d{2}-\d{2}$/.test(given.expiresAt) ? Date.parse(`${given.expiresAt}T00:00:00Z`) : Number.NaN;
  const persons = /^[1-9]\d{0,4}$/.test(given.persons) ? Number(given.persons) : 0;
  const checks: [boolean, string][] = [
    [/^0x[0-9a-f]{64}$/i.test(given.identity), w.identity],
    [/^0x[0-9a-f]{40}$/i.test(given.wallet), w.wallet],
    [/^\d{3}$/.test(given.country), w.country],
    [(CATEGORIES as readonly string[]).includes(given.category), w.category(CATEGORIES.join(', '))],
    [!Number.isNaN(expires), w.expires],
    [Number.isNaN(expires) || expires > now, w.past],
    [persons >= 1 && persons <= (given.category === 'nominee' ? 65_535 : 1), w.persons],
    [/^\d{1,2}(\.\d{1,2})?$/.test(given.withholdingPercent) && Number(given.withholdingPercent) <= 35, w.withholding],
    [/^0x[0-9a-f]{64}$/i.test(given.dossier), w.dossier],
    [/^\d{1,15}$/.test(given.limit), w.limit],
  ];
  return checks.filter(([right]) => !right).map(([, fault]) => fault);
}

function rowOf(given: Record<Column, string>): Row {
  return {
    attestation: {
      identity: given.identity,
      wallet: given.wallet,
      country: String(Number(given.country)),
      category: String(CATEGORIES.indexOf(given.category as (typeof CATEGORIES)[number]) + 1),
      expiresAt: `${given.expiresAt}T00:00:00Z`,
      persons: given.persons,
      withholdingBps: String(Math.round(Number(given.withholdingPercent) * 100)),
      dossier: given.dossier,
    },
    amount: (BigInt(given.limit) * MILLION).toString(),
  };
}
