// The state under a header, as far as a bundle proves it: accounts, their code and their slots.

import { keccak, slice, toUint, ofUint, ZERO_WORD } from './bytes.js';
import { cloneOf, deployedHash } from './codes.js';
import { Refused } from './refusal.js';
import { decode, RlpError, sequence, string, uint, long } from './rlp.js';
import { find } from './trie.js';

const CHAIN_ID = '_cachedChainId';

/** An account (yellow paper, 4.1) under a state root; null where there provably is none. */
export function account(stateRoot, address, nodes) {
  const value = find(stateRoot, keccak(address), nodes);
  return value === null ? null : decoded(value, 'account', accountOf);
}

function accountOf(item) {
  const [nonce, balance, storageRoot, codeHash] = sequence(item, 4);
  long(nonce);
  uint(balance, 32);
  return { storageRoot: string(storageRoot, 32), codeHash: string(codeHash, 32) };
}

/** The word of a storage slot; zero where the trie provably has none. */
export function storedWord(storageRoot, slot, nodes) {
  const value = find(storageRoot, keccak(slot), nodes);
  return value === null ? ZERO_WORD : decoded(value, 'storage word', (item) => ofUint(uint(item, 32)));
}

function decoded(value, what, read) {
  try {
    return read(decode(value));
  } catch (e) {
    if (e instanceof RlpError) {
      throw new Refused('MALFORMED_VALUE', `the value is no ${what}: ${e.message}`);
    }
    throw e;
  }
}

/** The contracts of one bundle. What is read is kept, so that nothing in the bundle is in vain. */
export class ProvenState {
  #bundle;
  #stateRoot;
  #nodes;
  #published;
  #onStep;
  #codes = new Map();
  #used = new Set();
  #cloneUsed = false;

  constructor(bundle, stateRoot, nodes, published, onStep) {
    this.#bundle = bundle;
    this.#stateRoot = stateRoot;
    this.#nodes = nodes;
    this.#published = published;
    this.#onStep = onStep;
    for (const code of bundle.codes) {
      if (this.#codes.has(code.address)) {
        throw new Refused('DUPLICATE_MATERIAL', `the code of ${code.address} comes twice`);
      }
      this.#codes.set(code.address, code);
    }
  }

  /** A contract whose code, and all code that runs on its storage, is of the published list. */
  contract(address) {
    const { storageRoot, codeHash } = this.#account(address);
    const read = (slot) => storedWord(storageRoot, slot, this.#nodes);
    const { cloneCode } = this.#bundle;
    if (address !== this.#bundle.contract || cloneCode === '0x') {
      return { address, read, terms: '0x', ...this.#listed(address) };
    }
    this.#cloneUsed = true;
    const hash = keccak(cloneCode);
    if (hash !== codeHash) {
      throw new Refused('OTHER_CODE', `the code of ${address} has the hash ${codeHash}, not ${hash}`);
    }
    const clone = cloneOf(cloneCode);
    if (clone === null) {
      throw new Refused('UNLISTED_CODE', `${address} is no clone`);
    }
    this.#onStep(`${address} is a clone of ${clone.implementation}, with its terms behind the code.`);
    return { address, read, terms: clone.terms, ...this.#listed(clone.implementation) };
  }

  /** Once all is read: no code was in vain, and each stands in its order. */
  requireAllUsed() {
    if (!this.#cloneUsed && this.#bundle.cloneCode !== '0x') {
      throw new Refused('UNUSED_MATERIAL', "the clone's code proves nothing");
    }
    this.#bundle.codes.forEach(({ address }, i, codes) => {
      if (!this.#used.has(address)) {
        throw new Refused('UNUSED_MATERIAL', `the code of ${address} proves nothing`);
      }
      if (i > 0 && codes[i - 1].address > address) {
        throw new Refused('UNSORTED_MATERIAL', `the code of ${address} comes late`);
      }
    });
  }

  #listed(address) {
    const given = this.#codes.get(address);
    if (given === undefined) {
      throw new Refused('MISSING_CODE', `the code of ${address} is missing`);
    }
    const listed = this.#published.get(given.template);
    if (listed === undefined) {
      throw new Refused('UNLISTED_CODE', `no code on the list is ${given.template}`);
    }
    if (deployedHash(listed, given.immutables) !== this.#account(address).codeHash) {
      throw new Refused(
        'OTHER_CODE',
        `the code of ${address} is no ${listed.contract} with these immutables`,
      );
    }
    this.#used.add(address);
    this.#requireChain(given);
    this.#onStep(`${address} runs the published code of ${listed.contract}.`);
    for (const [immutable, name] of listed.lent) {
      this.#requireLent(address, listed, given.immutables.get(immutable) ?? ZERO_WORD, name);
    }
    return listed;
  }

  /** What runs on a contract's storage is as much its code as its own. */
  #requireLent(owner, of, lender, name) {
    if (toUint(slice(lender, 0, 12)) !== 0n) {
      throw new Refused('OTHER_CODE', `${owner} names ${lender} as its ${name}`);
    }
    const lent = this.#listed(slice(lender, 12, 32));
    if (lent.contract !== name) {
      throw new Refused(
        'OTHER_CODE',
        `the ${of.contract} at ${owner} runs the code of a ${lent.contract} as its ${name}`,
      );
    }
  }

  #requireChain({ address, immutables }) {
    const chain = immutables.get(CHAIN_ID);
    if (chain !== undefined && toUint(chain) !== this.#bundle.chainId) {
      throw new Refused(
        'OTHER_CHAIN',
        `${address} was created on chain ${toUint(chain)}, not ${this.#bundle.chainId}`,
      );
    }
  }

  #account(address) {
    const found = account(this.#stateRoot, address, this.#nodes);
    if (found === null) {
      throw new Refused('NO_CONTRACT', `nothing is at ${address}`);
    }
    return found;
  }
}
