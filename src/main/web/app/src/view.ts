// What a contract answers when it is asked itself, for what the index does not keep.

import { decodeFunctionResult, encodeFunctionData, type Abi } from 'viem';
import { rpc, type Address } from './api';

/** Asks a view; numbers are big integers or numbers by their width, as viem has them. */
export async function view<T>(to: Address, abi: Abi | readonly unknown[], functionName: string, args: readonly unknown[] = []): Promise<T> {
  const given = abi as Abi;
  const data = await rpc<`0x${string}`>('eth_call', [{ to, data: encodeFunctionData({ abi: given, functionName, args }) }, 'latest']);
  return decodeFunctionResult({ abi: given, functionName, data }) as T;
}
