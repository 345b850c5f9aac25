// Recursive Length Prefix (Ethereum yellow paper, appendix B), strictly: an encoding is accepted
// only when the library writes what it read in the very same bytes, which holds of the one
// canonical encoding alone. An item is a Uint8Array or an array of items.

import { RLP } from '@ethereumjs/rlp';
import { toHex, toBytes, toUint } from './bytes.js';

/** Deeper than anything Ethereum encodes. */
const MAX_DEPTH = 128;

export class RlpError extends Error {}

/** Reads exactly one item. */
export function decode(hex) {
  let item;
  let written;
  try {
    item = RLP.decode(toBytes(hex));
    written = encode(item);
  } catch (e) {
    throw new RlpError(`no RLP: ${e.message}`);
  }
  if (written !== hex) {
    throw new RlpError('no RLP: it is spelt another way');
  }
  if (depth(item) > MAX_DEPTH) {
    throw new RlpError(`nesting deeper than ${MAX_DEPTH} levels`);
  }
  return item;
}

export const encode = (item) => toHex(RLP.encode(item));

/** The items of a sequence. */
export function sequence(item, count) {
  if (!Array.isArray(item)) {
    throw new RlpError('a byte string where a sequence belongs');
  }
  if (count !== undefined && item.length !== count) {
    throw new RlpError(`${item.length} items where ${count} belong`);
  }
  return item;
}

/** The bytes of a byte string, of which there must be so many if it is said. */
export function string(item, size) {
  if (Array.isArray(item)) {
    throw new RlpError('a sequence where a byte string belongs');
  }
  if (size !== undefined && item.length !== size) {
    throw new RlpError(`${item.length} bytes where ${size} belong`);
  }
  return toHex(item);
}

/** The unsigned number of a byte string: without leading zeros, of so many bytes at most. */
export function uint(item, maxBytes) {
  const hex = string(item);
  if (item.length > maxBytes) {
    throw new RlpError(`a number of ${item.length} bytes where ${maxBytes} are the most`);
  }
  if (item.length > 0 && item[0] === 0) {
    throw new RlpError(`a number with a leading zero byte: ${hex}`);
  }
  return toUint(hex);
}

/** An unsigned number below 2^63. */
export function long(item) {
  const number = uint(item, 8);
  if (number >= 1n << 63n) {
    throw new RlpError(`the number ${number} where 2^63-1 is the most`);
  }
  return number;
}

function depth(item) {
  return Array.isArray(item) ? 1 + item.reduce((most, inner) => Math.max(most, depth(inner)), -1) : 0;
}
