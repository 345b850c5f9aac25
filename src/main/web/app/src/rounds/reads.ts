// What the pages of rounds ask of the chain itself.

import { decodeAbiParameters, decodeFunctionResult, encodeFunctionData, hexToString, parseAbi, toFunctionSelector } from 'viem';
import { rpc, type Address } from '../api';

const VIEWS = parseAbi([
  'function balanceOf(address account) view returns (uint256)',
  'function canCall(address caller, address target, bytes4 selector) view returns (bool immediate, uint32 delay)',
  'function conserved() view returns ((address token, uint256 held, uint256 owed, uint256 surplus)[])',
  'function regime() view returns (bytes32)',
]);

const hex = (address: Address) => address as `0x${string}`;

const call = (to: Address, data: `0x${string}`) => rpc<`0x${string}`>('eth_call', [{ to, data }, 'latest']);

export async function balanceOf(token: Address, holder: Address): Promise<bigint> {
  return BigInt(await call(token, encodeFunctionData({ abi: VIEWS, functionName: 'balanceOf', args: [hex(holder)] })));
}

/** Whether a role lets somebody call a function, at once or after a delay. */
export async function mayCall(authority: Address, caller: Address, target: Address, signature: string): Promise<boolean> {
  const selector = toFunctionSelector(signature);
  const answer = await call(authority, encodeFunctionData({ abi: VIEWS, functionName: 'canCall', args: [hex(caller), hex(target), selector] }));
  const [immediate, delay] = decodeAbiParameters([{ type: 'bool' }, { type: 'uint32' }], answer);
  return immediate || delay > 0;
}

/** What a contract holds and owes of its money, as it says itself. */
export async function conserved(contract: Address): Promise<{ held: bigint; owed: bigint } | null> {
  const answer = await call(contract, encodeFunctionData({ abi: VIEWS, functionName: 'conserved' }));
  const positions = decodeFunctionResult({ abi: VIEWS, functionName: 'conserved', data: answer });
  return positions[0] ?? null;
}

/** The name of the regime whose rules a contract has. */
export async function regimeOf(rules: Address): Promise<string> {
  return hexToString(await call(rules, encodeFunctionData({ abi: VIEWS, functionName: 'regime' })), { size: 32 });
}
