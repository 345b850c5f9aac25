'use strict';

// A copy of the contracts in which one mutant after the other is compiled, put in the original's place and tested. Only the
// contracts that carry the mutant's code are compiled: forge's output is changed under forge's hands, so that nothing else is.
// Started by tools/mutate.js, one process for each core; takes a directory, answers each message with a verdict.

const { spawnSync } = require('node:child_process');
const { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } = require('node:fs');
const { join, normalize, dirname } = require('node:path');
const soljson = require('solc/soljson.js');
const compiler = require('solc/wrapper')(soljson);
const { FORGE } = require('../forge.js');
const { CONTRACTS } = require('../sources.js');

const ROOT = process.argv[2];
const COPIED = ['src', 'test', 'tools', 'snapshots', 'foundry.toml'];
const MINUTES = 60_000;

// ------------------------------------------------------------------------------------------ the copy

function forge(args, env = {}, timeout = 10 * MINUTES) {
  const options = { cwd: ROOT, env: { ...process.env, ...env }, encoding: 'utf8', maxBuffer: 1 << 30, timeout };
  return spawnSync(FORGE, args, options);
}

function prepare() {
  mkdirSync(ROOT, { recursive: true });
  for (const name of COPIED) {
    rmSync(join(ROOT, name), { recursive: true, force: true });
    cpSync(join(CONTRACTS, name), join(ROOT, name), { recursive: true, preserveTimestamps: true });
  }
  if (!existsSync(join(ROOT, 'node_modules'))) symlinkSync(join(CONTRACTS, 'node_modules'), join(ROOT, 'node_modules'));
  // What a mutant left in the output must not pass for the original's.
  for (const name of ['out', 'cache']) rmSync(join(ROOT, name), { recursive: true, force: true });
  const { status, stdout, stderr } = forge(['build']);
  if (status !== 0) throw new Error(`${stdout}\n${stderr}`);
  return { settings: JSON.parse(forge(['config', '--json']).stdout), files: JSON.parse(readFileSync(join(ROOT, 'cache', 'solidity-files-cache.json'), 'utf8')).files };
}

const { settings, files } = prepare();

function artifactOf({ path, name }) {
  const [byVersion] = Object.values(files[path].artifacts[name]);
  return join(ROOT, 'out', Object.values(byVersion)[0].path);
}

// ------------------------------------------------------------------------------------------ compiling

const remappings = settings.remappings.map((one) => one.split('='));

function resolve(from, imported) {
  if (imported.startsWith('.')) return normalize(join(dirname(from), imported));
  const [prefix, target] = remappings.find(([start]) => imported.startsWith(start)) ?? ['', ''];
  return normalize(target + imported.slice(prefix.length));
}

function addSource(path, sources, changed) {
  if (path in sources) return;
  const content = changed[path] ?? readFileSync(join(ROOT, path), 'utf8');
  sources[path] = { content };
  for (const [, imported] of content.matchAll(/^\s*(?:import|\}\s*from)[^;"]*"([^"]+)"\s*;/gm)) {
    addSource(resolve(path, imported), sources, changed);
  }
}

/** What solc makes of these contracts; null if it refuses. */
function compile(targets, changed, optimized) {
  const sources = {};
  const outputSelection = {};
  for (const { path, name } of targets) {
    addSource(path, sources, changed);
    outputSelection[path] = { ...outputSelection[path], [name]: ['evm.bytecode', 'evm.deployedBytecode'].flatMap((of) => [`${of}.object`, `${of}.linkReferences`]) };
  }
  const input = {
    language: 'Solidity',
    sources,
    settings: {
      remappings: settings.remappings,
      evmVersion: settings.evm_version,
      optimizer: { enabled: optimized, runs: settings.optimizer_runs },
      metadata: { bytecodeHash: 'none', appendCBOR: false },
      outputSelection,
    },
  };
  const output = JSON.parse(compiler.compile(JSON.stringify(input)));
  const errors = (output.errors ?? []).filter(({ severity }) => severity === 'error');
  return errors.length > 0 ? { errors } : { contracts: output.contracts };
}

function putInPlace(targets, contracts) {
  for (const target of targets) {
    const file = artifactOf(target);
    const artifact = JSON.parse(readFileSync(file, 'utf8'));
    const { bytecode, deployedBytecode } = contracts[target.path][target.name].evm;
    for (const [kind, code] of Object.entries({ bytecode, deployedBytecode })) {
      artifact[kind] = { ...artifact[kind], object: `0x${code.object}`, linkReferences: code.linkReferences };
    }
    writeFileSync(file, JSON.stringify(artifact));
  }
}

// ------------------------------------------------------------------------------------------ testing

const originals = new Map();

function keepOriginals(targets) {
  for (const file of targets.map(artifactOf)) if (!originals.has(file)) originals.set(file, readFileSync(file));
}

function restore() {
  originals.forEach((content, file) => writeFileSync(file, content));
}

/** Which test notices; null if none does. */
function noticedBy({ match, env, timeout }) {
  const { status, signal, stdout, stderr } = forge(['test', '--fail-fast', ...match], env, timeout);
  if (status === 0 && !/No tests/.test(stdout)) return null;
  if (signal) return 'it does not end';
  if (/^Compiling /m.test(stdout)) throw new Error(`forge compiles what should stand still\n${stdout}`);
  const failed = stdout.match(/^\[FAIL.*\] (\w+)\(/m);
  if (!failed) throw new Error(`${stdout}\n${stderr}`);
  return failed[1];
}

/** Compiles a change, and tests it phase by phase, each with the contracts that it needs in the changed state. */
function judge({ path, content, optimized, phases }) {
  const changed = { [path]: content };
  try {
    for (const phase of phases) {
      keepOriginals(phase.targets);
      const compiled = compile(phase.targets, changed, optimized);
      if (compiled.errors) return { verdict: 'refused', by: compiled.errors[0].message };
      putInPlace(phase.targets, compiled.contracts);
      const by = noticedBy(phase);
      if (by) return { verdict: 'killed', by };
    }
    return isSame(path, content, phases[0].targets) ? { verdict: 'same' } : { verdict: 'survived' };
  } finally {
    restore();
  }
}

/** Whether the optimizer makes the same of both, so that nothing could tell them apart. */
function isSame(path, content, targets) {
  const code = (source) => JSON.stringify(compile(targets, { [path]: source }, true).contracts);
  return code(content) === code(readFileSync(join(ROOT, path), 'utf8'));
}

process.on('message', (mutant) => {
  const started = Date.now();
  let verdict;
  try {
    verdict = judge(mutant);
  } catch (error) {
    verdict = { verdict: 'error', by: String(error.message ?? error) };
  }
  process.send({ id: mutant.id, seconds: (Date.now() - started) / 1000, ...verdict });
});
process.send({ ready: true });
