// Checks a proof bundle in this browser, with the verifier of verify.html.

import listing from 'codes.json';
import { readBundle } from '../../../verify/lib/bundle.js';
import { publishedCodes } from '../../../verify/lib/codes.js';
import { claimedNumber } from '../../../verify/lib/header.js';
import { verify, type Verdict } from '../../../verify/lib/verifier.js';
import { get, Problem, type Hash, type ProblemBody } from '../api';
import { status } from '../live';
import { wallet } from '../wallet/wallet';

export interface Checked {
  verdict: Verdict;
  steps: string[];
  /** Who said which hash the block has: the reader's own node, or only this service. */
  anchor: 'wallet' | 'service';
  bundle: Uint8Array;
}

/** A block's hash from the wallet's own node, where it has one; otherwise from the service. */
async function hashOf(number: number): Promise<{ hash: Hash; from: Checked['anchor'] }> {
  const own = wallet.value?.kind === 'browser' && status.value?.chain.node !== 'embedded' ? await wallet.value.blockHash(number) : null;
  if (own !== null) return { hash: own, from: 'wallet' };
  const { block } = await get('/v1/blocks/{block}', { path: { block: String(number) } });
  return { hash: block.hash, from: 'service' };
}

/** Reads a bundle from an address of the API, and says what it proves. */
export async function check(address: string): Promise<Checked> {
  const response = await fetch(address, { headers: { accept: 'application/json' } });
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (!response.ok) throw new Problem(JSON.parse(new TextDecoder().decode(bytes)) as ProblemBody);
  const bundle = readBundle(bytes);
  const numbers = [bundle.header, bundle.claim.earlierHeader ?? '0x']
    .filter((header) => header !== '0x')
    .map(claimedNumber)
    .filter((number) => number !== null);
  const anchors = await Promise.all(numbers.map((number) => hashOf(Number(number))));
  const steps: string[] = [];
  const chainId = BigInt(status.value?.chain.id ?? 0);
  const verdict = verify(bundle, { chainId, blockHashes: anchors.map(({ hash }) => hash.toLowerCase()) }, publishedCodes(listing), (step) => steps.push(step));
  return { verdict, steps, anchor: anchors.every(({ from }) => from === 'wallet') ? 'wallet' : 'service', bundle: bytes };
}
