import { words } from '../language';
import type { Sentences } from './describe';
import { amountOf, named } from './known';

const w = words(
  {
    approve: (amount: string, spender: string) => `Let ${spender} take up to ${amount} from your wallet.`,
    transfer: (amount: string, to: string) => `Give ${amount} to ${to}. Whoever has it need not give it back.`,
    transferFrom: (amount: string, from: string, to: string) => `Give ${amount} of ${from} to ${to}. Whoever has it need not give it back.`,
    mint: (amount: string, to: string) => `Create ${amount} of demonstration money for ${to}. It is worth nothing.`,
    permit: (amount: string, owner: string, spender: string) => `Let ${spender} take up to ${amount} from ${owner}, as ${owner} has signed.`,
  },
  {
    approve: (amount, spender) => `允许 ${spender} 从您的钱包中取走最多 ${amount}。`,
    transfer: (amount, to) => `把 ${amount} 转给 ${to}。收到者没有义务退还。`,
    transferFrom: (amount, from, to) => `把 ${from} 的 ${amount} 转给 ${to}。收到者没有义务退还。`,
    mint: (amount, to) => `为 ${to} 生成 ${amount} 演示货币。它没有任何价值。`,
    permit: (amount, owner, spender) => `按 ${owner} 的签名，允许 ${spender} 从 ${owner} 取走最多 ${amount}。`,
  },
);

/** What is done with the money itself. */
export const tokenSentences: Sentences = {
  'DemoDollar.approve': ({ spender, value }, token) => w.approve(amountOf(token, value as bigint), named(String(spender))),
  'DemoDollar.transfer': ({ to, value }, token) => w.transfer(amountOf(token, value as bigint), named(String(to))),
  'DemoDollar.transferFrom': ({ from, to, value }, token) => w.transferFrom(amountOf(token, value as bigint), named(String(from)), named(String(to))),
  'DemoDollar.mint': ({ to, amount }, token) => w.mint(amountOf(token, amount as bigint), named(String(to))),
  'DemoDollar.permit': ({ owner, spender, value }, token) => w.permit(amountOf(token, value as bigint), named(String(owner)), named(String(spender))),
};
