// The accounts of the demonstration that a visitor can play. A name makes the account's key, so it is never translated
// itself, only shown in the reader's language.

import { language } from '../language';

export const PLAYED = [
  'operator',
  'registrar',
  'guardian',
  'recovery',
  'admin',
  'fee recipient',
  'WindowMirror investor 1',
  'investor 1',
  'accredited investor 1',
  'Sample Orchards investor X',
  'Sample Orchards investor Y',
  'Sample Orchards founder 1',
  'Sample Orchards trustee 1',
  'Sample Orchards trustee 2',
  'Sample Orchards trustee 3',
];

const PARTS_ZH: Readonly<Record<string, string>> = {
  'accredited investor': '认可投资者',
  'fee recipient': '收费方',
  admin: '管理员',
  founder: '创始人',
  guardian: '守护人',
  investor: '投资者',
  operator: '运营方',
  recovery: '恢复方',
  registrar: '登记员',
  trustee: '受托人',
};
const PARTS = new RegExp(Object.keys(PARTS_ZH).join('|'));

/** An account's name for a reader; one that somebody thought of stays as it is. */
export function accountName(name: string): string {
  if (language.value === 'en') return name;
  const issuer = /^issuer of (.+)$/.exec(name);
  if (issuer) return `${issuer[1]} 的发行人`;
  return PLAYED.includes(name) ? name.replace(PARTS, (part) => PARTS_ZH[part] ?? part) : name;
}
