// The published list: which code is which contract's, and where it keeps what.

import { keccak, sizeOf, slice, toBytes, toHex, toUint, ofUint } from './bytes.js';

const FORMAT = 'fundtrail-codes/1';
const CLONE = /^0x363d3d373d3d3d363d73([0-9a-f]{40})5af43d82803e903d91602b57fd5bf3((?:[0-9a-f]{2})*)$/;

/** The list by template, from its JSON. */
export function publishedCodes(listing) {
  if (listing.format !== FORMAT) {
    throw new Error(`the list of codes is of the format ${listing.format}`);
  }
  return new Map(
    listing.contracts.map((listed) => {
      if (keccak(listed.code) !== listed.template) {
        throw new Error(`the code of ${listed.contract} has not the hash given`);
      }
      return [
        listed.template,
        {
          contract: listed.contract,
          code: listed.code,
          immutables: new Map(Object.entries(listed.immutables)),
          lent: Object.entries(listed.lent),
          layout: new Layout(listed.layout),
        },
      ];
    }),
  );
}

/** The hash of a listed code with these immutables; null when they are not exactly its own. */
export function deployedHash(listed, values) {
  if (values.size !== listed.immutables.size) {
    return null;
  }
  const filled = toBytes(listed.code);
  for (const [name, value] of values) {
    const starts = listed.immutables.get(name);
    if (starts === undefined) {
      return null;
    }
    starts.forEach((start) => filled.set(toBytes(value), start));
  }
  return keccak(toHex(filled));
}

/** The implementation and the terms of a clone with immutable arguments (ERC-1167); null if none. */
export function cloneOf(code) {
  const found = CLONE.exec(code);
  return found && { implementation: '0x' + found[1], terms: '0x' + found[2] };
}

/** Where a contract keeps what, as the compiler says. */
class Layout {
  #variables;
  #structs;

  constructor({ storage, structs }) {
    this.#variables = byLabel(storage);
    this.#structs = new Map(
      Object.entries(structs).map(([name, members]) => [name, byLabel(members)]),
    );
  }

  /** The slot of a state variable. */
  variable(label) {
    return ofUint(BigInt(known(this.#variables.get(label), label).slot));
  }

  /** The unsigned number of a member of a struct that takes one slot. */
  member(struct, label, word) {
    const members = known(this.#structs.get(`struct ${struct}`), struct);
    const { slot, offset, bytes } = known(members.get(label), label);
    if (BigInt(slot) !== 0n) {
      throw new Error(`${struct}.${label} is not in the first slot`);
    }
    return toUint(slice(word, sizeOf(word) - offset - bytes, sizeOf(word) - offset));
  }
}

const byLabel = (fields) => new Map(fields.map((field) => [field.label, field]));

function known(field, label) {
  if (field === undefined) {
    throw new Error(`the layout has no ${label}`);
  }
  return field;
}
