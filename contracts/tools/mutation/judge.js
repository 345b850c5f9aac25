'use strict';

// Which tests notice which changes. A suite is deployed and set up once; each change that it reaches is a function of its own,
// in which that change is awake while the tests that reach it are called, the cheapest first, until one fails.

const { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } = require('node:fs');
const { createHash } = require('node:crypto');
const { join } = require('node:path');
const { REACHED, RECORD } = require('./weave.js');
const { ROOT, forge } = require('./workshop.js');

const KINDS = /^test\/(unit|scenario|hostile)\//;
// These take longer than all others together, and ask of all of the contracts what others ask of each.
const SLOW = /^test\/hostile\/(matrix\/|Crowds\.t\.sol)/;
const FOLDER = join('cache', 'judge');
const SAMPLES = 6;
/** A changed loop may go on longer than the test did, but not for ever. */
const SPARE_GAS = 50_000_000n;

const word = (number) => BigInt.asUintN(256, BigInt(number)).toString(16).padStart(64, '0');

function padded(hex) {
  return hex.padEnd(Math.ceil(hex.length / 64) * 64, '0');
}

/** An array's element, and how many there are (an empty text: any number); null of other types. */
function arrayOf({ type, components }) {
  const array = type.match(/^(.*)\[(\d*)\]$/);
  return array && { element: { type: array[1], components }, length: array[2] };
}

/** The types of an array's elements or a struct's fields, or null. */
function partsOf(type, value) {
  const array = arrayOf(type);
  if (array) return value.map(() => array.element);
  return type.type === 'tuple' ? type.components : null;
}

function isDynamic(type) {
  const array = arrayOf(type);
  if (array) return array.length === '' || isDynamic(array.element);
  return type.type === 'tuple' ? type.components.some(isDynamic) : ['bytes', 'string'].includes(type.type);
}

/** Values by the contract ABI: numbers as BigInt, bytes and strings as hex without 0x, arrays and structs as arrays. */
function encode(types, values) {
  const encoded = types.map((type, i) => encodeOne(type, values[i]));
  const headSize = encoded.reduce((size, hex, i) => size + (isDynamic(types[i]) ? 32 : hex.length / 2), 0);
  let head = '';
  let tail = '';
  types.forEach((type, i) => {
    head += isDynamic(type) ? word(headSize + tail.length / 2) : encoded[i];
    if (isDynamic(type)) tail += encoded[i];
  });
  return head + tail;
}

function encodeOne(type, value) {
  const parts = partsOf(type, value);
  if (parts) return (type.type.endsWith('[]') ? word(value.length) : '') + encode(parts, value);
  if (['bytes', 'string'].includes(type.type)) return word(value.length / 2) + padded(value);
  return type.type.startsWith('bytes') ? padded(value) : word(value);
}

/** Some value of a type, the same each time for the same seed: often at an end of its range, or small. */
function someValue({ type, components }, seed) {
  const random = BigInt(`0x${createHash('sha256').update(seed).digest('hex')}`);
  const array = arrayOf({ type, components });
  if (array) {
    const length = Number(array.length || random % 4n);
    return Array.from({ length }, (_, i) => someValue(array.element, `${seed}/${i}`));
  }
  if (type === 'tuple') return components.map((field, i) => someValue(field, `${seed}/${i}`));
  if (type === 'bool') return random & 1n;
  if (type === 'bytes' || type === 'string') return word(random).slice(0, 2 * Number((random >> 200n) % 33n));
  if (type.startsWith('bytes')) return word(random).slice(0, 2 * Number(type.slice(5)));
  const bits = type === 'address' ? 160 : Number(type.replace(/\D/g, ''));
  const ends = type.startsWith('int') ? [0n, 1n, -1n] : [0n, 1n, (1n << BigInt(bits)) - 1n];
  const kind = Number((random >> 8n) % 6n);
  if (kind < 3 && type !== 'address') return ends[kind];
  return (random >> 16n) >> BigInt(256 - bits + (kind === 3 ? Math.floor(bits / 2) : 1));
}

/** The calls of a suite's tests; of a fuzz test, with some arguments. */
function callsOf({ abi, methodIdentifiers }) {
  const signature = ({ name, inputs }) => `${name}(${inputs.map(canonical).join(',')})`;
  return abi
    .filter(({ type, name }) => type === 'function' && /^test/.test(name))
    .flatMap((test) => {
      const selector = methodIdentifiers[signature(test)];
      const seeds = test.inputs.length === 0 ? [0] : Array.from({ length: SAMPLES }, (_, i) => i);
      return seeds.map((seed) => selector + encode(test.inputs, test.inputs.map((input, i) => someValue(input, `${test.name}/${seed}/${i}`))));
    });
}

function canonical({ type, components }) {
  return type.startsWith('tuple') ? `(${components.map(canonical).join(',')})${type.slice(5)}` : type;
}

/** Every suite of tests: where its code is, its file, and its calls. */
function suites() {
  const found = [];
  for (const file of readdirSync(join(ROOT, 'out'), { recursive: true }).filter((name) => /\.t\.sol\/\w+\.json$/.test(name)).sort()) {
    const artifact = JSON.parse(readFileSync(join(ROOT, 'out', file), 'utf8'));
    const [path] = Object.keys(artifact.metadata.settings.compilationTarget);
    if (!KINDS.test(path) || SLOW.test(path) || artifact.bytecode.object === '0x') continue;
    const calls = callsOf(artifact);
    if (calls.length === 0) continue;
    const setsUp = 'setUp()' in artifact.methodIdentifiers;
    const recorder = artifact.storageLayout.storage.find(({ label }) => label === 'recorder')?.slot ?? '0';
    found.push({ path, artifact: join('out', file), calls, setsUp, recorder });
  }
  return found;
}

const bytesList = [{ type: 'bytes[]' }, { type: 'uint256[]' }];

/** Has the judge run functions of its own; resolves to what forge said. */
function runJudge(suite, pattern) {
  const env = { JUDGE_FOLDER: FOLDER, JUDGE_SUITE: suite.artifact, JUDGE_SETUP: String(suite.setsUp), JUDGE_RECORDER: suite.recorder };
  return forge(['--match-path', 'test/Judge.t.sol', '--match-test', pattern, '--json'], env);
}

function writeCalls(calls, limits) {
  rmSync(join(ROOT, FOLDER), { recursive: true, force: true });
  mkdirSync(join(ROOT, FOLDER), { recursive: true });
  writeFileSync(join(ROOT, FOLDER, 'calls'), Buffer.from(encode(bytesList, [calls, limits]), 'hex'));
}

/** What Judge.test_reach wrote: of each test, and last of setUp, which changes it reached. */
function readSeen() {
  const seen = readFileSync(join(ROOT, FOLDER, 'seen'));
  const reached = readFileSync(join(ROOT, REACHED), 'utf8').split('-\n').map((ids) => new Set(ids.split('\n').filter(Boolean).map(Number)));
  const number = (at) => BigInt(`0x${seen.subarray(at, at + 32).toString('hex')}`);
  const tests = Array.from({ length: Number(number(32)) }, (_, i) => {
    const at = 64 + 96 * i;
    return { passes: number(at) === 1n, gas: number(at + 32), followed: number(at + 64) === 1n, reached: reached[i] };
  });
  return { tests, setUpReaches: reached[tests.length] };
}

/**
 * Adds to a suite its tests that pass here, by the gas they take, each with the changes that it reaches, and those that setUp
 * reaches. A test that cannot be followed, for it counts its gas, passes for one that reaches what any does.
 */
async function explore(suite) {
  writeCalls(suite.calls, []);
  const said = await runJudge(suite, '^test_(reach|again)');
  let seen;
  let again;
  try {
    seen = readSeen();
    again = readFileSync(join(ROOT, FOLDER, 'again'));
  } catch {
    throw new Error(`${suite.path} cannot be judged by\n${said.slice(0, 4000)}`);
  }
  suite.setUpReaches = seen.setUpReaches;
  const any = new Set(seen.tests.flatMap(({ reached }) => [...reached]));
  suite.tests = seen.tests
    .map((test, i) => ({ ...test, call: suite.calls[i], passesAgain: again[i] === 1, reached: test.followed ? test.reached : any }))
    .filter(({ passes }) => passes)
    .sort((a, b) => (a.gas < b.gas ? -1 : 1));
  await control(suite, false);
  await control(suite, true);
  suite.gas = suite.tests.reduce((sum, { gas }) => sum + gas, 0n);
}

/** Which of a suite's tests may notice a change; those of an instance that is set up with the change awake, if that matters. */
function askedAbout(suite, id) {
  const again = suite.setUpReaches.has(id);
  const asked = suite.tests.flatMap(({ reached, passes, passesAgain }, i) => ((again ? passesAgain : passes && reached.has(id)) ? [i] : []));
  return { again, asked };
}

function reaches(suite, id) {
  return askedAbout(suite, id).asked.length > 0;
}

const plan = (again, asked) => Buffer.from([Number(again), ...asked.flatMap((i) => [i >> 8, i & 255])]);

/** What forge said of the judge's functions, by their names. */
function resultsIn(said, suite) {
  const start = said.indexOf('{"');
  if (start < 0) throw new Error(`${suite.path} cannot be judged by\n${said.slice(0, 4000)}`);
  return Object.values(JSON.parse(said.slice(start)))[0].test_results;
}

/** Leaves out those tests that fail with nothing changed when the others have run before them; `again`: in a second instance. */
async function control(suite, again) {
  const passes = again ? 'passesAgain' : 'passes';
  for (;;) {
    const asked = suite.tests.flatMap((test, i) => (test[passes] ? [i] : []));
    writeCalls(suite.tests.map(({ call }) => call), suite.tests.map(limitOf));
    writeFileSync(join(ROOT, FOLDER, again ? String(Number(RECORD) - 1) : '0'), plan(again, asked));
    const [{ status, reason }] = Object.values(resultsIn(await runJudge(suite, `^test_control_${Number(again)}`), suite));
    if (status === 'Success') return;
    if (!/^\d+$/.test(reason)) throw new Error(`${suite.path} has no control: ${reason}`);
    console.log(`  ${suite.path} without the call ${suite.tests[Number(reason)].call.slice(0, 8)}${again ? ' again' : ''}`);
    suite.tests[Number(reason)][passes] = false;
  }
}

const limitOf = ({ gas }) => 2n * gas + SPARE_GAS;

/** Those of some changes that a suite notices. */
async function noticed(suite, ids) {
  writeCalls(suite.tests.map(({ call }) => call), suite.tests.map(limitOf));
  for (const id of ids) {
    const { again, asked } = askedAbout(suite, id);
    writeFileSync(join(ROOT, FOLDER, String(id)), plan(again, asked));
  }
  const results = resultsIn(await runJudge(suite, `^test_(${ids.join('|')})_`), suite);
  return ids.filter((id) => {
    const result = results[`test_${id}_()`];
    if (!result) throw new Error(`nothing is said of ${id} by ${suite.path}`);
    return result.status === 'Failure';
  });
}

module.exports = { explore, noticed, reaches, suites };
