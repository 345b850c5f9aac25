#!/usr/bin/env node
// Changes contracts/src in one place at a time and asks whether a test notices. test/README.md says how to read the result.
//   node tools/mutate.js [--per-file N] [--seed S] [--cores N] [part of a path ...]
// What was found out is kept in cache/mutation and not asked again, as long as the source file (and for those that no test
// noticed, every test) is what it was.
'use strict';

const { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { availableParallelism } = require('node:os');
const { join } = require('node:path');
const { parseArgs } = require('node:util');
const { nearestTests } = require('./mutation/nearest.js');
const { cacheOf, failingAsleep, noticedBy, prepare } = require('./mutation/workshop.js');
const { CONTRACTS, complain, filesUnder, read, sha256 } = require('./sources.js');

const THRESHOLD = 0.9;
const CACHE = join(CONTRACTS, 'cache', 'mutation');
const FOUND_OUT = join(CACHE, 'verdicts.jsonl');
const REPORT = join(CONTRACTS, 'mutation', 'report.json');
const EQUIVALENT = join(CONTRACTS, 'mutation', 'equivalent.json');
// These take longer than all others together; those of unit/ are asked about what they are nearest to.
const SLOW = 'test/{hostile/matrix/**,hostile/Crowds.t.sol,unit/CivilDate.t.sol,unit/BusinessCalendar/**}';
const OTHERS = ['--match-path', 'test/{unit,scenario,hostile}/**', '--no-match-path', SLOW];

const { values: options, positionals: parts } = parseArgs({
  allowPositionals: true,
  options: {
    'per-file': { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    cores: { type: 'string', default: String(availableParallelism()) },
  },
});

function json(file, otherwise) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : otherwise;
}

/** All of them, or a sample that the seed chooses. */
function sample(mutants) {
  const most = Number(options['per-file']);
  if (most === 0 || mutants.length <= most) return mutants;
  const order = ({ start, replacement }) => sha256(options.seed, String(start), replacement);
  return mutants
    .map((mutant) => [order(mutant), mutant])
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, most)
    .map(([, mutant]) => mutant);
}

// ------------------------------------------------------------------------------------------ asking

const foundOut = new Map();
if (existsSync(FOUND_OUT)) {
  for (const line of readFileSync(FOUND_OUT, 'utf8').split('\n').filter(Boolean)) {
    const record = JSON.parse(line);
    foundOut.set(record.key, record);
  }
}

const tests = sha256(...filesUnder('test', '.sol').map(read));

function keyOf(path, { start, end, replacement }) {
  return sha256(path, read(path), String(start), String(end), replacement);
}

function isKnown(key) {
  const record = foundOut.get(key);
  return record && (record.by || record.tests === tests);
}

/** First the tests of the file, then those of its directory, then the others; null if none notices. */
async function judge(id, nearest, silent, cache) {
  const without = silent.length > 0 ? ['--no-match-test', `^(${silent.join('|')})\\b`] : [];
  for (const files of nearest.filter(({ length }) => length > 0)) {
    const by = await noticedBy(id, ['--match-path', `{${files.join(',')}}`, ...without], cache);
    if (by) return by;
  }
  return noticedBy(id, [...OTHERS, ...without], cache);
}

async function askAbout(path, mutants, silent) {
  const waiting = mutants.filter((mutant) => !isKnown(keyOf(path, mutant)));
  const nearest = nearestTests(path);
  const work = async (worker) => {
    const cache = cacheOf(worker);
    for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
      const { id, in: place, line, before, after } = mutant;
      const by = await judge(id, nearest, silent, cache);
      const record = { key: keyOf(path, mutant), by, tests, path, in: place, line, before, after };
      foundOut.set(record.key, record);
      appendFileSync(FOUND_OUT, `${JSON.stringify(record)}\n`);
      if (!by) console.log(`  no test notices ${path}:${line} ${before} => ${after}`);
    }
  };
  await Promise.all(Array.from({ length: Number(options.cores) }, (_, worker) => work(worker)));
}

// ------------------------------------------------------------------------------------------ the result

const equivalent = json(EQUIVALENT, []);

function reasonFor(path, survivor) {
  return equivalent.find((one) => one.file === path && ['in', 'before', 'after'].every((key) => one[key] === survivor[key]))?.reason;
}

function summary(path, mutants) {
  const survived = mutants
    .filter((mutant) => !foundOut.get(keyOf(path, mutant)).by)
    .map(({ in: place, before, after }) => ({ in: place, before, after, reason: reasonFor(path, { in: place, before, after }) }));
  return { tried: mutants.length, killed: mutants.length - survived.length, survived };
}

function complaintsAbout(path, { tried, killed, survived }) {
  const few = killed < THRESHOLD * tried ? [`${path}: only ${killed} of ${tried} were noticed`] : [];
  const unnamed = survived.filter(({ reason }) => !reason);
  return [...few, ...unnamed.map((one) => `${path} ${one.in}: no test notices ${one.before} => ${one.after}`)];
}

/** JSON with a line for each survivor. */
function writeReport(report) {
  const lines = Object.entries(report).map(([path, { survived, ...counts }]) => {
    const inside = survived.map((one) => `\n    ${JSON.stringify(one)}`).join(',');
    return `  ${JSON.stringify(path)}: {"counts":${JSON.stringify(counts)},"survived":[${inside}${inside ? '\n  ' : ''}]}`;
  });
  mkdirSync(join(CONTRACTS, 'mutation'), { recursive: true });
  writeFileSync(REPORT, `{\n${lines.join(',\n')}\n}\n`);
}

async function main() {
  mkdirSync(CACHE, { recursive: true });
  const changes = prepare();
  const silent = await failingAsleep(['--match-path', 'test/{unit,scenario,hostile}/**']);
  if (silent.length > 0) console.log(`Not asked, for they fail as the code is compiled here: ${silent.join(', ')}`);
  const before = json(REPORT, {});
  const report = {};
  const complaints = [];
  for (const [path, all] of Object.entries(changes)) {
    if (parts.length > 0 && !parts.some((part) => path.includes(part))) {
      if (before[path]) report[path] = { ...before[path].counts, survived: before[path].survived };
      continue;
    }
    const woven = all.filter((one) => one.woven);
    if (woven.length === 0) continue;
    const mutants = sample(woven);
    const started = Date.now();
    await askAbout(path, mutants, silent);
    report[path] = { changes: all.length, woven: woven.length, ...summary(path, mutants) };
    complaints.push(...complaintsAbout(path, report[path]));
    const { tried, killed } = report[path];
    console.log(`${path.padEnd(44)} ${killed} of ${tried} noticed; ${Math.round((Date.now() - started) / 1000)} s`);
    writeReport(report);
  }
  complain(complaints, 'Write the test that notices; what changes nothing goes into mutation/equivalent.json with the reason.');
}

main();
