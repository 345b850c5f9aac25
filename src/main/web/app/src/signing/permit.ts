import { decodeAbiParameters, encodeFunctionData, parseAbi } from 'viem';
import { rpc } from '../api';

const TOKEN = parseAbi([
  'function nonces(address owner) view returns (uint256)',
  'function eip712Domain() view returns (bytes1 fields, string name, string version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] extensions)',
]);

async function read(to: string, data: `0x${string}`): Promise<`0x${string}`> {
  return rpc('eth_call', [{ to, data }, 'latest']);
}

/** What a permit is signed over, as the token itself says it (EIP-5267). */
export async function readPermitDomain(token: string, owner: string): Promise<{ domain: Record<string, string | number>; nonce: bigint }> {
  const [domain, nonce] = await Promise.all([
    read(token, encodeFunctionData({ abi: TOKEN, functionName: 'eip712Domain' })),
    read(token, encodeFunctionData({ abi: TOKEN, functionName: 'nonces', args: [owner as `0x${string}`] })),
  ]);
  const [, name, version, chainId, verifyingContract] = decodeAbiParameters(
    [{ type: 'bytes1' }, { type: 'string' }, { type: 'string' }, { type: 'uint256' }, { type: 'address' }, { type: 'bytes32' }, { type: 'uint256[]' }],
    domain,
  );
  return { domain: { name, version, chainId: Number(chainId), verifyingContract }, nonce: BigInt(nonce) };
}

/** Whether a token can be permitted by signature. */
export async function canPermit(token: string, owner: string): Promise<boolean> {
  try {
    await readPermitDomain(token, owner);
    return true;
  } catch {
    return false;
  }
}
