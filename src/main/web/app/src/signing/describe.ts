// What a transaction does, told from the very bytes that are signed: decoded here, by the published ABIs, not by the
// service.

import { decodeFunctionData, type AbiFunction } from 'viem';
import type { Address } from '../api';
import { companySentences } from '../company/sentences';
import { officeSentences } from '../operator/sentences';
import { roundSentences } from '../rounds/sentences';
import { trustSentences } from '../trust/sentences';
import { known, named } from './known';
import { tokenSentences } from './tokens';

export type Value = string | bigint | boolean | readonly Value[] | { readonly [name: string]: Value };
export type Arguments = Readonly<Record<string, Value>>;
/** Tells a call in words; `to` is the contract that is called, `tell` tells a call that is inside of this one. */
export type Sentence = (args: Arguments, to: Address, tell: (to: Address, data: string) => string | null) => string;
export type Sentences = Readonly<Record<string, Sentence>>;

interface Input {
  name: string;
  type: string;
  components?: Input[];
  description?: string;
}
interface Declared {
  name: string;
  signature: string;
  notice: string;
  inputs: Input[];
}

export interface Described {
  /** The function and its contract, such as FundingRound.commit. */
  call: string;
  /** What it does, in words; null where nobody wrote any. */
  sentence: string | null;
  /** What the contract itself says of it. */
  notice: string;
  /** Every argument, as it is in the bytes. */
  details: { name: string; value: string; description: string | null }[];
}

const SENTENCES: Sentences[] = [tokenSentences, roundSentences, companySentences, trustSentences, officeSentences];

let calls: Promise<Record<string, Declared[]>> | null = null;

function declared(): Promise<Record<string, Declared[]>> {
  calls ??= import('./calls.json').then((file) => file.default as unknown as Record<string, Declared[]>);
  return calls;
}

/** Null where the bytes are no call of a function that is known at that address. */
export async function describe(to: Address, data: string): Promise<Described | null> {
  return described(await declared(), to, data);
}

function described(all: Record<string, Declared[]>, to: Address, data: string): Described | null {
  const { contract } = known(to);
  const contracts = contract && all[contract] ? [contract] : Object.keys(all);
  for (const name of contracts) {
    for (const fn of all[name] ?? []) {
      const args = decoded(fn, data);
      if (args === null) continue;
      const call = `${name}.${fn.name}`;
      const sentence = SENTENCES.map((table) => table[call]).find((found) => found !== undefined);
      return {
        call,
        sentence: sentence ? sentence(args, to, (inner, bytes) => told(described(all, inner, bytes))) : null,
        notice: fn.notice,
        details: fn.inputs.flatMap((input) => details(input, input.name, args[input.name])),
      };
    }
  }
  return null;
}

/** What somebody wrote of a call, or what the contract says of it. */
function told(call: Described | null): string | null {
  return call === null ? null : (call.sentence ?? (call.notice || call.call));
}

function decoded(fn: Declared, data: string): Arguments | null {
  const abi = [{ type: 'function', name: fn.name, inputs: fn.inputs, outputs: [], stateMutability: 'nonpayable' } as unknown as AbiFunction];
  let values: readonly unknown[];
  try {
    values = decodeFunctionData({ abi, data: data as `0x${string}` }).args ?? [];
  } catch {
    return null;
  }
  return Object.fromEntries(fn.inputs.map((input, i) => [input.name, plain(values[i])]));
}

/** Numbers as big integers, whatever their width; addresses in lower case. */
function plain(value: unknown): Value {
  if (typeof value === 'number') return BigInt(value);
  if (typeof value === 'string') return /^0x[0-9a-fA-F]{40}$/.test(value) ? value.toLowerCase() : value;
  if (Array.isArray(value)) return value.map(plain);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plain(part)]));
  }
  return value as bigint | boolean;
}

function details(input: Input, path: string, value: Value | undefined): Described['details'] {
  const description = input.description ?? null;
  if (input.components && Array.isArray(value)) {
    if (value.length === 0) return [{ name: path, value: '–', description }];
    return value.flatMap((part, i) => details({ ...input, type: 'tuple' }, `${path}[${i + 1}]`, part as Value));
  }
  if (input.components && value !== null && typeof value === 'object') {
    const parts = value as Arguments;
    return input.components.flatMap((part) => details(part, `${path}.${part.name}`, parts[part.name]));
  }
  return [{ name: path, value: shown(value), description }];
}

function shown(value: Value | undefined): string {
  if (Array.isArray(value)) return value.length === 0 ? '–' : value.map((part) => shown(part as Value)).join(', ');
  if (typeof value === 'string' && /^0x[0-9a-f]{40}$/.test(value)) return known(value).name ? named(value) : value;
  return String(value);
}
