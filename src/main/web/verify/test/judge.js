// Judges bundles for whoever asks on standard input: on each line a JSON list of the bundle's text,
// the chain's number and the hashes of the blocks that are known; answers a line each.
// usage: node test/judge.js CODES.json

import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { readBundle } from '../lib/bundle.js';
import { publishedCodes } from '../lib/codes.js';
import { Unusable } from '../lib/refusal.js';
import { verify } from '../lib/verifier.js';

const codes = publishedCodes(JSON.parse(readFileSync(process.argv[2], 'utf8')));

function judged(text, chainId, blockHashes) {
  try {
    const { verdict, reason } = verify(readBundle(text), { chainId: BigInt(chainId), blockHashes }, codes);
    return verdict === 'accepted' ? 'ACCEPTED' : reason;
  } catch (e) {
    if (e instanceof Unusable) {
      return 'UNUSABLE';
    }
    throw e;
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${judged(...JSON.parse(line))}\n`);
}
