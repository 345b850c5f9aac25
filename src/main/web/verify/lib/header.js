// Block headers of any fork up to Prague (yellow paper, 4.4), and when one is believed.

import { keccak, toBytes } from './bytes.js';
import { Refused } from './refusal.js';
import { decode, encode, long, RlpError, sequence, string, uint } from './rlp.js';

const FIELD_COUNTS = [15, 16, 17, 20, 21];

/** What each field is, in order: a number of bytes, any bytes, a number, or a word-sized number. */
const FIELDS = [
  32, 32, 20, 32, 32, 32, 256, 'uint', 'long', 'long', 'long', 'long', 'bytes', 32, 8,
  'uint', 32, 'long', 'long', 32, 32,
];

const EXTRA_DATA = 12;
const QBFT_ITEMS = 5;
const QBFT_ROUND = 3;
const QBFT_SEALS = 4;
const QBFT_MOST_VALIDATORS = 1000;

/** Longer than any header; what is longer is not searched for QBFT's extra data. */
const MOST_BYTES = 1 << 20;

/**
 * A header whose hash is among those that are trusted. The hash is compared first, so that no other
 * header is read.
 */
export function trustedHeader(encoded, trusted) {
  let hash = keccak(encoded);
  if (!trusted.has(hash)) {
    const qbft = qbftHash(encoded);
    if (qbft === null || !trusted.has(qbft)) {
      throw new Refused('UNTRUSTED_HEADER', `nobody vouches for the block ${hash}`);
    }
    hash = qbft;
  }
  return { hash, ...header(encoded) };
}

/** The number that a header gives, of whatever chain it is; null where it is no header. */
export function claimedNumber(encoded) {
  try {
    return header(encoded).number;
  } catch (e) {
    if (e instanceof Refused) {
      return null;
    }
    throw e;
  }
}

function header(encoded) {
  try {
    const items = sequence(decode(encoded));
    if (!FIELD_COUNTS.includes(items.length)) {
      throw new RlpError(`a header has 15, 16, 17, 20 or 21 fields, not ${items.length}`);
    }
    const fields = items.map((item, i) => field(item, FIELDS[i]));
    return {
      stateRoot: fields[3],
      transactionsRoot: fields[4],
      receiptsRoot: fields[5],
      number: fields[8],
      time: fields[11],
    };
  } catch (e) {
    if (e instanceof RlpError) {
      throw new Refused('MALFORMED_HEADER', `the header holds ${e.message}`);
    }
    throw e;
  }
}

function field(item, kind) {
  switch (kind) {
    case 'bytes':
      return string(item);
    case 'uint':
      return uint(item, 32);
    case 'long':
      return long(item);
    default:
      return string(item, kind);
  }
}

/**
 * The block's hash on a QBFT chain (Besu): that of the header with round zero and without seals in
 * its extra data, which is a list of vanity, validators, vote, round and seals. Null where the
 * extra data is none of QBFT.
 */
function qbftHash(encoded) {
  if (encoded.length > 2 * MOST_BYTES) {
    return null;
  }
  try {
    const fields = sequence(decode(encoded));
    if (fields.length <= EXTRA_DATA) {
      return null;
    }
    const extra = sequence(decode(string(fields[EXTRA_DATA])), QBFT_ITEMS);
    string(extra[0], 32);
    uint(extra[QBFT_ROUND], 4);
    const [validators, seals] = [sequence(extra[1]), sequence(extra[QBFT_SEALS])];
    if (validators.length > QBFT_MOST_VALIDATORS || seals.length > QBFT_MOST_VALIDATORS) {
      return null;
    }
    validators.forEach((item) => string(item, 20));
    seals.forEach((item) => string(item));
    const bare = extra.with(QBFT_ROUND, new Uint8Array()).with(QBFT_SEALS, []);
    return keccak(encode(fields.with(EXTRA_DATA, toBytes(encode(bare)))));
  } catch (e) {
    if (e instanceof RlpError) {
      return null;
    }
    throw e;
  }
}
