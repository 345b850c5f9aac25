#!/usr/bin/env node
// Checks the trees beside the unit tests; test/README.md says how they are written.
// With --all, also that every function of a contract has one.
'use strict';

const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { CONTRACTS, LENT, complain, contractsIn, filesUnder, functionsOf, read, sourceContracts } = require('./sources.js');

const LINE = /^([\s│├└─|+`-]*?)(?:(?:when|given|it)\b.*)$/;
const NAMED = /`(\w+)`\s*$/;

/** The lines of a tree: the functions it is about, and its branches with their depth. */
function parseTree(path) {
  const lines = read(path)
    .split('\n')
    .map((text, index) => ({ text: text.trimEnd(), number: index + 1 }))
    .filter(({ text }) => text.trim() !== '' && !text.trim().startsWith('//'));
  const functions = [];
  const branches = [];
  const wrong = [];
  for (const { text, number } of lines) {
    const branch = text.match(LINE);
    if (branch && branch[1] !== '') {
      branches.push({ number, depth: branch[1].length, text: text.slice(branch[1].length) });
    } else if (/^\w+\.\w+(\s*,\s*\w+\.\w+)*$/.test(text) && branches.length === 0) {
      functions.push(...text.split(',').map((name) => name.trim()));
    } else {
      wrong.push(`${path}:${number}: neither Contract.function above the branches, nor an indented when, given or it: ${text}`);
    }
  }
  if (functions.length === 0) {
    wrong.push(`${path}: the first line must name what the tree is about, as Contract.function`);
  }
  return { path, functions, branches, wrong };
}

/** Branches that nothing hangs from. */
function leavesOf(branches) {
  return branches.filter(({ depth }, index) => !(branches[index + 1]?.depth > depth));
}

function squeeze(words) {
  return words.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
}

function testsBeside(path) {
  const beside = path.replace(/\.tree$/, '.t.sol');
  if (!existsSync(join(CONTRACTS, beside))) return null;
  return contractsIn(beside)
    .flatMap((contract) => functionsOf(contract, ['public', 'external']))
    .filter((name) => /^(test|invariant|statefulFuzz)/.test(name));
}

function leafComplaint(path, leaf, tests, claimed) {
  const at = `${path}:${leaf.number}`;
  if (!leaf.text.startsWith('it')) return `${at}: a branch must end in what it does: ${leaf.text}`;
  const named = leaf.text.match(NAMED);
  if (named) {
    return tests.includes(named[1]) ? null : `${at}: there is no test \`${named[1]}\` in the file beside it`;
  }
  const words = squeeze(leaf.text.replace(/^it\s+(should\s+)?/, ''));
  const found = tests.filter((test) => squeeze(test).includes(words));
  if (found.length === 0) return `${at}: no test beside it has these words in its name: ${leaf.text}`;
  if (claimed.has(words)) return `${at}: line ${claimed.get(words)} says the same, so both must name their test: ${leaf.text}`;
  claimed.set(words, leaf.number);
  return null;
}

function treeComplaints(tree) {
  const tests = testsBeside(tree.path);
  if (tests === null) return [...tree.wrong, `${tree.path}: there is no ${tree.path.replace(/\.tree$/, '.t.sol')}`];
  const claimed = new Map();
  const leaves = leavesOf(tree.branches).map((leaf) => leafComplaint(tree.path, leaf, tests, claimed));
  return [...tree.wrong, ...leaves.filter(Boolean)];
}

/** Whether a contract declares or inherits such a function; what comes from outside contracts/src is not looked into. */
function has(contracts, contract, name) {
  if (!contract || contract.subNodes.some((node) => node.name === name)) return true;
  return contract.baseContracts.some(({ baseName }) => has(contracts, contracts.get(baseName.namePath), name));
}

function isA(contracts, contract, ancestor) {
  if (!contract) return false;
  return contract.name === ancestor || contract.baseContracts.some(({ baseName }) => isA(contracts, contracts.get(baseName.namePath), ancestor));
}

/** The contracts as which a contract's functions are called: those that inherit it, and those that run its code as theirs. */
function calledAs(contracts, ancestor) {
  const heirs = [...contracts.values()].filter((contract) => isA(contracts, contract, ancestor)).map(({ name }) => name);
  const owners = Object.keys(LENT).filter((owner) => LENT[owner].some((lender) => heirs.includes(lender)));
  return new Set([...heirs, ...owners]);
}

const contracts = new Map(sourceContracts().map((contract) => [contract.name, contract]));
const trees = filesUnder('test', '.tree').map(parseTree);
const complaints = trees.flatMap(treeComplaints);

const covered = trees.flatMap((tree) => tree.functions.map((name) => [...name.split('.'), tree.path]));
for (const [contract, name, path] of covered) {
  if (!contracts.has(contract) || !has(contracts, contracts.get(contract), name)) {
    complaints.push(`${path}: contracts/src has no ${contract}.${name}`);
  }
}
if (process.argv.includes('--all')) {
  for (const contract of contracts.values()) {
    if (contract.kind !== 'contract' && contract.kind !== 'abstract') continue;
    const names = calledAs(contracts, contract.name);
    for (const name of new Set(functionsOf(contract, ['public', 'external']))) {
      const tree = covered.some(([by, of]) => of === name && [...calledAs(contracts, by)].some((one) => names.has(one)));
      if (!tree) complaints.push(`${contract.path}: no tree for ${contract.name}.${name}`);
    }
  }
}
complain(complaints, 'How trees are written: contracts/test/README.md');
