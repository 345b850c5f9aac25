// The service's problems in Chinese, by their type. What it says of them in English is kept only where it says more.

import type { ProblemBody, Schemas } from '../api';
import { refusalInWords } from '../proof/words';

const PROBLEMS: Readonly<Record<Schemas['ProblemName'], string | ((detail: string) => string)>> = {
  'invalid-request': (detail) => `请求的参数或字段有误：${detail}`,
  'not-found': '没有找到：该路径、地址、编号或哈希值没有对应的内容。',
  'block-not-indexed': '索引中没有此区块：它早于账本的起始，或晚于最近索引的区块。',
  'method-not-allowed': '该路径不支持此方法。',
  'cursor-orphaned': '链已替换此列表所依据的区块，请重新读取列表。',
  'body-too-large': '请求的内容过大。',
  'uri-too-long': '请求的地址过长。',
  'headers-too-large': '请求的标头过大。',
  'bad-message': '收到的内容不是有效的 HTTP 请求。',
  'unsupported-media-type': '请求的内容须为 JSON。',
  refused: '合约拒绝了此操作，但没有给出可识别的原因。',
  'not-relayed': '本服务不转发此交易：只转发对账本合约的调用，以及对已列入的结算代币的授权。',
  'not-provable': notProvable,
  'chain-refused': (detail) => `链没有接受此交易：序号不符、余额不足以支付 Gas，或费用过低。节点的说明：${detail}`,
  'too-many-requests': '请求过多，请稍候再试。',
  'not-ready': '服务尚未就绪：索引还没有跟上链，或尚不接受交易。',
  'chain-unavailable': '链没有应答，请稍后再试。',
  'database-unavailable': '数据库没有应答，请稍后再试。',
  'took-too-long': '查询耗时过长，已中止。请缩小查询范围，或等索引跟上后再试。',
  'internal-error': '服务出现故障，其日志中记录了原因。',
};

export function problemSentence({ type, detail }: ProblemBody): string {
  const told = PROBLEMS[type.replace('/problems/', '') as Schemas['ProblemName']] ?? detail;
  return typeof told === 'string' ? told : told(detail);
}

function notProvable(detail: string): string {
  const pruned = /^The node does not give the state of block (\d+)/.exec(detail);
  if (pruned) return `节点没有给出区块 ${pruned[1]} 的状态，可能已将其清除。合约自身保存的内容（登记日的持股与名册、完整历史）仍可在最新区块证明。`;
  if (detail.startsWith('This takes ')) return '此证明过大。请分段索取历史：每一段以前一段的区块为起点（since）。';
  const reason = /\(([a-z ]+)\)\.$/.exec(detail)?.[1];
  return reason ? `无法证明：${refusalInWords(reason.replaceAll(' ', '_').toUpperCase())}` : `无法证明：${detail}`;
}

/** What the service expects of a field; a page asks for these. */
const EXPECTED: readonly (readonly [RegExp, (...parts: string[]) => string])[] = [
  [/^an address: 0x and 40 hex digits$/, () => '地址：0x 加 40 位十六进制数字'],
  [/^(\d+) bytes: 0x and (\d+) hex digits$/, (bytes, digits) => `${bytes} 字节：0x 加 ${digits} 位十六进制数字`],
  [/^bytes: 0x and an even number of hex digits$/, () => '字节：0x 加偶数位十六进制数字'],
  [/^an identity \(0x and 64 hex digits\) or a wallet \(0x and 40 hex digits\)$/, () => '身份（0x 加 64 位十六进制数字）或钱包（0x 加 40 位十六进制数字）'],
  [/^a whole number of shares from (\d+) to (\d+), as a string$/, (least, most) => `${least} 至 ${most} 的整数股数`],
  [/^a whole number from (\d+) to (\d+)$/, (least, most) => `${least} 至 ${most} 的整数`],
  [/^a whole number below 2\^(\d+), as a string of digits$/, (bits) => `小于 2^${bits} 的整数`],
  [/^an amount such as "([\d.]+)" with at most (\d+) decimals$/, (example, decimals) => `金额，例如 ${example}，最多 ${decimals} 位小数`],
  [/^a price of less than 2\^128 smallest units$/, () => '小于 2^128 个最小单位的价格'],
  [/^a time in UTC such as ([^\s,]+)(?:, or .*)?$/, (example) => `协调世界时（UTC）的时间，例如 ${example}`],
  [/^a block's number, or a time in UTC such as (\S+)$/, (example) => `区块号，或协调世界时（UTC）的时间，例如 ${example}`],
  [/^a block's number, its hash, or latest$/, () => '区块号、区块哈希或 latest'],
  [/^a block before block (\d+)$/, (block) => `早于区块 ${block} 的区块`],
  [/^a block or moment that is not later than «to»$/, () => '不晚于“to”的区块或时间'],
  [/^either block or at, not both$/, () => '区块或时间，二者不可兼有'],
  [/^a company's id: .*$/, () => '公司编号：从 1 起的整数'],
  [/^one of (.+)$/, (choices) => `以下之一：${choices}`],
  [/^(\d+) to (\d+) characters, none of them a control character$/, (least, most) => `${least} 至 ${most} 个字符，不含控制字符`],
  [/^(\d+) to (\d+) printable ASCII characters$/, (least, most) => `${least} 至 ${most} 个可打印的 ASCII 字符`],
  [/^the name of an event, such as (\w+)$/, (example) => `事件名称，例如 ${example}`],
  [/^an array of at most (\d+) (?:objects|values)$/, (most) => `最多 ${most} 项`],
  [/^true or false$/, () => '是或否'],
  [/^a value$/, () => '一个值'],
  [/^one value$/, () => '只有一个值'],
];

export function expectedSentence(expected: string): string {
  for (const [pattern, told] of EXPECTED) {
    const found = pattern.exec(expected);
    if (found) return told(...found.slice(1));
  }
  return expected;
}
