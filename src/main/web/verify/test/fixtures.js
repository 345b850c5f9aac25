// Bundles that the service made from the demo's chain, and the published codes of that day.

import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { publishedCodes } from '../lib/codes.js';

const FOLDER = new URL('../../../../test/resources/io/fundtrail/proof/bundles/', import.meta.url);

export const bytesOf = (file) => readFileSync(new URL(file, FOLDER));
export const jsonOf = (file) => JSON.parse(bytesOf(file));

/** By file: the hashes of the blocks that make it believable. */
export const BLOCK_HASHES = jsonOf('block-hashes.json');
export const CHAIN_ID = 31337n;
export const CODES = publishedCodes(JSON.parse(gunzipSync(bytesOf('codes.json.gz'))));
