// Says a contract's refusal in Chinese, from the error's arguments, as io.fundtrail.transact.Refusals does in English.

import type { Address, Schemas } from '../api';
import { count, fromSmallestUnits, money, percentOfBps, preciseTime, short } from '../format';
import { common } from '../ui/words';
import { known, named } from './known';
import { SENTENCES } from './refusals.zh';
import selectors from './selectors.json';

/** The names of what a contract counts, in its order. */
export const NAMES: Readonly<Record<string, () => readonly string[]>> = {
  status: () => [common.open, common.tallying, common.settling, common.settled, common.failedRound, common.cancelled],
  state: () => ['不存在', common.live, common.excluded, common.cancelled, common.settled, common.refunded],
  category: () => ['无', common.retail, common.sophisticated, common.accredited, common.qualified, common.institution, common.nominee],
  reason: () => [
    '没有原因',
    '接收方不是已认证的投资者，或其认证已过期',
    '股份仍在锁定期内，而接收方不属于可以接收锁定股份的人',
    '接收方持有的锁定股份批次将超过允许的数量',
    '接收方是股份类别合约自身',
    '转出方的钱包已由其他钱包接替',
    '接收方所在的国家被该类别排除',
    '股份已依命令冻结',
    '该类别的持有人数已达上限',
    '新持有人须一次接收更多股份',
  ],
  role: () => ['管理员', common.operator, common.registrar, '守护人', '恢复方'],
  kind: () => ['无', '密钥丢失', '继承', '法院命令', '控制人密钥'],
  recovery: () => ['不存在', '已公告', '已确认', '已执行', '遭异议', '已撤回', '已失效'],
  fault: () => [
    '没有问题',
    '委托人',
    '资产',
    '受托人',
    '批准门槛',
    '同一受托人重复列名',
    '监察人同时是受托人',
    '继任人',
    '信托文件的哈希值',
    '异议期',
    '空缺期',
    '最后期限',
    '平台费',
    '受托人报酬',
    '表决条款',
    '分配计划的各期',
    '某一期的金额',
    '某一期的资产',
    '各期的顺序',
    '某一期支付给受托人',
    '各期总额超过信托资金',
    '受益人',
    '同一受益人重复列名',
    '唯一的受益人是受托人',
    '持有募集资金的信托不得设为可撤销',
    '轮次的募集资金不是股份',
  ],
  end: () => ['尚未终止', '受托人已作出终止决定', '最后期限已到', '留任的受托人过少', '分配计划已完成', '轮次失败', '委托人已撤销', '受益人已作出终止决定', '支付遭否决'],
  disbursement: () => ['不存在', '已提议', '已批准', '因表决暂停', '已驳回', '已否决', '已支付'],
  distribution: () => ['不存在', '已宣布', '已拨款', '可领取', '已退回'],
  listing: () => ['未列入的合约', '股份类别', '轮次', '信托', '分配合约', '表决合约'],
};

export const PANICS: Readonly<Record<number, string>> = {
  0x01: '断言不成立',
  0x11: '数字过大或小于零',
  0x12: '除以零',
  0x21: '数字不是其枚举的值',
  0x32: '位置超出列表的末尾',
};

const LIMIT_DECIMALS = 6;
const LAST_SECOND = 253_402_300_799n;
const DAY = 86_400n;

/** Null where there is no sentence for the error. */
export function refusalSentence(error: Schemas['ContractError'], contract: Address): string | null {
  const values = new Map(error.arguments.map(({ name, value }) => [name, value]));
  const template = SENTENCES[error.name];
  return template?.replace(/\{(\w+):([a-z]+)\}/g, (_, name: string, manner: string) => said(values.get(name) ?? '', manner, contract)) ?? null;
}

function said(value: string, manner: string, contract: Address): string {
  const names = NAMES[manner]?.();
  if (names) return names[Number(value)] ?? value;
  switch (manner) {
    case 'money':
      return amount(value, contract);
    case 'limit':
      return amount(value, contract, LIMIT_DECIMALS);
    case 'shares':
      return count(value);
    case 'address':
      return named(value);
    case 'hash':
      return word(value);
    case 'selector':
      return (selectors as Record<string, string>)[value] ?? value;
    case 'time':
      return time(BigInt(value));
    case 'day':
      return time(BigInt(value) * DAY, true);
    case 'seconds':
      return BigInt(value) % DAY === 0n ? `${count(BigInt(value) / DAY)} 天` : `${count(value)} 秒`;
    case 'percent':
      return percentOfBps(Number(value));
    case 'word':
      return text(value);
    case 'panic':
      return PANICS[Number(value)] ?? `故障代码 ${value}`;
    case 'count':
    case 'text':
      return value;
    default:
      throw new Error(`no way to say {${manner}}`);
  }
}

/** In what the contract's amounts are counted in, as far as that is known. */
function amount(value: string, contract: Address, places?: number): string {
  const { unit, decimals, contract: kind } = known(contract);
  if (kind === 'ShareToken') return common.shares(count(value));
  const scale = places ?? decimals;
  if (scale === undefined) return `${count(value)}（最小单位）`;
  const units = fromSmallestUnits(BigInt(value), scale);
  return unit === undefined ? units : money(units, unit);
}

/** A word that holds an address, as the contracts pad it, is said as one. */
function word(value: string): string {
  if (/^0x0+$/.test(value)) return '零';
  return /^0x0{24}/.test(value) ? named(`0x${value.slice(26)}`) : short(value);
}

/** ASCII at the front of a word, or its bytes. */
function text(value: string): string {
  const bytes = (value.match(/[0-9a-f]{2}/g) ?? []).map((pair) => Number.parseInt(pair, 16));
  const letters = String.fromCharCode(...bytes).replace(/\0+$/, '');
  return /^[!-~]+$/.test(letters) && !letters.startsWith('0x') ? letters : value;
}

function time(seconds: bigint, dayOnly = false): string {
  if (seconds > LAST_SECOND) return dayOnly ? '日历上没有的日期' : '尚未确定的时间';
  const at = new Date(Number(seconds) * 1000).toISOString();
  return dayOnly ? at.slice(0, 10) : preciseTime(at);
}
