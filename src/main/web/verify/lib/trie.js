// Walks a Merkle-Patricia trie (Ethereum yellow paper, appendix D) by nodes that are found by their
// hash, and keeps which of them it needed.

import { keccak, sizeOf } from './bytes.js';
import { Refused } from './refusal.js';
import { decode, encode, RlpError, sequence, string } from './rlp.js';

/** keccak256 of the RLP of the empty string: the root of a trie without keys. */
const EMPTY_ROOT = '0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421';

const BRANCH_SIZE = 17;

export class NodePool {
  #order;
  #encoded;
  #decoded = new Map();

  constructor(nodes) {
    this.#order = nodes.map(keccak);
    this.#encoded = new Map(nodes.map((node, i) => [this.#order[i], node]));
  }

  get used() {
    return this.#decoded.size;
  }

  node(hash) {
    if (!this.#decoded.has(hash)) {
      const encoded = this.#encoded.get(hash);
      if (encoded === undefined) {
        throw new Refused('MISSING_NODE', `no node has the hash ${hash}`);
      }
      this.#decoded.set(hash, decode(encoded));
    }
    return this.#decoded.get(hash);
  }

  /** Once all is read: every node was needed, and each stands once and in its order. */
  requireAllUsed() {
    const seen = new Set();
    for (const hash of this.#order) {
      if (seen.has(hash)) {
        throw new Refused('DUPLICATE_MATERIAL', `the node ${hash} comes twice`);
      }
      seen.add(hash);
    }
    for (const hash of this.#order) {
      if (!this.#decoded.has(hash)) {
        throw new Refused('UNUSED_MATERIAL', `the node ${hash} proves nothing`);
      }
    }
    for (let i = 1; i < this.#order.length; i++) {
      if (this.#order[i - 1] > this.#order[i]) {
        throw new Refused('UNSORTED_MATERIAL', `the node ${this.#order[i]} comes late`);
      }
    }
  }
}

/** The value of a key under a root, as hex; null where the trie provably has none. */
export function find(root, key, nodes) {
  if (root === EMPTY_ROOT) {
    return null;
  }
  try {
    return walk(nodes.node(root), key.slice(2), nodes);
  } catch (e) {
    if (e instanceof RlpError) {
      throw new Refused('MALFORMED_NODE', `a node is none of a trie: ${e.message}`);
    }
    throw e;
  }
}

/** From a root down, with the nibbles of the key that are still ahead. */
function walk(root, key, nodes) {
  if (isEmpty(root)) {
    return null;
  }
  let node = root;
  let ahead = key;
  for (;;) {
    const items = sequence(node);
    let child;
    if (items.length === BRANCH_SIZE) {
      if (ahead === '') {
        return valueOrNull(items[BRANCH_SIZE - 1]);
      }
      child = items[parseInt(ahead[0], 16)];
      ahead = ahead.slice(1);
      if (isEmpty(child)) {
        return null;
      }
    } else if (items.length === 2) {
      const { leaf, path } = hexPrefix(items[0]);
      if (leaf) {
        const value = valueOrNull(items[1]);
        if (value === null) {
          throw new RlpError('it is a leaf without a value');
        }
        return ahead === path ? value : null;
      }
      if (path === '') {
        throw new RlpError('it is an extension without a path');
      }
      if (isEmpty(items[1])) {
        throw new RlpError('it is an extension without a child');
      }
      if (!ahead.startsWith(path)) {
        return null;
      }
      ahead = ahead.slice(path.length);
      child = items[1];
    } else {
      throw new RlpError(`it has ${items.length} items, not 17 or 2`);
    }
    node = resolved(child, nodes);
  }
}

/** A child is named by its hash, or embedded where its encoding is shorter than that. */
function resolved(child, nodes) {
  if (!Array.isArray(child)) {
    return nodes.node(string(child, 32));
  }
  const size = sizeOf(encode(child));
  if (size >= 32) {
    throw new RlpError(`it embeds a node of ${size} bytes, 31 being the most`);
  }
  return child;
}

/** Hex-prefix encoding: a flag nibble (2: leaf, 1: odd), padded to whole bytes with a zero. */
function hexPrefix(item) {
  const nibbles = string(item).slice(2);
  const flag = nibbles === '' ? NaN : parseInt(nibbles[0], 16);
  if (!(flag < 4)) {
    throw new RlpError('its path has no valid hex prefix');
  }
  const odd = flag % 2 === 1;
  if (!odd && nibbles[1] !== '0') {
    throw new RlpError('its even path is padded with a nibble other than zero');
  }
  return { leaf: flag >= 2, path: nibbles.slice(odd ? 1 : 2) };
}

function valueOrNull(item) {
  const value = string(item);
  return value === '0x' ? null : value;
}

const isEmpty = (item) => !Array.isArray(item) && item.length === 0;
