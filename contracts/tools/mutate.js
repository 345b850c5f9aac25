#!/usr/bin/env node
// Changes contracts/src in one place at a time and asks whether a test notices. test/README.md says how to read the result.
//   node tools/mutate.js [--per-file N] [--seed S] [part of a path ...]
// mutation/report.json keeps what was found out, and what is known is not asked again: as long as the source file is what it
// was, and for a change that no test noticed, every test.
'use strict';

const { existsSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { parseArgs } = require('node:util');
const { explore, noticed, reaches, suites } = require('./mutation/judge.js');
const { nearestTests } = require('./mutation/nearest.js');
const { prepare } = require('./mutation/workshop.js');
const { CONTRACTS, complain, filesUnder, read, sha256 } = require('./sources.js');

const THRESHOLD = 0.9;
const CACHE = join(CONTRACTS, 'cache', 'mutation');
const REPORT = join(CONTRACTS, 'mutation', 'report.json');
const EQUIVALENT = join(CONTRACTS, 'mutation', 'equivalent.json');
const { values: options, positionals: parts } = parseArgs({
  allowPositionals: true,
  options: {
    'per-file': { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
  },
});

// A verdict is a letter, so that a file's are a word in the order of its changes.
const NOTICED = 'n';
const SURVIVED = 's';
const UNKNOWN = '.';
const NOT_WOVEN = '-';

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

const short = (...parts) => sha256(...parts).slice(0, 16);
const tests = short(...filesUnder('test', '.sol').map(read));
const mutator = read('tools/mutation/operators.js');

/** The verdicts on a file's changes, as far as what was found out before still holds. */
function verdictsOn(path, changes, known) {
  const source = short(path, read(path), mutator);
  const holds = known?.source === source && known.verdicts.length === changes.length;
  const still = (verdict) => (verdict === SURVIVED && known.tests !== tests ? UNKNOWN : verdict);
  const verdicts = changes.map(({ woven }, i) => (!woven ? NOT_WOVEN : holds && known.verdicts[i] !== NOT_WOVEN ? still(known.verdicts[i]) : UNKNOWN));
  return { source, tests, verdicts };
}

/** How far a suite is from a file: 0 for its own, 1 for its directory's, 2 for any other. */
function distance({ path: test }, nearest) {
  const near = nearest.findIndex((files) => files.includes(test));
  return near < 0 ? nearest.length : near;
}

/**
 * First the tests of each file are asked about its changes, then those of its directory, then the others about what is left,
 * cheap ones first. What no test reaches, or notices, survives.
 */
async function ask(all, waiting, known, report) {
  const nearest = Object.fromEntries(all.map(([path]) => [path, nearestTests(path)]));
  const explored = [];
  for (const suite of suites()) {
    await explore(suite);
    explored.push(suite);
    console.log(`${suite.path.padEnd(56)} ${suite.tests.length} of ${suite.calls.length} calls pass`);
  }
  explored.sort((a, b) => (a.gas < b.gas ? -1 : 1));
  const ofId = new Map(all.flatMap(([path, changes]) => changes.map(({ id }, i) => [id, { path, i }])));
  for (const far of [0, 1, 2]) {
    for (const suite of explored) {
      const ids = [...waiting].filter((id) => distance(suite, nearest[ofId.get(id).path]) === far && reaches(suite, id));
      if (ids.length === 0) continue;
      const started = Date.now();
      const found = await noticed(suite, ids);
      for (const id of found) {
        waiting.delete(id);
        const { path, i } = ofId.get(id);
        known[path].verdicts[i] = NOTICED;
      }
      console.log(`${suite.path.padEnd(56)} ${found.length} of ${ids.length}, ${waiting.size} left; ${Math.round((Date.now() - started) / 1000)} s`);
      report();
    }
  }
  for (const id of waiting) {
    const { path, i } = ofId.get(id);
    known[path].verdicts[i] = SURVIVED;
  }
  report();
}

// ------------------------------------------------------------------------------------------ the result

const equivalent = json(EQUIVALENT, []);

function reasonFor(path, survivor) {
  return equivalent.find((one) => one.file === path && ['in', 'before', 'after'].every((key) => one[key] === survivor[key]))?.reason;
}

function summary(path, changes, { source, tests: asked, verdicts }) {
  const count = (...wanted) => verdicts.filter((verdict) => wanted.includes(verdict)).length;
  const survived = changes
    .filter((_, i) => verdicts[i] === SURVIVED)
    .map(({ in: place, before, after }) => ({ in: place, before, after, reason: reasonFor(path, { in: place, before, after }) }));
  const counts = { changes: changes.length, woven: changes.length - count(NOT_WOVEN), tried: count(NOTICED, SURVIVED), killed: count(NOTICED) };
  return { source, tests: asked, counts, verdicts: verdicts.join(''), survived };
}

function complaintsAbout(path, { counts: { tried, killed }, survived }) {
  const few = killed < THRESHOLD * tried ? [`${path}: only ${killed} of ${tried} were noticed`] : [];
  const unnamed = survived.filter(({ reason }) => !reason);
  return [...few, ...unnamed.map((one) => `${path} ${one.in}: no test notices ${one.before} => ${one.after}`)];
}

/** JSON with a line for each file, and one for each survivor. */
function writeReport(report) {
  const lines = Object.entries(report).map(([path, { survived, ...known }]) => {
    const inside = survived.map((one) => `\n    ${JSON.stringify(one)}`).join(',');
    return `  ${JSON.stringify(path)}: {${JSON.stringify(known).slice(1, -1)},"survived":[${inside}${inside ? '\n  ' : ''}]}`;
  });
  mkdirSync(join(CONTRACTS, 'mutation'), { recursive: true });
  writeFileSync(REPORT, `{\n${lines.join(',\n')}\n}\n`);
}

async function main() {
  mkdirSync(CACHE, { recursive: true });
  const all = Object.entries(prepare()).filter(([, changes]) => changes.some(({ woven }) => woven));
  const before = json(REPORT, {});
  const known = Object.fromEntries(all.map(([path, changes]) => [path, verdictsOn(path, changes, before[path])]));
  const meant = all.filter(([path]) => parts.length === 0 || parts.some((part) => path.includes(part)));
  const waiting = new Set(
    meant.flatMap(([path, changes]) => {
      const wanted = new Set(sample(changes.filter(({ woven }) => woven)));
      return changes.filter((change, i) => known[path].verdicts[i] === UNKNOWN && wanted.has(change)).map(({ id }) => id);
    }),
  );
  // What is not meant stays as it was found.
  const stays = (path) => !meant.some(([asked]) => asked === path) && before[path]?.source === known[path].source;
  const report = () => {
    const summaries = Object.fromEntries(all.map(([path, changes]) => [path, stays(path) ? before[path] : summary(path, changes, known[path])]));
    writeReport(summaries);
    return summaries;
  };
  if (waiting.size > 0) await ask(all, waiting, known, report);
  const summaries = report();
  const complaints = meant.flatMap(([path]) => {
    const { woven, tried, killed } = summaries[path].counts;
    const named = summaries[path].survived.filter(({ reason }) => reason).length;
    console.log(`${path.padEnd(44)} ${killed} of ${tried} noticed, ${named} equivalent, of ${woven} in all`);
    return complaintsAbout(path, summaries[path]);
  });
  complain(complaints, 'Write the test that notices; what changes nothing goes into mutation/equivalent.json with the reason.');
}

main();
