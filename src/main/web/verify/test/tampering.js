// Bundles that somebody changed, and why each is rejected: the reason is fixed here, and has to be
// the one that the Java verifier gives.

import { RLP } from '@ethereumjs/rlp';
import { keccak, toBytes, toHex } from '../lib/bytes.js';
import { BLOCK_HASHES, jsonOf } from './fixtures.js';

const clone = (json) => structuredClone(json);
const flipped = (hex, at) => {
  const byte = parseInt(hex.slice(2 + 2 * at, 4 + 2 * at), 16) ^ 1;
  return hex.slice(0, 2 + 2 * at) + byte.toString(16).padStart(2, '0') + hex.slice(4 + 2 * at);
};
const sorted = (nodes) => nodes.toSorted((a, b) => (keccak(a) < keccak(b) ? -1 : 1));
const plusOne = (decimal) => String(BigInt(decimal) + 1n);
const STRANGER = '0x' + 'ff'.repeat(20);
const field = (header, index, value) => {
  const fields = RLP.decode(toBytes(header));
  fields[index] = value;
  return toHex(RLP.encode(fields));
};

/** Changes of the material, which hold of every kind alike. */
const OF_EVERY_KIND = [
  ['another chain', 'OTHER_CHAIN', (b) => (b.chainId = '1')],
  ['a header with another byte', 'UNTRUSTED_HEADER', (b) => (b.header = flipped(b.header, 100))],
  ['an empty header', 'UNTRUSTED_HEADER', (b) => (b.header = '0x')],
  ['no nodes', 'MISSING_NODE', (b) => (b.nodes = [])],
  ['without the first node', 'MISSING_NODE', (b) => b.nodes.shift()],
  ['without the last node', 'MISSING_NODE', (b) => b.nodes.pop()],
  ['a node with another byte', 'MISSING_NODE', (b) => (b.nodes[0] = flipped(b.nodes[0], 5))],
  ['a node twice', 'DUPLICATE_MATERIAL', (b) => b.nodes.splice(1, 0, b.nodes[0])],
  ['two nodes swapped', 'UNSORTED_MATERIAL', (b) => b.nodes.reverse()],
  ['a node more', 'UNUSED_MATERIAL', (b) => (b.nodes = sorted([...b.nodes, '0xc0']))],
  ['a node more that is no RLP', 'UNUSED_MATERIAL', (b) => (b.nodes = sorted([...b.nodes, '0x']))],
];

/** Changes of what proves a contract's code. */
const OF_CODE = [
  ['another contract', 'MISSING_NODE', (b) => (b.contract = STRANGER)],
  ['no code of the clone', 'MISSING_CODE', (b) => (b.cloneCode = '0x')],
  ['other terms', 'OTHER_CODE', (b) => (b.cloneCode = flipped(b.cloneCode, 60))],
  ['terms cut off', 'OTHER_CODE', (b) => (b.cloneCode = b.cloneCode.slice(0, -2))],
  ['no codes', 'MISSING_CODE', (b) => (b.codes = [])],
  ['a code twice', 'DUPLICATE_MATERIAL', (b) => b.codes.push(b.codes[0])],
  ['a code that is not listed', 'UNLISTED_CODE', (b) =>
    b.codes.forEach((code) => (code.template = flipped(code.template, 0)))],
  ['other immutables', 'OTHER_CODE', (b) =>
    b.codes.forEach(({ immutables }) =>
      Object.keys(immutables).forEach((name) => (immutables[name] = flipped(immutables[name], 31))))],
  ['an immutable more', 'OTHER_CODE', (b) =>
    b.codes.forEach((code) => (code.immutables.MORE = '0x' + '00'.repeat(32)))],
  ['a code more', 'UNUSED_MATERIAL', (b) => b.codes.push({ ...b.codes[0], address: STRANGER })],
];

const claim = (change) => (b) => change(b.claim);
const CLAIMS = {
  'holding.json': [
    ['a share more', 'OTHER_CLAIM', claim((c) => (c.balance = plusOne(c.balance)))],
    ['another time', 'OTHER_CLAIM', claim((c) => c.time++)],
    ['a time before 1970', 'OTHER_CLAIM', claim((c) => (c.time = -1))],
    ['nothing said of locks', 'OTHER_CLAIM', claim((c) => delete c.locked)],
    ['a share more locked', 'OTHER_CLAIM', claim((c) => (c.locked = plusOne(c.locked)))],
    ['another wallet', 'UNUSED_MATERIAL', claim((c) => (c.wallet = STRANGER))],
    ['a record date of which nothing is proven', 'MISSING_NODE', claim((c) => (c.recordDate = 1))],
  ],
  'holding-none.json': [
    ['a share', 'OTHER_CLAIM', claim((c) => (c.balance = '1'))],
  ],
  'holding-locked-moved.json': [
    ['a lock less', 'OTHER_CLAIM', claim((c) => (c.locked = '0'))],
  ],
  'holding-record-date.json': [
    ['what was held later', 'OTHER_CLAIM', claim((c) => (c.balance = '1500'))],
    ['locks at a record date', 'OTHER_CLAIM', claim((c) => (c.locked = '0'))],
    ["the block's time", 'OTHER_CLAIM', claim((c) => (c.time = c.time + 1))],
  ],
  'holding-checkpoint.json': [
    ['what is held now', 'OTHER_CLAIM', claim((c) => (c.balance = '399391'))],
  ],
  'register.json': [
    ['a share moved from one to another', 'OTHER_CLAIM', claim(({ holders: [a, b] }) => {
      a.shares = plusOne(a.shares);
      b.shares = String(BigInt(b.shares) - 1n);
    })],
    ['a holder left out', 'INCOMPLETE_REGISTER', claim((c) => c.holders.pop())],
    ['no holders', 'INCOMPLETE_REGISTER', claim((c) => (c.holders = []))],
    ['a holder twice', 'DUPLICATE_MATERIAL', claim((c) => c.holders.unshift(c.holders[0]))],
    ['a holder twice in place of another', 'DUPLICATE_MATERIAL', claim((c) => (c.holders[1] = c.holders[0]))],
    ['holders in another order', 'UNSORTED_MATERIAL', claim((c) => c.holders.reverse())],
    ['a larger supply', 'OTHER_CLAIM', claim((c) => (c.supply = plusOne(c.supply)))],
  ],
  'register-birth.json': [
    ['someone who holds nothing', 'MISSING_NODE', (b) => {
      b.claim.holders = [{ wallet: STRANGER, shares: '0' }];
      b.nodes = b.nodes.slice(0, -1);
    }],
  ],
  'register-record-date.json': [
    ['a holder left out', 'INCOMPLETE_REGISTER', claim((c) => c.holders.shift())],
    ['as of the block', 'OTHER_CLAIM', claim((c) => (c.time = c.time - 1))],
  ],
  'history.json': [
    ['a log left out', 'OTHER_HISTORY', claim((c) => c.events.splice(2, 1))],
    ['the first log left out', 'OTHER_HISTORY', claim((c) => c.events.shift())],
    ['the last log left out', 'OTHER_HISTORY', claim((c) => c.events.pop())],
    ['a log twice', 'OTHER_HISTORY', claim((c) => c.events.push(c.events.at(-1)))],
    ['no logs', 'OTHER_HISTORY', claim((c) => (c.events = []))],
    ['two logs swapped', 'OTHER_HISTORY', claim((c) => c.events.splice(2, 2, c.events[3], c.events[2]))],
    ["another block's number", 'OTHER_HISTORY', claim((c) => c.events[0].block++)],
    ["another block's time", 'OTHER_HISTORY', claim((c) => c.events[0].time++)],
    ['a topic moved into the data', 'OTHER_HISTORY', claim(({ events: [, , log] }) => {
      log.data = '0x' + log.topics.pop().slice(2) + log.data.slice(2);
    })],
    ['another topic', 'OTHER_HISTORY', claim((c) => (c.events[2].topics[1] = flipped(c.events[2].topics[1], 9)))],
    ['other data', 'OTHER_HISTORY', claim((c) => (c.events[2].data = flipped(c.events[2].data, 31)))],
    ['another head', 'OTHER_CLAIM', claim((c) => (c.head = flipped(c.head, 0)))],
    ['an earlier head', 'OTHER_CLAIM', claim((c) => (c.earlierHead = '0x' + '11'.repeat(32)))],
    ['an earlier header that nobody knows', 'UNTRUSTED_HEADER', claim((c) => (c.earlierHeader = '0xc0'))],
    ['itself as the earlier header', 'NOT_EARLIER', (b) => (b.claim.earlierHeader = b.header)],
  ],
  'history-since.json': [
    ['from the birth', 'OTHER_HISTORY', claim((c) => (c.earlierHeader = '0x'))],
    ['a log left out', 'OTHER_HISTORY', claim((c) => c.events.shift())],
    ['another earlier head', 'OTHER_CLAIM', claim((c) => (c.earlierHead = flipped(c.earlierHead, 3)))],
  ],
  'event.json': [
    ['another contract', 'NO_SUCH_EVENT', (b) => (b.contract = STRANGER)],
    ['another log', 'NO_SUCH_EVENT', claim((c) => (c.logIndex = 1000))],
    ['another transaction', 'NO_SUCH_EVENT', claim((c) => (c.transactionIndex += 16))],
    ['another hash', 'OTHER_CLAIM', claim((c) => (c.transaction = flipped(c.transaction, 1)))],
    ['other data', 'OTHER_CLAIM', claim((c) => (c.data = flipped(c.data, 31)))],
    ['a topic less', 'OTHER_CLAIM', claim((c) => c.topics.pop())],
    ['five topics', 'OTHER_CLAIM', claim((c) => (c.topics = Array(5).fill(c.topics[0])))],
    ['code of a clone', 'UNUSED_MATERIAL', (b) => (b.cloneCode = '0x00')],
    ['a code', 'UNUSED_MATERIAL', (b) => (b.codes = jsonOf('holding.json').codes.slice(0, 1))],
  ],
  'commitment-live.json': [
    ['a share more', 'OTHER_CLAIM', claim((c) => (c.shares = plusOne(c.shares)))],
    ['more money', 'OTHER_CLAIM', claim((c) => (c.amount = plusOne(c.amount)))],
    ['another wallet', 'OTHER_CLAIM', claim((c) => (c.wallet = STRANGER))],
    ['another token', 'OTHER_CLAIM', claim((c) => (c.token = STRANGER))],
    ['another time', 'OTHER_CLAIM', claim((c) => c.committedAt++)],
    ['that it was settled', 'OTHER_CLAIM', claim((c) => (c.state = 'settled'))],
    ['that the round failed', 'OTHER_CLAIM', claim((c) => (c.round = 'failed'))],
    ['shares allotted already', 'OTHER_CLAIM', claim((c) => (c.allotted = '1'))],
    ['money given back', 'OTHER_CLAIM', claim((c) => (c.excessPaid = true))],
    ['another person', 'MISSING_NODE', claim((c) => (c.identity = '0x' + '11'.repeat(32)))],
  ],
  'commitment-settled.json': [
    ['a share less allotted', 'OTHER_CLAIM', claim((c) => (c.allotted = String(BigInt(c.allotted) - 1n)))],
    ['that it is live', 'OTHER_CLAIM', claim((c) => (c.state = 'live'))],
  ],
  'commitment-cancelled.json': [
    ['that it is live', 'OTHER_CLAIM', claim((c) => (c.state = 'live'))],
  ],
  'commitment-none.json': [
    ['a commitment', 'OTHER_CLAIM', claim((c) => (c.state = 'live'))],
  ],
  'solvency-trust-funded.json': [
    ['less owed', 'OTHER_CLAIM', claim((c) => (c.owed = '0'))],
    ['more held', 'OTHER_CLAIM', claim((c) => (c.held = plusOne(c.held)))],
    ['another token', 'OTHER_CLAIM', claim((c) => (c.token = STRANGER))],
  ],
  'solvency-open.json': [
    ['less owed', 'OTHER_CLAIM', claim((c) => (c.owed = '0'))],
  ],
  'solvency-distribution.json': [
    ['less owed', 'OTHER_CLAIM', claim((c) => (c.owed = '0'))],
  ],
};

/** One bundle's claim put under another's material. */
const ASKED_OTHERWISE = [
  ['solvency of a share class', 'holding.json', 'OTHER_CONTRACT', (b) =>
    (b.claim = jsonOf('solvency-trust.json').claim)],
  ['a holding in a trust', 'solvency-trust.json', 'OTHER_CONTRACT', (b) =>
    (b.claim = jsonOf('holding.json').claim)],
  ['a commitment to a share class', 'holding.json', 'OTHER_CONTRACT', (b) =>
    (b.claim = jsonOf('commitment-live.json').claim)],
  ['a register of a trust', 'history-trust.json', 'OTHER_CONTRACT', (b) =>
    (b.claim = jsonOf('register.json').claim)],
  ["another block's header", 'holding.json', 'UNTRUSTED_HEADER', (b) =>
    (b.header = jsonOf('event.json').header)],
];

/** Headers that the caller trusts although they are none, or have other roots. */
const TRUSTED_ANYHOW = [
  ['a header of no RLP', 'MALFORMED_HEADER', (b) => (b.header = '0xc1')],
  ['a header of one field less', 'MALFORMED_HEADER', (b) =>
    (b.header = toHex(RLP.encode(RLP.decode(toBytes(b.header)).slice(0, -2))))],
  ['a number with a leading zero', 'MALFORMED_HEADER', (b) =>
    (b.header = field(b.header, 8, toBytes('0x0001')))],
  ['a time of nine bytes', 'MALFORMED_HEADER', (b) =>
    (b.header = field(b.header, 11, toBytes('0x' + '01'.repeat(9))))],
  ['a number above 2^63', 'MALFORMED_HEADER', (b) =>
    (b.header = field(b.header, 8, toBytes('0x' + 'ff'.repeat(8))))],
  ['a short bloom', 'MALFORMED_HEADER', (b) => (b.header = field(b.header, 6, toBytes('0x00')))],
  ['an empty state', 'NO_CONTRACT', (b) =>
    (b.header = field(b.header, 3, toBytes(keccak('0x80'))))],
  ['a state that is no trie', 'MALFORMED_NODE', (b) => rooted(b, '0x83aabbcc')],
  ['a state that is no RLP', 'MALFORMED_NODE', (b) => rooted(b, '0xc2')],
  ['a state of a leaf without value', 'MALFORMED_NODE', (b) =>
    rooted(b, toHex(RLP.encode([toBytes('0x20'), new Uint8Array()])))],
  ['a state of three items', 'MALFORMED_NODE', (b) => rooted(b, '0xc3010203')],
  ['an extension without a path', 'MALFORMED_NODE', (b) =>
    rooted(b, toHex(RLP.encode([toBytes('0x00'), toBytes('0x' + '11'.repeat(32))])))],
  ['a path of no hex prefix', 'MALFORMED_NODE', (b) =>
    rooted(b, toHex(RLP.encode([toBytes('0x40'), toBytes('0x01')])))],
  ['a path that is padded otherwise', 'MALFORMED_NODE', (b) =>
    rooted(b, toHex(RLP.encode([toBytes('0x2f'), toBytes('0x01')])))],
  ['a child of 31 bytes', 'MALFORMED_NODE', (b) =>
    rooted(b, toHex(RLP.encode(Array(17).fill(toBytes('0x' + '11'.repeat(31))))))],
  ['an account that is none', 'MALFORMED_VALUE', (b) => leaf(b, '0xc0')],
  ['an account of a long nonce', 'MALFORMED_VALUE', (b) =>
    leaf(b, toHex(RLP.encode([toBytes('0x' + 'ff'.repeat(8)), '0x', toBytes(keccak('0x')), toBytes(keccak('0x'))])))],
  ['an account at another key', 'NO_CONTRACT', (b) => leaf(b, '0xc0', STRANGER)],
];

function rooted(b, node) {
  b.nodes = sorted([...b.nodes, node]);
  b.header = field(b.header, 3, toBytes(keccak(node)));
}

/** A state of one account. */
function leaf(b, value, address = b.contract) {
  const key = keccak(address);
  rooted(b, toHex(RLP.encode([toBytes('0x20' + key.slice(2)), toBytes(value)])));
}

function tampered(file, what, reason, change, trusts = (hashes) => hashes) {
  const bundle = clone(jsonOf(file));
  change(bundle);
  return { name: `${file}: ${what}`, reason, bundle, blockHashes: trusts(BLOCK_HASHES[file], bundle) };
}

const KINDS = ['holding.json', 'register.json', 'history.json', 'event.json', 'solvency-trust-funded.json', 'commitment-live.json'];
const WITH_CODE = KINDS.filter((file) => file !== 'event.json');

export const TAMPERED = [
  ...KINDS.flatMap((file) => OF_EVERY_KIND.map((change) => tampered(file, ...change))),
  ...WITH_CODE.flatMap((file) => OF_CODE.map((change) => tampered(file, ...change))),
  ...Object.entries(CLAIMS).flatMap(([file, changes]) =>
    changes.map((change) => tampered(file, ...change))),
  ...ASKED_OTHERWISE.map(([what, file, ...change]) => tampered(file, what, ...change)),
  ...TRUSTED_ANYHOW.map((change) =>
    tampered('holding.json', ...change, (_, { header }) => [keccak(header)])),
  tampered('holding.json', 'a block that nobody knows', 'UNTRUSTED_HEADER', () => {}, () => ['0x' + '00'.repeat(32)]),
  tampered('history-since.json', 'an earlier block that nobody knows', 'UNTRUSTED_HEADER', () => {}, ([later]) => [later]),
];
