// Verifies the proofs of a file over and over, on one thread, and prints how many a second in the
// best of its rounds.

import { readFileSync } from 'node:fs';
import { verifyMerkleProof } from '@ethereumjs/mpt';

const WARM_UP_SECONDS = 3;
const ROUNDS = 5;
const ROUND_SECONDS = 2;

const bytes = (hex) => Uint8Array.from(Buffer.from(hex.slice(2), 'hex'));

const { root, proofs } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const opts = { root: bytes(root), useKeyHashing: false };
const read = proofs.map(({ key, value, nodes }) => ({
  key: bytes(key),
  value: Buffer.from(bytes(value)),
  nodes: nodes.map(bytes),
}));

async function perSecond(seconds) {
  const start = process.hrtime.bigint();
  const end = start + BigInt(seconds * 1e9);
  let verified = 0;
  while (process.hrtime.bigint() < end) {
    const { key, value, nodes } = read[verified % read.length];
    const proven = await verifyMerkleProof(key, nodes, opts);
    if (proven === null || !value.equals(proven)) {
      throw new Error(`another value at ${Buffer.from(key).toString('hex')}`);
    }
    verified++;
  }
  return verified / (Number(process.hrtime.bigint() - start) / 1e9);
}

await perSecond(WARM_UP_SECONDS);
let best = 0;
for (let round = 0; round < ROUNDS; round++) {
  best = Math.max(best, await perSecond(ROUND_SECONDS));
}
console.log(best);
