import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { KINDS, readBundle } from '../lib/bundle.js';
import { REFUSALS, Unusable } from '../lib/refusal.js';
import { verify } from '../lib/verifier.js';
import { BLOCK_HASHES, bytesOf, CHAIN_ID, CODES, jsonOf } from './fixtures.js';
import { TAMPERED } from './tampering.js';

const verdictOn = (bundle, blockHashes) =>
  verify(readBundle(JSON.stringify(bundle)), { chainId: CHAIN_ID, blockHashes }, CODES);

for (const [file, blockHashes] of Object.entries(BLOCK_HASHES)) {
  test(`accepts ${file}`, () => {
    const bundle = readBundle(bytesOf(file));
    const steps = [];
    const verdict = verify(bundle, { chainId: CHAIN_ID, blockHashes }, CODES, (step) => steps.push(step));
    assert.equal(verdict.verdict, 'accepted', verdict.detail);
    assert.deepEqual(verdict.claim, bundle.claim);
    assert.equal(verdict.block.hash, blockHashes[0]);
    assert.ok(steps.length >= 4);
  });
}

test('has a bundle of every kind', () => {
  const kinds = new Set(Object.keys(BLOCK_HASHES).map((file) => jsonOf(file).claim.kind));
  assert.deepEqual([...kinds].sort(), [...KINDS].sort());
});

for (const { name, reason, bundle, blockHashes } of TAMPERED) {
  test(`rejects ${name}`, () => {
    const verdict = verdictOn(bundle, blockHashes);
    assert.deepEqual([verdict.verdict, verdict.reason], ['rejected', reason], verdict.detail);
  });
}

test('rejects every other byte of a node, a header and the terms', () => {
  const file = 'holding.json';
  for (const part of ['header', 'cloneCode']) {
    const { length } = jsonOf(file)[part];
    for (let at = 2; at < length; at += 2) {
      assert.equal(verdictOn(...changed(file, (b) => (b[part] = bumped(b[part], at)))).verdict, 'rejected');
    }
  }
  jsonOf(file).nodes.forEach((node, i) => {
    for (let at = 2; at < node.length; at += 16) {
      assert.equal(verdictOn(...changed(file, (b) => (b.nodes[i] = bumped(node, at)))).verdict, 'rejected');
    }
  });
});

test('names every reason that the Java verifier names', () => {
  const java = readFileSync(
    new URL('../../../java/io/fundtrail/proof/Refusal.java', import.meta.url), 'utf8');
  const named = [...java.matchAll(/^ {2}([A-Z_]+)[,;]$/gm)].map(([, name]) => name);
  assert.deepEqual(Object.keys(REFUSALS), named);
});

const holding = () => bytesOf('holding.json').toString();
const commitment = () => bytesOf('commitment-live.json').toString();
const UNUSABLE = {
  'an empty file': () => '',
  'a null': () => 'null',
  'half a bundle': () => holding().slice(0, -1),
  'two bundles': () => holding() + holding(),
  'another format': () => holding().replace('fundtrail-proof/1', 'fundtrail-proof/2'),
  'a member more': () => holding().replace('{', '{"more":1,'),
  'a member less': () => holding().replace('"chainId":"31337",', ''),
  'a member twice': () => holding().replace('"chainId"', '"chainId":"31337","chainId"'),
  'a member of null': () => holding().replace('"31337"', 'null'),
  'a number in place of a string': () => holding().replace('"31337"', '31337'),
  'a number spelt otherwise': () => holding().replace('"31337"', '"031337"'),
  'a fraction': () => holding().replace('"recordDate":0', '"recordDate":0.0'),
  'an exponent': () => holding().replace('"recordDate":0', '"recordDate":0e0'),
  'a zero below zero': () => holding().replace('"recordDate":0', '"recordDate":-0'),
  'a negative index': () => holding().replace('"recordDate":0', '"recordDate":-1'),
  'an index above 2^31-1': () => holding().replace('"recordDate":0', '"recordDate":2147483648'),
  'a null where a member may be missing': () => holding().replace(/"locked":"[0-9]+"/, '"locked":null'),
  'a number above a word': () => holding().replace('"31337"', `"${1n << 256n}"`),
  'a claim in an array': () => holding().replace('"claim":{"kind":"holding",', '"claim":["holding",{').replace(/}}$/, '}]}'),
  'upper-case hex': () => holding().replace('"header":"0xf9', '"header":"0xF9'),
  'half a byte': () => holding().replace('"header":"0xf9', '"header":"0xf'),
  'a short address': () => holding().replace(/"contract":"0x../, '"contract":"0x'),
  'a state of no commitment': () => commitment().replace('"state":"live"', '"state":"lively"'),
  'a status by its number': () => commitment().replace('"round":"open"', '"round":0'),
  'a flag that is a string': () => commitment().replace('"excessPaid":false', '"excessPaid":"false"'),
  'no kind': () => holding().replace('"kind":"holding",', ''),
  'another kind': () => holding().replace('"kind":"holding"', '"kind":"promise"'),
  'the name of an inherited member as its kind': () => holding().replace('"kind":"holding"', '"kind":"toString"'),
  'deep nesting': () => '['.repeat(100_000),
  'five topics': () => bytesOf('history.json').toString().replace('"topics":[', `"topics":[${`"0x${'00'.repeat(32)}",`.repeat(4)}`),
};
for (const [what, text] of Object.entries(UNUSABLE)) {
  test(`has nothing to judge in ${what}`, () => {
    assert.throws(() => readBundle(text()), Unusable);
  });
}

test('has nothing to judge in bytes that are no UTF-8', () => {
  assert.throws(() => readBundle(new Uint8Array([0x7b, 0xff])), Unusable);
  assert.throws(() => readBundle(Buffer.from('\uFEFF' + holding())), Unusable);
});

test('would notice a verifier that accepts: its unchanged originals are accepted', () => {
  for (const file of new Set(TAMPERED.map(({ name }) => name.split(':')[0]))) {
    assert.equal(verdictOn(jsonOf(file), BLOCK_HASHES[file]).verdict, 'accepted');
  }
});

function changed(file, change) {
  const bundle = jsonOf(file);
  change(bundle);
  return [bundle, BLOCK_HASHES[file]];
}

function bumped(hex, at) {
  const byte = (parseInt(hex.slice(at, at + 2), 16) + 1) % 256;
  return hex.slice(0, at) + byte.toString(16).padStart(2, '0') + hex.slice(at + 2);
}
