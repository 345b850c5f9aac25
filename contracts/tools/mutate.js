#!/usr/bin/env node
// Changes contracts/src in one place at a time and asks whether a test notices. test/README.md says how to read the result.
//   node tools/mutate.js [--per-file N] [--seed S] [--cores N] [part of a path ...]
// What was found out is kept in cache/mutation and not asked again, as long as the source file (and for those that no test
// noticed, every test) is what it was.
'use strict';

const { fork } = require('node:child_process');
const { createHash } = require('node:crypto');
const { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { availableParallelism } = require('node:os');
const { join } = require('node:path');
const { parseArgs } = require('node:util');
const { allUnits, carriersOf, ownTestsOf } = require('./mutation/embedding.js');
const { mutantsOf } = require('./mutation/operators.js');
const { CONTRACTS, complain, filesUnder, read } = require('./sources.js');

const THRESHOLD = 0.9;
const CACHE = join(CONTRACTS, 'cache', 'mutation');
const FOUND_OUT = join(CACHE, 'verdicts.jsonl');
const REPORT = join(CONTRACTS, 'mutation', 'report.json');
const EQUIVALENT = join(CONTRACTS, 'mutation', 'equivalent.json');
// A compiler in WebAssembly does not give memory back.
const MUTANTS_PER_PROCESS = 150;
const MINUTE = 60_000;

const { values: options, positionals: parts } = parseArgs({
  allowPositionals: true,
  options: {
    'per-file': { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    cores: { type: 'string', default: String(availableParallelism()) },
  },
});

function sha256(...texts) {
  const hash = createHash('sha256');
  texts.forEach((text) => hash.update(text).update('\0'));
  return hash.digest('hex').slice(0, 16);
}

function json(file, otherwise) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : otherwise;
}

// ------------------------------------------------------------------------------------------ what to ask

/** All of them, or a sample that the seed chooses. */
function sample(mutants) {
  const most = Number(options['per-file']);
  if (most === 0 || mutants.length <= most) return mutants;
  const order = (mutant) => sha256(options.seed, mutant.content);
  return mutants
    .map((mutant) => [order(mutant), mutant])
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, most)
    .map(([, mutant]) => mutant);
}

const units = allUnits();
const tests = sha256(...filesUnder('test', '.sol').map(read));

/** First the file's own tests, then all others but those of gas, then a few runs of the invariants. */
function phasesOf(path) {
  const carriers = carriersOf(path, units);
  const within = (files) => carriers.filter((one) => one.path.startsWith('src/') || files.includes(one.path)).map(({ path: at, name }) => ({ path: at, name }));
  const own = ownTestsOf(path, units);
  const others = ['unit', 'scenario', 'hostile'].flatMap((kind) => filesUnder(`test/${kind}`, '.sol'));
  const shared = filesUnder('test', '.sol').filter((file) => !file.endsWith('.t.sol'));
  const first = { match: ['--match-path', `{${own.join(',')}}`], targets: within([...own, ...shared]), env: { FOUNDRY_FUZZ_RUNS: '100' } };
  const second = { match: ['--match-path', 'test/{unit,scenario,hostile}/**'], targets: within(others), env: { FOUNDRY_FUZZ_RUNS: '300' } };
  const third = { match: ['--match-path', 'test/invariant/**'], targets: within(filesUnder('test/invariant', '.sol')), env: { FOUNDRY_INVARIANT_RUNS: '12' } };
  return [...(own.length > 0 ? [first] : []), second, third].map((phase) => ({ ...phase, timeout: 5 * MINUTE }));
}

// ------------------------------------------------------------------------------------------ asking

function startProcess(number) {
  const child = fork(join(__dirname, 'mutation', 'workshop.js'), [join(CACHE, `workshop-${number}`)]);
  const replies = [];
  let waiting = null;
  child.on('message', (message) => (waiting ? waiting.resolve(message) : replies.push(message)));
  child.on('exit', (status) => waiting?.reject(new Error(`A workshop ended with status ${status}`)));
  const next = () =>
    new Promise((resolve, reject) => {
      if (replies.length > 0) resolve(replies.shift());
      else waiting = { resolve, reject };
    }).finally(() => (waiting = null));
  return { next, ask: (question) => (child.send(question), next()), end: () => child.kill(), asked: 0 };
}

class Workshop {
  constructor(number) {
    this.number = number;
  }

  async ask(question) {
    if (this.process?.asked >= MUTANTS_PER_PROCESS) this.end();
    if (!this.process) {
      this.process = startProcess(this.number);
      await this.process.next();
    }
    this.process.asked += 1;
    return this.process.ask(question);
  }

  end() {
    this.process?.end();
    this.process = null;
  }
}

/** Unoptimized, solc takes half the time; where the tests want the optimizer, they get it. */
async function baseline(workshop, path) {
  const content = read(path);
  for (const optimized of [false, true]) {
    const { verdict, by } = await workshop.ask({ id: path, path, content, optimized, phases: phasesOf(path) });
    if (verdict === 'same') return optimized;
    console.log(`  ${path}${optimized ? '' : ' without the optimizer'}: ${verdict} ${by ?? ''}`);
  }
  throw new Error(`${path}: the tests fail without any change`);
}

const foundOut = new Map();
if (existsSync(FOUND_OUT)) {
  for (const line of readFileSync(FOUND_OUT, 'utf8').split('\n').filter(Boolean)) {
    const record = JSON.parse(line);
    foundOut.set(record.id, record);
  }
}

function idOf(path, mutant) {
  return sha256(path, read(path), mutant.content);
}

function isKnown(id) {
  const record = foundOut.get(id);
  return record && record.verdict !== 'error' && (record.verdict !== 'survived' || record.tests === tests);
}

function remember(record) {
  foundOut.set(record.id, record);
  appendFileSync(FOUND_OUT, `${JSON.stringify(record)}\n`);
}

async function askAbout(path, mutants, workshops) {
  const waiting = mutants.filter((mutant) => !isKnown(idOf(path, mutant)));
  if (waiting.length === 0) return;
  const optimized = await baseline(workshops[0], path);
  const phases = phasesOf(path);
  const work = async (workshop) => {
    for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
      const { in: place, line, before, after } = mutant;
      const reply = await workshop.ask({ id: idOf(path, mutant), path, content: mutant.content, optimized, phases });
      remember({ ...reply, tests, path, in: place, line, before, after });
      if (reply.verdict === 'survived' || reply.verdict === 'error') console.log(`  ${reply.verdict} ${path}:${line} ${before} => ${after} ${reply.by ?? ''}`);
    }
  };
  await Promise.all(workshops.map(work));
}

// ------------------------------------------------------------------------------------------ the result

function summary(path, mutants) {
  const records = mutants.map((mutant) => ({ ...foundOut.get(idOf(path, mutant)), ...mutant })).map(({ content, ...record }) => record);
  const are = (verdict) => records.filter((record) => record.verdict === verdict);
  const survived = are('survived').map(({ in: place, before, after }) => ({ in: place, before, after }));
  return { tried: records.length, refused: are('refused').length, same: are('same').length, killed: are('killed').length, survived };
}

function reasonFor(path, survivor) {
  return equivalent.find((one) => one.file === path && ['in', 'before', 'after'].every((key) => one[key] === survivor[key]))?.reason;
}

function complaintsAbout(path, { killed, survived }) {
  const share = killed / (killed + survived.length || 1);
  const few = share < THRESHOLD && survived.length > 0 ? [`${path}: only ${Math.round(share * 100)} % were noticed`] : [];
  const unnamed = survived.filter((one) => !reasonFor(path, one));
  return [...few, ...unnamed.map((one) => `${path} ${one.in}: no test notices ${one.before} => ${one.after}`)];
}

/** JSON with a line for each survivor. */
function writeReport(report) {
  const lines = Object.entries(report).map(([path, { survived, ...counts }]) => {
    const inside = survived.map((one) => `\n    ${JSON.stringify({ ...one, reason: reasonFor(path, one) })}`).join(',');
    return `  ${JSON.stringify(path)}: {"counts":${JSON.stringify(counts)},"survived":[${inside}${inside ? '\n  ' : ''}]}`;
  });
  mkdirSync(join(CONTRACTS, 'mutation'), { recursive: true });
  writeFileSync(REPORT, `{\n${lines.join(',\n')}\n}\n`);
}

const equivalent = json(EQUIVALENT, []);

async function main() {
  mkdirSync(CACHE, { recursive: true });
  const workshops = Array.from({ length: Number(options.cores) }, (_, number) => new Workshop(number));
  const before = json(REPORT, {});
  const report = {};
  const complaints = [];
  try {
    for (const path of filesUnder('src', '.sol')) {
      const { counts, survived } = before[path] ?? {};
      if (parts.length > 0 && !parts.some((part) => path.includes(part))) {
        if (counts) report[path] = { ...counts, survived };
        continue;
      }
      const all = mutantsOf(path);
      if (all.length === 0 || carriersOf(path, units).length === 0) continue;
      const mutants = sample(all);
      const started = Date.now();
      await askAbout(path, mutants, workshops);
      report[path] = { mutants: all.length, ...summary(path, mutants) };
      complaints.push(...complaintsAbout(path, report[path]));
      const { killed, survived: alive, refused, same } = report[path];
      console.log(`${path.padEnd(44)} ${killed} killed, ${alive.length} survived, ${refused + same} no mutants; of ${all.length}; ${Math.round((Date.now() - started) / 1000)} s`);
      writeReport(report);
    }
  } finally {
    workshops.forEach((workshop) => workshop.end());
  }
  complain(complaints, 'Write the test that notices; what changes nothing goes into mutation/equivalent.json with the reason.');
}

main();
