'use strict';

// A copy of the contracts with every change of contracts/src woven in, compiled once.

const { spawn, spawnSync } = require('node:child_process');
const { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } = require('node:fs');
const { dirname, join, normalize } = require('node:path');
const { FORGE } = require('../forge.js');
const { CONTRACTS, filesUnder, read, sha256 } = require('../sources.js');
const { MUTANT, MUTANT_TEXT, changesAt, weave, withUnless } = require('./weave.js');

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
  const from = sha256(...filesUnder('src', '.sol').map(read), ...['operators', 'weave'].map((name) => read(`tools/mutation/${name}.js`)));
  const known = existsSync(DROPPED) ? JSON.parse(readFileSync(DROPPED, 'utf8')) : {};
  const dropped = new Set(known.from === from ? known.dropped : []);
  const changes = {};
  const texts = {};
  const weaveFiles = () => {
    let next = 1;
    for (const path of filesUnder('src', '.sol')) {
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
  if (known.from === from) weaveFiles();
  else for (const wanted of ['abi', 'evm.deployedBytecode.object']) {
    for (let round = 0; ; ++round) {
      weaveFiles();
      const refused = refusals(texts, wanted);
      if (refused.length === 0) break;
      console.log(`  the compiler refuses ${refused.length} places (${wanted}, ${round})`);
      if (!refused.map((one) => drop(one, texts, dropped)).some(Boolean)) throw new Error(refused[0].message);
    }
  }
  writeFileSync(DROPPED, JSON.stringify({ from, dropped: [...dropped] }));
  return { changes, texts, dropped };
}

function writeCopy(texts) {
  mkdirSync(ROOT, { recursive: true });
  for (const name of ['src', 'test', 'tools', 'snapshots']) {
    rmSync(join(ROOT, name), { recursive: true, force: true });
    cpSync(join(CONTRACTS, name), join(ROOT, name), { recursive: true, preserveTimestamps: true });
  }
  for (const [path, text] of Object.entries(texts)) writeFileSync(join(ROOT, path), text);
  const toml = readFileSync(join(CONTRACTS, 'foundry.toml'), 'utf8').replace('[profile.default]', '[profile.default]\ncode_size_limit = 1_000_000');
  writeFileSync(join(ROOT, 'foundry.toml'), toml);
  if (!existsSync(join(ROOT, 'node_modules'))) symlinkSync(join(CONTRACTS, 'node_modules'), join(ROOT, 'node_modules'));
}

const ENVIRONMENT = {
  ...process.env,
  SOLC_STATEMENTS_ONLY: '1',
  FOUNDRY_GAS_SNAPSHOT_CHECK: 'false',
  FOUNDRY_FUZZ_RUNS: '50',
  // A change that makes a loop endless ends with the gas, in half a minute; the longest test takes five thousand million.
  FOUNDRY_GAS_LIMIT: '6000000000',
};

/**
 * Runs tests with one change awake (none: 0), in one of several caches: forge writes into its own each time. What takes too
 * long is ended by the seconds it computed, which are the same on a busy machine.
 */
function forge(id, args, cache, minutes = 10) {
  const persisted = join(ROOT, 'cache', 'failures', String(id));
  const env = { ...ENVIRONMENT, FOUNDRY_FUZZ_FAILURE_PERSIST_DIR: persisted, FOUNDRY_CACHE_PATH: cache };
  const coinbase = `0x${id.toString(16).padStart(40, '0')}`;
  return new Promise((resolve, reject) => {
    const limited = ['-c', `ulimit -t ${minutes * 60}; exec "$@"`, 'sh', FORGE, 'test', '--block-coinbase', coinbase];
    const running = spawn('/bin/sh', [...limited, ...args], { cwd: ROOT, env });
    const said = [];
    for (const stream of [running.stdout, running.stderr]) stream.on('data', (data) => said.push(data));
    running.on('error', reject);
    running.on('close', (status, signal) => {
      rmSync(persisted, { recursive: true, force: true });
      resolve({ status, signal, said: Buffer.concat(said).toString('utf8') });
    });
  });
}

/** A worker's own copy of what forge knows to be compiled. */
function cacheOf(worker) {
  const cache = `cache-${worker}`;
  mkdirSync(join(ROOT, cache), { recursive: true });
  cpSync(join(ROOT, 'cache', 'solidity-files-cache.json'), join(ROOT, cache, 'solidity-files-cache.json'));
  return cache;
}

/** Weaves and compiles; resolves to the changes by file, each with its number, and whether it could be woven. */
function prepare() {
  const { changes, texts, dropped } = weaveAll();
  writeCopy(texts);
  const { status, stdout, stderr } = spawnSync(FORGE, ['build'], { cwd: ROOT, env: ENVIRONMENT, encoding: 'utf8', maxBuffer: 1 << 30 });
  if (status !== 0) throw new Error(`${stdout}\n${stderr}`);
  for (const change of Object.values(changes).flat()) change.woven = !dropped.has(change.id);
  return changes;
}

function failuresIn(said) {
  return [...said.matchAll(/^\[FAIL.*\] (\w+)\(/gm)].map(([, name]) => name);
}

/** The tests that fail with nothing changed, for they want the optimizer's gas or a contract's true size. */
async function failingAsleep(match) {
  const { said } = await forge(0, match, 'cache', 60);
  if (!/tests passed/.test(said)) throw new Error(said);
  return [...new Set(failuresIn(said))];
}

/** Which test notices a change; null if none of these does. */
async function noticedBy(id, match, cache) {
  const { status, signal, said } = await forge(id, ['--fail-fast', ...match], cache);
  if (signal) return 'it does not end';
  if (/^Compiling \d/m.test(said)) throw new Error(`forge compiles what should stand still\n${said}`);
  if (status === 0) return null;
  if (!/^\[FAIL/m.test(said)) throw new Error(said);
  // A change may garble what a test says of its failure, so that forge prints no name behind it.
  return failuresIn(said)[0] ?? 'a test whose name is lost';
}

module.exports = { cacheOf, failingAsleep, noticedBy, prepare };
