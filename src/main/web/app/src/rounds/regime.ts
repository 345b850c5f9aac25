import { decodeFunctionResult, encodeFunctionData, parseAbi } from 'viem';
import { rpc } from '../api';

const RULES = parseAbi(['function regime() view returns (bytes32)']);

/** The regime that a rules contract stands for, such as US-REG-CF, as it says itself. */
export async function regimeOf(rules: string): Promise<string> {
  const returned = await rpc<`0x${string}`>('eth_call', [{ to: rules, data: encodeFunctionData({ abi: RULES }) }, 'latest']);
  const word = decodeFunctionResult({ abi: RULES, data: returned });
  const bytes = (word.match(/[0-9a-f]{2}/g) ?? []).map((pair) => Number.parseInt(pair, 16)).filter((byte) => byte !== 0);
  return String.fromCharCode(...bytes);
}
