'use strict';

// A copy of the contracts with every change of contracts/src woven in, compiled once.

const { spawn, spawnSync } = require('node:child_process');
const { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } = require('node:fs');
const { dirname, join, normalize } = require('node:path');
const { FORGE } = require('../forge.js');
const { CONTRACTS, filesUnder, read, sha256 } = require('../sources.js');
const { MUTANT, MUTANT_TEXT, REACHED, RECORD, changesAt, weave, withUnless } = require('./weave.js');

const ROOT = join(CONTRACTS, 'cache', 'mutation', 'workshop');
const DROPPED = join(CONTRACTS, 'cache', 'mutation', 'dropped.json');
const GUARD = '@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol';
const GUARD_COPY = 'src/ReentrancyGuardTransient.sol';
// Without the optimizer but for what the compiler itself writes, every statement stays where it is.
const STATEMENTS_ONLY = { enabled: false, details: { yul: true, yulDetails: { stackAllocation: true } } };

function remappings() {
  const toml = readFileSync(join(CONTRACTS, 'foundry.toml'), 'utf8');
  return toml.match(/remappings = \[([^\]]*)\]/)[1].match(/"[^"]+"/g).map((one) => one.slice(1, -1));
}

function resolve(from, imported, prefixes) {
  if (imported.startsWith('.')) return normalize(join(dirname(from), imported));
  const [prefix, target] = prefixes.find(([start]) => imported.startsWith(start)) ?? ['', ''];
  return normalize(target + imported.slice(prefix.length));
}

function withImports(texts, prefixes) {
  const sources = {};
  const add = (path) => {
    if (path in sources) return;
    const content = texts[path] ?? read(path);
    sources[path] = { content };
    for (const [, imported] of content.matchAll(/^\s*(?:import|\}\s*from)[^;"]*"([^"]+)"\s*;/gm)) add(resolve(path, imported, prefixes));
  };
  Object.keys(texts).forEach(add);
  return sources;
}

/** What solc refuses of these texts: in which file, from which byte to which, and why. */
function refusals(texts, wanted) {
  const compiler = require('solc/wrapper')(require('solc/soljson.js'));
  const prefixes = remappings();
  const settings = { remappings: prefixes, evmVersion: 'cancun', optimizer: STATEMENTS_ONLY, outputSelection: { '*': { '*': [wanted] } } };
  const sources = withImports(texts, prefixes.map((one) => one.split('=')));
  const { errors = [] } = JSON.parse(compiler.compile(JSON.stringify({ language: 'Solidity', sources, settings })));
  return errors.filter(({ severity }) => severity === 'error').map((error) => ({ ...error.sourceLocation, message: error.formattedMessage }));
}

/** Drops the changes that a refusal is about; false if it is about none. */
function drop({ file, start, end, message }, texts, dropped) {
  const bytes = Buffer.from(texts[file] ?? '');
  const at = (offset) => bytes.subarray(0, offset).toString().length;
  const ids = changesAt(texts[file] ?? '', at(start), at(end)).filter((id) => !dropped.has(id));
  if (ids.length === 0) console.error(message);
  ids.forEach((id) => dropped.add(id));
  return ids.length > 0;
}

/** All changes by file, the texts they are woven into, and the numbers of those that could not be. */
function weaveAll() {
  const guard = withUnless(read(`node_modules/${GUARD}`));
  const paths = filesUnder('src', '.sol');
  const by = sha256(...['operators', 'weave'].map((name) => read(`tools/mutation/${name}.js`)));
  const before = existsSync(DROPPED) ? JSON.parse(readFileSync(DROPPED, 'utf8')) : {};
  const known = Object.fromEntries(
    paths.filter((path) => before.by === by && before.files[path]?.source === sha256(read(path))).map((path) => [path, before.files[path].dropped])
  );
  const dropped = new Set();
  const changes = {};
  const texts = {};
  const weaveFiles = () => {
    let next = 1;
    for (const path of paths) {
      if (!(path in changes)) known[path]?.forEach((index) => dropped.add(next + index));
      const woven = weave(read(path), next, dropped);
      next += woven.changes.length;
      changes[path] = woven.changes;
      texts[path] = woven.text.replace(GUARD, GUARD_COPY);
    }
    texts[MUTANT] = MUTANT_TEXT;
    texts[GUARD_COPY] = guard
      .replace(/^(pragma solidity [^;]*;)/m, `$1\nimport {Mutant} from "${MUTANT}";`)
      .replace('"./TransientSlot.sol"', '"@openzeppelin/contracts/utils/TransientSlot.sol"');
  };
  if (paths.every((path) => path in known)) weaveFiles();
  else for (const wanted of ['abi', 'evm.deployedBytecode.object']) {
    for (let round = 0; ; ++round) {
      weaveFiles();
      const refused = refusals(texts, wanted);
      if (refused.length === 0) break;
      console.log(`  the compiler refuses ${refused.length} places (${wanted}, ${round})`);
      if (!refused.map((one) => drop(one, texts, dropped)).some(Boolean)) throw new Error(refused[0].message);
    }
  }
  const indices = (path) => changes[path].flatMap(({ id }, index) => (dropped.has(id) ? [index] : []));
  const files = Object.fromEntries(paths.map((path) => [path, { source: sha256(read(path)), dropped: indices(path) }]));
  writeFileSync(DROPPED, JSON.stringify({ by, files }));
  return { changes, texts, dropped };
}

function writeCopy(texts) {
  mkdirSync(ROOT, { recursive: true });
  for (const name of ['src', 'test', 'tools', 'snapshots']) {
    rmSync(join(ROOT, name), { recursive: true, force: true });
    cpSync(join(CONTRACTS, name), join(ROOT, name), { recursive: true, preserveTimestamps: true });
  }
  for (const [path, text] of Object.entries(texts)) writeFileSync(join(ROOT, path), text);
  const toml = readFileSync(join(CONTRACTS, 'foundry.toml'), 'utf8')
    .replace('[profile.default]', '[profile.default]\ncode_size_limit = 1_000_000')
    .replace('path = "test/hostile/matrix"', 'path = "./"');
  writeFileSync(join(ROOT, 'foundry.toml'), toml);
  if (!existsSync(join(ROOT, 'node_modules'))) symlinkSync(join(CONTRACTS, 'node_modules'), join(ROOT, 'node_modules'));
}

const ENVIRONMENT = {
  ...process.env,
  SOLC_STATEMENTS_ONLY: '1',
  FOUNDRY_GAS_SNAPSHOT_CHECK: 'false',
  // What all tests of a suite take one after the other; the judge says what each may take.
  FOUNDRY_GAS_LIMIT: '10000000000000',
};

/** Runs tests; resolves to all that forge said. */
function forge(args, env) {
  return new Promise((resolve, reject) => {
    const running = spawn(FORGE, ['test', ...args], { cwd: ROOT, env: { ...ENVIRONMENT, ...env } });
    const said = [];
    for (const stream of [running.stdout, running.stderr]) stream.on('data', (data) => said.push(data));
    running.on('error', reject);
    running.on('close', () => resolve(Buffer.concat(said).toString('utf8')));
  });
}

/** The contract that judges, with a function for each change. */
function judgeText(changes) {
  const tests = changes.map(({ id }) => `function test_${id}_() external { judge(${id}); }`).join('\n');
  return read('tools/mutation/Judge.sol')
    .replace('/*REACHED*/', REACHED)
    .replace('/*RECORD*/0', RECORD)
    .replace('/*TESTS*/', tests);
}

/** Weaves and compiles; resolves to the changes by file, each with its number, and whether it could be woven. */
function prepare() {
  const { changes, texts, dropped } = weaveAll();
  const woven = Object.values(changes).flat().filter(({ id }) => !dropped.has(id));
  writeCopy({ ...texts, 'test/Judge.t.sol': judgeText(woven) });
  const { status, stdout, stderr } = spawnSync(FORGE, ['build'], { cwd: ROOT, env: ENVIRONMENT, encoding: 'utf8', maxBuffer: 1 << 30 });
  if (status !== 0) throw new Error(`${stdout}\n${stderr}`);
  for (const change of Object.values(changes).flat()) change.woven = !dropped.has(change.id);
  return changes;
}

module.exports = { ROOT, forge, prepare };
