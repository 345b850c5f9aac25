import { hexToString } from 'viem';
import { count, date, dateTime, money, percentOfBps, short } from '../format';
import { words } from '../language';
import { named } from '../signing/known';
import type { Arguments, Sentences, Value } from '../signing/describe';
import { categoryWord, CATEGORIES } from '../registrar/people';
import { duration } from '../trust/words';
import { roleWord } from './words';

const w = words(
  {
    register: (name: string, registration: string, controller: string, fee: string) => `You admit the company “${name}” (${registration}), for which ${controller} acts, with a platform fee of ${fee}.`,
    list: (token: string, currency: string) => `You list ${token} as a token in ${currency} in which rounds, trusts and distributions may be held.`,
    delist: (token: string) => `You take ${token} off the list: nothing further may be opened in it; what runs goes on.`,
    allowRules: (rules: string) => `You allow new rounds under the rules ${rules}.`,
    forbidRules: (rules: string) => `You no longer allow new rounds under the rules ${rules}; running rounds keep theirs.`,
    allowDirectory: (directory: string, at: string) => `You allow the Directory ${directory} at ${at}.`,
    forbidDirectory: (directory: string, at: string) => `You no longer allow the Directory ${directory} at ${at}.`,
    feeRecipient: (who: string) => `You have the platform’s fees of what is opened from now on paid to ${who}.`,
    holiday: (day: string, reason: string) => `You make ${day} a holiday, for ever (${reason}).`,
    schedule: (what: string) => `You schedule, to be executed once the delay of your role is over: ${what}`,
    execute: (what: string) => `You execute, as it was scheduled: ${what}`,
    cancel: (what: string, caller: string) => `You cancel what ${caller} scheduled: ${what}`,
    unknown: (target: string, data: string) => `a call of ${target} that this page does not know, ${data}`,
    grant: (role: string, who: string, delay: string) => `You grant the role ${role} to ${who}; what they do with it waits ${delay}.`,
    noDelay: 'not at all',
    revokeRole: (role: string, who: string) => `You take the role ${role} from ${who}.`,
    renounce: (role: string) => `You give up your role ${role}.`,
    attest: (who: string, category: string, country: string, until: string) => `You attest ${who}: ${category}, country ${country}, until ${until}.`,
    limit: (amount: string) => ` At most ${amount} in twelve months.`,
    attestAll: (n: string, list: string) => `You attest ${n} people: ${list}.`,
    revoke: (identity: string, reason: string) => `You revoke the attestation of ${identity} (reason with the hash ${reason}). They may not invest from now on; what they hold is not touched.`,
    announceWallet: (identity: string, wallet: string, hash: string) => `You announce that ${identity} is to act through the wallet ${wallet} (document ${hash}). A second party has to confirm it, and the old wallet may object.`,
    announceHeir: (identity: string, heir: string, hash: string) => `You announce that what is ${identity}’s is to be ${heir}’s (document ${hash}). A second party has to confirm it, and the old wallet may object.`,
    announceController: (company: string, wallet: string, hash: string) => `You announce that ${wallet} is to act for company ${company} (document ${hash}). A second party has to confirm it, and the old wallet may object.`,
    confirm: (subject: string, hash: string) => `As the second party you confirm the recovery of ${subject}, on the document ${hash}. The old wallet now has 14 days to object.`,
    withdraw: (subject: string) => `You withdraw the recovery of ${subject}.`,
    executeRecovery: (subject: string) => `You execute the recovery of ${subject}: the new wallet takes the place of the old one.`,
    and: '; ',
    person: (who: string, category: string, until: string) => `${who}, ${category}, until ${until}`,
    more: (n: string) => `and ${n} more`,
  },
  {
    register: (name, registration, controller, fee) => `您接纳公司“${name}”（${registration}），由 ${controller} 代表，平台费率 ${fee}。`,
    list: (token, currency) => `您将 ${token} 列为 ${currency} 结算代币，可用于轮次、信托和分配。`,
    delist: (token) => `您将 ${token} 从列表移除：不得再以其开设新项目；现有项目继续。`,
    allowRules: (rules) => `您允许新轮次适用规则 ${rules}。`,
    forbidRules: (rules) => `您不再允许新轮次适用规则 ${rules}；进行中的轮次不受影响。`,
    allowDirectory: (directory, at) => `您在 ${at} 允许目录 ${directory}。`,
    forbidDirectory: (directory, at) => `您在 ${at} 不再允许目录 ${directory}。`,
    feeRecipient: (who) => `您使此后开设项目的平台费用支付给 ${who}。`,
    holiday: (day, reason) => `您将 ${day} 永久定为节假日（${reason}）。`,
    schedule: (what) => `您安排以下操作，待您角色的延迟期满后执行：${what}`,
    execute: (what) => `您按安排执行：${what}`,
    cancel: (what, caller) => `您取消 ${caller} 安排的操作：${what}`,
    unknown: (target, data) => `对 ${target} 的调用，本页面无法识别，${data}`,
    grant: (role, who, delay) => `您将角色“${role}”授予 ${who}；其操作的延迟：${delay}。`,
    noDelay: '无',
    revokeRole: (role, who) => `您撤销 ${who} 的角色“${role}”。`,
    renounce: (role) => `您放弃您的角色“${role}”。`,
    attest: (who, category, country, until) => `您认证 ${who}：${category}，国家 ${country}，有效至 ${until}。`,
    limit: (amount) => `十二个月内最多 ${amount}。`,
    attestAll: (n, list) => `您认证 ${n} 人：${list}。`,
    revoke: (identity, reason) => `您撤销 ${identity} 的认证（理由文件哈希 ${reason}）。其自此不得投资；其持有不受影响。`,
    announceWallet: (identity, wallet, hash) => `您公告由钱包 ${wallet} 代表 ${identity}（文件 ${hash}）。须由第二方确认，旧钱包可提出异议。`,
    announceHeir: (identity, heir, hash) => `您公告 ${identity} 的财产归 ${heir}（文件 ${hash}）。须由第二方确认，旧钱包可提出异议。`,
    announceController: (company, wallet, hash) => `您公告由 ${wallet} 代表公司 ${company}（文件 ${hash}）。须由第二方确认，旧钱包可提出异议。`,
    confirm: (subject, hash) => `您作为第二方依据文件 ${hash} 确认 ${subject} 的恢复。旧钱包现有 14 天可提出异议。`,
    withdraw: (subject) => `您撤回 ${subject} 的恢复。`,
    executeRecovery: (subject) => `您执行 ${subject} 的恢复：新钱包取代旧钱包。`,
    and: '；',
    person: (who, category, until) => `${who}，${category}，至 ${until}`,
    more: (n) => `以及另外 ${n} 人`,
  },
);

const text = (value: Value | undefined) => String(value);
const at = (seconds: Value | undefined) => new Date(Number(seconds) * 1000).toISOString();
const ascii = (value: Value | undefined) => hexToString(text(value) as `0x${string}`).replaceAll('\0', '');
const DAY_MS = 86_400_000;
/** As many people of a batch as are told one by one; every argument stands below. */
const TOLD = 5;

function category(value: Value | undefined): string {
  const found = CATEGORIES[Number(value) - 1];
  return found ? categoryWord(found) : text(value);
}

function inner(args: Arguments, tell: (to: string, data: string) => string | null): string {
  return tell(text(args.target), text(args.data)) ?? w.unknown(named(text(args.target)), short(text(args.data)));
}

function limits(args: Arguments): string {
  return (args.limits as readonly Arguments[]).map(({ amount, currency }) => w.limit(money((BigInt(text(amount)) / 1_000_000n).toString(), ascii(currency)))).join('');
}

function everybody(args: Arguments): string {
  const all = args.attestations as readonly Arguments[];
  const told = all.slice(0, TOLD).map((one) => w.person(named(text(one.wallet)), category(one.category), date(at(one.expiresAt))));
  if (all.length > TOLD) told.push(w.more(count(all.length - TOLD)));
  return w.attestAll(count(all.length), told.join(w.and));
}

const directory = (args: Arguments, to: string) => (args.allowed ? w.allowDirectory : w.forbidDirectory)(named(text(args.directory)), named(to));

export const officeSentences: Sentences = {
  'Directory.registerCompany': (args) => w.register(text(args.name), text(args.registration), named(text(args.controller)), percentOfBps(Number(args.feeBps))),
  'Directory.listSettlementToken': (args) => w.list(named(text(args.token)), ascii(args.currency)),
  'Directory.delistSettlementToken': (args) => w.delist(named(text(args.token))),
  'Directory.allowRules': (args) => (args.allowed ? w.allowRules : w.forbidRules)(named(text(args.rules))),
  'Directory.allowDirectory': directory,
  'InvestmentLimits.allowDirectory': directory,
  'Directory.setFeeRecipient': (args) => w.feeRecipient(named(text(args.recipient))),
  'BusinessCalendar.addHoliday': (args) => w.holiday(new Date(Number(args.day) * DAY_MS).toISOString().slice(0, 10), ascii(args.reason)),
  'LedgerAuthority.schedule': (args, _, tell) => w.schedule(inner(args, tell)),
  'LedgerAuthority.execute': (args, _, tell) => w.execute(inner(args, tell)),
  'LedgerAuthority.cancel': (args, _, tell) => w.cancel(inner(args, tell), named(text(args.caller))),
  'LedgerAuthority.grantRole': (args) => w.grant(roleWord(text(args.roleId)), named(text(args.account)), Number(args.executionDelay) === 0 ? w.noDelay : duration(Number(args.executionDelay))),
  'LedgerAuthority.revokeRole': (args) => w.revokeRole(roleWord(text(args.roleId)), named(text(args.account))),
  'LedgerAuthority.renounceRole': (args) => w.renounce(roleWord(text(args.roleId))),
  'InvestorRegistry.attest': (args) => {
    const given = args.attestation as Arguments;
    return w.attest(named(text(given.wallet)), category(given.category), text(given.country), dateTime(at(given.expiresAt))) + limits(args);
  },
  'InvestorRegistry.attestAll': everybody,
  'InvestorRegistry.revoke': (args) => w.revoke(short(text(args.identity)), short(text(args.reason))),
  'Recovery.announceWallet': (args) => w.announceWallet(short(text(args.identity)), named(text(args.newWallet)), short(text(args.documentHash))),
  'Recovery.announceHeir': (args) => w.announceHeir(short(text(args.identity)), short(text(args.heir)), short(text(args.documentHash))),
  'Recovery.announceController': (args) => w.announceController(text(args.companyId), named(text(args.newController)), short(text(args.documentHash))),
  'Recovery.confirm': (args) => w.confirm(short(text(args.subject)), short(text(args.documentHash))),
  'Recovery.withdraw': (args) => w.withdraw(short(text(args.subject))),
  'Recovery.execute': (args) => w.executeRecovery(short(text(args.subject))),
};
