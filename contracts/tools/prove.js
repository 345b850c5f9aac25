#!/usr/bin/env node
// Proves what proofs/ asserts, with the model checker in the compiler, for all values that the assertions allow: every
// assertion, and that nothing in the code it reaches overflows, underflows or divides by zero. What proofs/controls/ asserts
// is wrong on purpose and must be found to be violated: so it is known that a wrong assertion does not pass.
//   node tools/prove.js [part of a path]
//
// What linear/ asserts is proven by the engine of constrained Horn clauses (CHC). It gives up on products of two unknowns, so
// what products/ asserts is left to bounded model checking (BMC), and so is, being quick, all arithmetic. BMC is complete for
// these files: they neither loop nor keep anything between calls.
'use strict';

const soljson = require('solc/soljson.js');
const compiler = require('solc/wrapper')(soljson);
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { CONTRACTS, complain, contractsIn, filesUnder, parser, read, unitsIn } = require('./sources.js');

const ARITHMETIC = ['overflow', 'underflow', 'divByZero'];
const ENGINES = { linear: 'chc', products: 'bmc' };
const ASSERTION = /: Assertion violation (check is safe|happens here)/;
// That BMC will go some day, said of every file.
const DEPRECATED = '3993';

function check(path, engine, targets) {
  const input = {
    language: 'Solidity',
    sources: { [path]: { content: read(path) } },
    settings: {
      evmVersion: 'cancun',
      remappings: ['@openzeppelin/contracts/=node_modules/@openzeppelin/contracts/'],
      outputSelection: {},
      // No timeout: the WebAssembly solver has no threads to measure it with.
      modelChecker: {
        contracts: { [path]: contractsIn(path).map(({ name }) => name) },
        engine,
        showProvedSafe: true,
        showUnproved: true,
        solvers: ['z3'],
        targets,
      },
    },
  };
  const found = (imported) => (existsSync(join(CONTRACTS, imported)) ? { contents: read(imported) } : { error: 'not found' });
  const { errors = [] } = JSON.parse(compiler.compile(JSON.stringify(input), { import: found }));
  return errors.filter(({ errorCode }) => errorCode !== DEPRECATED);
}

/** Where a file asserts something, as offsets. */
function assertionsIn(path) {
  const starts = [];
  const visitor = {
    FunctionCall: ({ expression, range }) => {
      if (expression.type === 'Identifier' && expression.name === 'assert') starts.push(range[0]);
    },
  };
  unitsIn(path).forEach((unit) => parser.visit(unit, visitor));
  return starts;
}

/** Offsets of the assertions that the checker speaks of so. */
function assertions(path, messages, verdict) {
  return new Set(
    messages
      .filter(({ message, sourceLocation }) => sourceLocation?.file === path && message.match(ASSERTION)?.[1] === verdict)
      .map(({ sourceLocation }) => sourceLocation.start),
  );
}

function lineOf(path, offset) {
  return `${path}:${read(path).slice(0, offset).split('\n').length}`;
}

function first(text) {
  return text.split('\n')[0];
}

/** All that keeps a file from being proven. */
function unproven(path, engine) {
  const messages = [...check(path, engine, ['assert']), ...check(path, 'bmc', ARITHMETIC)];
  const proven = assertions(path, messages, 'check is safe');
  const silent = assertionsIn(path).filter((start) => !proven.has(start));
  return [
    ...messages
      .filter(({ severity }) => severity !== 'info')
      .map(({ message, sourceLocation }) => `${sourceLocation ? lineOf(sourceLocation.file, sourceLocation.start) : path}: ${first(message)}`),
    ...silent.map((start) => `${lineOf(path, start)}: not proven`),
  ];
}

/** The assertions of a control that were not found to be violated. */
function undetected(path, engine) {
  const messages = check(path, engine, ['assert']);
  const violated = assertions(path, messages, 'happens here');
  const wrong = messages.filter(({ severity }) => severity === 'error').map(({ message }) => `${path}: ${first(message)}`);
  return [...wrong, ...assertionsIn(path).filter((start) => !violated.has(start)).map((start) => `${lineOf(path, start)}: passed, though it is wrong`)];
}

const [part = ''] = process.argv.slice(2);
const complaints = [];
for (const [kind, engine] of Object.entries(ENGINES)) {
  for (const [directory, judge] of [[`proofs/${kind}`, unproven], [`proofs/controls/${kind}`, undetected]]) {
    for (const path of filesUnder(directory, '.sol').filter((file) => file.includes(part))) {
      complaints.push(...judge(path, engine));
    }
  }
}
complain(complaints, 'What the model checker says of one file: node tools/prove.js <its name>');
