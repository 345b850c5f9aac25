// Writes the tampered bundles, each as a file, and index.json, which says by what block hashes each
// is to be judged and why it is rejected: so that the Java verifier can be held to the same.
// usage: node test/write-tampered.js FOLDER

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHAIN_ID } from './fixtures.js';
import { TAMPERED } from './tampering.js';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: node test/write-tampered.js FOLDER');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const index = TAMPERED.map(({ name, reason, bundle, blockHashes }, i) => {
  const file = `${String(i).padStart(3, '0')}.json`;
  writeFileSync(join(folder, file), JSON.stringify(bundle));
  return { file, name, chainId: String(CHAIN_ID), blockHashes, reason };
});
writeFileSync(join(folder, 'index.json'), JSON.stringify(index, null, 2));
