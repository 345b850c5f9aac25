// The verifier's own sentences, in the reader's language.

import { REFUSALS } from '../../../verify/lib/refusal.js';
import { language } from '../language';
import { common } from '../ui/words';

/** What the verifier shows on its way; {} stands for what it fills in. A test fails when a sentence is left out. */
export const STEPS_ZH: Readonly<Record<string, (...values: string[]) => string>> = {
  'The header of block {} has a hash that you know: {}.': (block, hash) => `区块 ${block} 的区块头的哈希值是您已知的：${hash}。`,
  'Nothing is in vain: all {} trie nodes and {} codes were needed.': (nodes, codes) => `没有多余的材料：全部 ${nodes} 个树节点和 ${codes} 份代码都被用到。`,
  'Every field of the claim is as it was worked out here.': () => '声明的每一项都与此处推算的结果一致。',
  '{} is a clone of {}, with its terms behind the code.': (clone, original) => `${clone} 是 ${original} 的克隆，其条款附在代码之后。`,
  '{} runs the published code of {}.': (address, contract) => `${address} 运行的是已公布的 ${contract} 代码。`,
  '{} holds {} shares, {} of them locked, by its proven slots.': (wallet, shares, locked) => `据其经证明的存储槽，${wallet} 持有 ${shares} 股，其中 ${locked} 股锁定。`,
  '{} held {} shares at record date {}, by its proven slots.': (wallet, shares, date) => `据其经证明的存储槽，${wallet} 在第 ${date} 个登记日持有 ${shares} 股。`,
  'The shares of {} holders, proven one by one, sum to the supply of {}.': (holders, supply) => `${holders} 位持有人的股份逐一得到证明，合计等于股份总数 ${supply}。`,
  '{} events fold, in their order, to the head that the chain has: {}.': (events, head) => `${events} 个事件按顺序折叠后，与链上的历史头一致：${head}。`,
  'Log {} of transaction {} of the block is one of {}.': (log, transaction, contract) => `区块中第 ${transaction} 笔交易的第 ${log} 条日志由 ${contract} 发出（从 0 起计）。`,
  'Of {} the round has a commitment that is {}, by its proven slot.': (identity, state) => `据其经证明的存储槽，${identity} 在该轮次的认购状态为“${state === 'none' ? '不存在' : (common[state as 'live'] ?? state)}”。`,
  'It holds {} and owes {} of {}, by proven slots of both.': (held, owed, token) => `据双方经证明的存储槽，该合约持有 ${held}、应付 ${owed}（代币 ${token}，以最小单位计）。`,
  'The events begin after block {}, whose hash is one that you know.': (block) => `事件从区块 ${block} 之后开始，该区块的哈希值是您已知的。`,
};

export const REFUSALS_ZH: Readonly<Record<string, string>> = {
  UNTRUSTED_HEADER: '区块头不属于所信任的区块。',
  MALFORMED_HEADER: '区块头的格式无效。',
  WRONG_SEAL: '有一个签章不是由该组验证者作出、不是有效签名，或者重复出现。',
  TOO_FEW_SEALS: '为该区块签章的验证者少于法定数量。',
  OTHER_VALIDATORS: '区块头列出的验证者与调用方给出的不同。',
  OTHER_CHAIN: '证明所属的链与所信任区块的链不同。',
  MISSING_NODE: '证明中缺少通往所声明内容的树节点。',
  MALFORMED_NODE: '有一个节点不是有效的 Merkle-Patricia 树节点。',
  MALFORMED_VALUE: '树中的值不是账户、存储字、回执或交易。',
  UNUSED_MATERIAL: '证明中有材料与所声明的内容无关。',
  DUPLICATE_MATERIAL: '证明中有重复的材料。',
  UNSORTED_MATERIAL: '证明中的材料没有按规定的顺序排列。',
  NO_CONTRACT: '已证明该地址处没有合约。',
  MISSING_CODE: '证明中缺少所需合约的代码。',
  OTHER_CODE: '已证明合约的代码与证明材料所称的不同。',
  UNLISTED_CODE: '该代码不在已公布的列表中。',
  OTHER_CONTRACT: '该合约的类型不适用于此项证明。',
  UNKNOWN_RECORD_DATE: '该股份类别没有此序号的登记日。',
  RECORD_DATE_AHEAD: '登记日晚于该区块。',
  NOT_A_HOLDER: '股东名册中有一个钱包没有持股。',
  INCOMPLETE_REGISTER: '经证明的持股合计不等于经证明的股份总数。',
  OTHER_HISTORY: '各条日志折叠后与经证明的历史头不一致。',
  NOT_EARLIER: '较早的区块头并不早于该区块头。',
  NO_SUCH_EVENT: '该区块中没有这样的交易、回执或日志。',
  OTHER_CLAIM: '所证明的内容与所声明的不同。',
};

const PATTERNS = Object.entries(STEPS_ZH).map(([sentence, told]) => {
  const literal = sentence.split('{}').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return [new RegExp(`^${literal.join('(.+?)')}$`), told] as const;
});

/** A step of the verifier. */
export function stepInWords(step: string): string {
  if (language.value === 'en') return step;
  for (const [pattern, told] of PATTERNS) {
    const found = pattern.exec(step);
    if (found) return told(...found.slice(1));
  }
  return step;
}

/** Why a proof is rejected. */
export function refusalInWords(reason: string): string {
  return (language.value === 'zh' ? REFUSALS_ZH : REFUSALS)[reason] ?? reason;
}
