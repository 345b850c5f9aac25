#!/usr/bin/env node
// Runs the unit, scenario and hostile tests and lists every line and branch of contracts/src that none of them reached, but
// assembly, whose lines the compiler does not tell apart.
//   node tools/coverage.js [part of a path]
'use strict';

const { mkdtempSync, readFileSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { forge } = require('./forge.js');
const { complain, filesUnder, parser, read, unitsIn } = require('./sources.js');

const [part = ''] = process.argv.slice(2);
// Gas is another without the optimizer, and invariants reach what they reach by chance.
const LEFT_OUT = ['test/gas/**', 'test/invariant/**'];
// Each statement stays where it is, and what the compiler itself writes fits on the stack.
const ENVIRONMENT = { FOUNDRY_FUZZ_RUNS: '100', SOLC_STATEMENTS_ONLY: '1' };

/** The lines that assembly blocks take. */
function assemblyLines(path) {
  const lines = new Set();
  const visitor = {
    InlineAssemblyStatement: ({ loc }) => {
      for (let line = loc.start.line; line <= loc.end.line; ++line) lines.add(line);
    },
  };
  unitsIn(path).forEach((unit) => parser.visit(unit, visitor));
  return lines;
}

/** LCOV as lines and branches by file, each with whether it was reached. */
function parse(lcov) {
  const files = new Map();
  for (const record of lcov.split('end_of_record')) {
    const path = record.match(/^SF:(.*)$/m)?.[1];
    if (!path?.startsWith('src/')) continue;
    const lines = [...record.matchAll(/^DA:(\d+),(\d+)/gm)].map(([, line, count]) => ({ line: Number(line), what: 'line', reached: count !== '0' }));
    const branches = [...record.matchAll(/^BRDA:(\d+),\d+,\d+,(\d+|-)/gm)].map(([, line, count]) => ({ line: Number(line), what: 'branch', reached: count !== '0' && count !== '-' }));
    files.set(path, [...lines, ...branches]);
  }
  return files;
}

function missed(path, points) {
  const assembly = assemblyLines(path);
  const text = read(path).split('\n');
  const found = points.filter(({ line, reached }) => !reached && !assembly.has(line)).sort((a, b) => a.line - b.line);
  return found.map(({ line, what }) => `${path}:${line}: ${what} not reached: ${text[line - 1].trim()}`);
}

async function lcov() {
  const directory = mkdtempSync(join(tmpdir(), 'coverage-'));
  const report = join(directory, 'lcov.info');
  const skipped = LEFT_OUT.flatMap((path) => ['--skip', path]);
  try {
    const { status, said } = await forge(['coverage', ...skipped, '--report', 'lcov', '--report-file', report], ENVIRONMENT);
    if (status === 0) return readFileSync(report, 'utf8');
    console.error(said);
    process.exit(1);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function main() {
  const files = parse(await lcov());
  const seen = filesUnder('src', '.sol').filter((path) => files.has(path) && path.includes(part));
  const points = seen.flatMap((path) => files.get(path));
  console.log(`Coverage: ${points.filter(({ reached }) => reached).length} of ${points.length} lines and branches in ${seen.length} files`);
  complain(seen.flatMap((path) => missed(path, files.get(path))), 'Write the test that gets there, or take out what nothing reaches.');
}

main();
