#!/usr/bin/env node
// Changes contracts/src in one place at a time and asks whether a test notices. test/README.md says how to read the result.
//   node tools/mutate.js [--per-file N] [--seed S] [--cores N] [part of a path ...]
// mutation/report.json keeps what was found out, and what is known is not asked again: as long as the source file is what it
// was, and for a change that no test noticed, every test.
'use strict';

const { existsSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { availableParallelism } = require('node:os');
const { join } = require('node:path');
const { parseArgs } = require('node:util');
const { nearestTests } = require('./mutation/nearest.js');
const { cacheOf, failingAsleep, noticedBy, prepare } = require('./mutation/workshop.js');
const { CONTRACTS, complain, filesUnder, read, sha256 } = require('./sources.js');

const THRESHOLD = 0.9;
const CACHE = join(CONTRACTS, 'cache', 'mutation');
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
const mutator = ['operators', 'weave'].map((name) => read(`tools/mutation/${name}.js`));

/** The verdicts on a file's changes, as far as what was found out before still holds. */
function verdictsOn(path, changes, known) {
  const source = short(path, read(path), ...mutator);
  const holds = known?.source === source && known.verdicts.length === changes.length;
  const still = (verdict) => (verdict === SURVIVED && known.tests !== tests ? UNKNOWN : verdict);
  const verdicts = changes.map(({ woven }, i) => (!woven ? NOT_WOVEN : holds && known.verdicts[i] !== NOT_WOVEN ? still(known.verdicts[i]) : UNKNOWN));
  return { source, tests, verdicts };
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

async function askAbout(path, changes, wanted, verdicts, silent, found) {
  const waiting = changes.flatMap((change, i) => (verdicts[i] === UNKNOWN && wanted.has(change) ? [i] : []));
  const nearest = nearestTests(path);
  const work = async (worker) => {
    const cache = cacheOf(worker);
    for (let i = waiting.shift(); i !== undefined; i = waiting.shift()) {
      const { id, line, before, after } = changes[i];
      const by = await judge(id, nearest, silent, cache);
      verdicts[i] = by ? NOTICED : SURVIVED;
      if (!by) console.log(`  no test notices ${path}:${line} ${before} => ${after}`);
      found();
    }
  };
  await Promise.all(Array.from({ length: Number(options.cores) }, (_, worker) => work(worker)));
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
  const changes = Object.entries(prepare()).filter(([, all]) => all.some(({ woven }) => woven));
  const silent = await failingAsleep(['--match-path', 'test/{unit,scenario,hostile}/**']);
  if (silent.length > 0) console.log(`Not asked, for they fail as the code is compiled here: ${silent.join(', ')}`);
  const before = json(REPORT, {});
  const known = Object.fromEntries(changes.map(([path, all]) => [path, verdictsOn(path, all, before[path])]));
  const report = Object.fromEntries(changes.map(([path, all]) => [path, summary(path, all, known[path])]));
  const complaints = [];
  for (const [path, all] of changes) {
    if (parts.length > 0 && !parts.some((part) => path.includes(part))) continue;
    const started = Date.now();
    const found = () => {
      report[path] = summary(path, all, known[path]);
      writeReport(report);
    };
    await askAbout(path, all, new Set(sample(all.filter(({ woven }) => woven))), known[path].verdicts, silent, found);
    found();
    complaints.push(...complaintsAbout(path, report[path]));
    const { woven, tried, killed } = report[path].counts;
    console.log(`${path.padEnd(44)} ${killed} of ${tried} noticed, of ${woven} in all; ${Math.round((Date.now() - started) / 1000)} s`);
  }
  complain(complaints, 'Write the test that notices; what changes nothing goes into mutation/equivalent.json with the reason.');
}

main();
