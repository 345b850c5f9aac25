// Reads bundles, as proof-bundle.schema.json says, and spells verdicts for machines.

import { parse } from './json.js';
import { Unusable } from './refusal.js';
import { COMMITMENT_STATES, ROUND_STATUSES } from './rounds.js';

export const FORMAT = 'fundtrail-proof/1';

/** The largest bundle that is read, in bytes. */
export const MOST_BYTES = 64 << 20;

const INT_MAX = (1n << 31n) - 1n;
const LONG_MAX = (1n << 63n) - 1n;
const MOST_TOPICS = 4;

const pattern = (regex, what) => (value, name) => {
  if (typeof value !== 'string' || !regex.test(value)) {
    throw new Unusable(`no bundle: ${name} is no ${what}`);
  }
  return value;
};
const bytes = pattern(/^0x(?:[0-9a-f]{2})*$/, 'byte string');
export const address = pattern(/^0x[0-9a-f]{40}$/, 'address');
export const word = pattern(/^0x[0-9a-f]{64}$/, 'word');
const decimal = pattern(/^(?:0|[1-9][0-9]{0,77})$/, 'decimal number');
const WORD_MAX = (1n << 256n) - 1n;
const amount = (value, name) => whole(0n, WORD_MAX)(BigInt(decimal(value, name)), name);

const whole = (from, to) => (value, name) => {
  if (typeof value !== 'bigint' || value < from || value > to) {
    throw new Unusable(`no bundle: ${name} is no whole number of its range`);
  }
  return value;
};
const index = whole(0n, INT_MAX);
const count = whole(0n, LONG_MAX);
const long = whole(-1n - LONG_MAX, LONG_MAX);

const list = (read, most = Infinity) => (value, name) => {
  if (!Array.isArray(value) || value.length > most) {
    throw new Unusable(`no bundle: ${name} is no list, or too long`);
  }
  return value.map((item) => read(item, name));
};

const constant = (expected) => (value, name) => {
  if (value !== expected) {
    throw new Unusable(`no bundle: ${name} is not ${expected}`);
  }
  return value;
};

const oneOf = (names) => (value, name) => {
  if (!names.includes(value)) {
    throw new Unusable(`no bundle: ${name} is none of ${names.join(', ')}`);
  }
  return value;
};

const flag = (value, name) => {
  if (typeof value !== 'boolean') {
    throw new Unusable(`no bundle: ${name} is neither true nor false`);
  }
  return value;
};

/** An object of exactly these members; those whose reader is marked may be missing. */
const object = (members) => (value, name) => {
  if (!(value instanceof Map)) {
    throw new Unusable(`no bundle: ${name} is no object`);
  }
  for (const given of value.keys()) {
    if (!Object.hasOwn(members, given)) {
      throw new Unusable(`no bundle: ${name} has a member that is not known`);
    }
  }
  return Object.fromEntries(
    Object.entries(members).map(([member, read]) => {
      if (read.optional && !value.has(member)) {
        return [member, undefined];
      }
      if (!value.has(member)) {
        throw new Unusable(`no bundle: ${name} has no ${member}`);
      }
      return [member, read(value.get(member), member)];
    }),
  );
};

const optional = (read) => Object.assign((value, name) => read(value, name), { optional: true });

/** A Map of words by names that the bundle chooses. */
const words = (value, name) => {
  if (!(value instanceof Map)) {
    throw new Unusable(`no bundle: ${name} is no object`);
  }
  return new Map([...value].map(([key, item]) => [key, word(item, name)]));
};

const CLAIMS = {
  holding: {
    wallet: address,
    recordDate: index,
    time: long,
    balance: amount,
    locked: optional(amount),
  },
  register: {
    recordDate: index,
    time: long,
    supply: amount,
    holders: list(object({ wallet: address, shares: amount })),
  },
  history: {
    earlierHeader: bytes,
    earlierHead: word,
    head: word,
    events: list(object({ block: count, time: count, topics: list(word, MOST_TOPICS), data: bytes })),
  },
  event: {
    transactionIndex: index,
    logIndex: index,
    transaction: word,
    topics: list(word),
    data: bytes,
  },
  solvency: { token: address, held: amount, owed: amount },
  commitment: {
    identity: word,
    wallet: address,
    state: oneOf(COMMITMENT_STATES),
    round: oneOf(ROUND_STATUSES),
    shares: amount,
    token: address,
    amount,
    committedAt: long,
    allotted: amount,
    excessPaid: flag,
  },
};

export const KINDS = Object.keys(CLAIMS);

const claim = (value, name) => {
  const kind = value instanceof Map ? value.get('kind') : undefined;
  if (!KINDS.includes(kind)) {
    throw new Unusable('no bundle: its claim is of no known kind');
  }
  return object({ kind: constant(kind), ...CLAIMS[kind] })(value, name);
};

const bundle = object({
  format: constant(FORMAT),
  chainId: amount,
  contract: address,
  header: bytes,
  cloneCode: bytes,
  codes: list(object({ address, template: word, immutables: words })),
  nodes: list(bytes),
  claim,
});

/** Reads one bundle from its text, or from its bytes in UTF-8. */
export function readBundle(input) {
  return bundle(parse(typeof input === 'string' ? input : text(input)), 'the bundle');
}

function text(input) {
  if (input.length > MOST_BYTES) {
    throw new Unusable(`no bundle: more than ${MOST_BYTES} bytes`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(input);
  } catch {
    throw new Unusable('no bundle: it is not text in UTF-8');
  }
}

/** Members that bundles and verdicts have as JSON numbers; other numbers are decimal strings. */
const JSON_NUMBERS = new Set([
  'recordDate', 'time', 'block', 'number', 'transactionIndex', 'logIndex', 'committedAt',
]);

/** As JSON, spelt as the Java verifier spells it. */
export function write(value) {
  return JSON.stringify(value, (name, member) => {
    if (typeof member !== 'bigint') {
      return member;
    }
    return JSON_NUMBERS.has(name) ? Number(member) : String(member);
  });
}
