#!/usr/bin/env node
// Runs each suite of test/invariant until all its invariants together were asked after so many calls:
//   node tools/invariants.js [calls per suite, 100000 if not given] [part of a suite's name]
// Forge counts runs and depth per invariant, so what a suite needs depends on how many it has.
'use strict';

const { availableParallelism } = require('node:os');
const { forge, forgeJson } = require('./forge.js');
const { complain } = require('./sources.js');

const [wanted = '100000', part = ''] = process.argv.slice(2);
const CALLS = Number(wanted.replace(/_/g, ''));
const INVARIANTS = ['--match-path', 'test/invariant/**', '--match-test', '^invariant'];

function suites() {
  const listed = forgeJson('test', '--list', ...INVARIANTS);
  return Object.values(listed).flatMap((contracts) => Object.entries(contracts).map(([name, tests]) => ({ name, tests })));
}

async function run({ name, tests }, depth) {
  const runs = Math.ceil(CALLS / depth / tests.length);
  const started = Date.now();
  const { status, said } = await forge(['test', '--match-contract', `^${name}$`, ...INVARIANTS.slice(2)], { FOUNDRY_INVARIANT_RUNS: String(runs) });
  const calls = [...said.matchAll(/\(runs: \d+, calls: (\d+),/g)].reduce((sum, [, count]) => sum + Number(count), 0);
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`${name.padEnd(32)} ${String(tests.length).padStart(3)} invariants ${calls.toLocaleString('en').padStart(10)} calls ${String(seconds).padStart(5)} s`);
  if (status !== 0) {
    console.error(said);
    return `${name} does not hold`;
  }
  return calls < CALLS ? `${name}: ${calls} calls, which is less than ${CALLS}; does it fix its own runs or depth?` : null;
}

async function main() {
  const { depth } = forgeJson('config').invariant;
  const waiting = suites().filter(({ name }) => name.includes(part));
  const complaints = waiting.length === 0 ? [`No suite under test/invariant has ${part || 'invariant'} in its name`] : [];
  const worker = async () => {
    for (let suite = waiting.shift(); suite; suite = waiting.shift()) complaints.push(await run(suite, depth));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  complain(complaints.filter(Boolean), `Each suite must hold after ${CALLS} calls.`);
}

main();
