#!/usr/bin/env node
// Every function that changes something, of every contract of contracts/src, with zeros and with plausible arguments, for
// test/hostile/matrix to call as everybody. Fails if test/hostile/matrix/functions.json is not what the ABIs say.
//   node tools/matrix.js --write    writes that file
//   node tools/matrix.js --accept   takes what the tests observed as the new tables of who may do what, to be read before committing
'use strict';

const { copyFileSync, existsSync, readFileSync, readdirSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { deployable } = require('./artifacts.js');
const { CONTRACTS, complain } = require('./sources.js');

const TABLES = join(CONTRACTS, 'test', 'hostile', 'matrix');
const FUNCTIONS = join(TABLES, 'functions.json');
const OBSERVED = join(CONTRACTS, 'cache');
// Anyone may mint the demo's dollars.
const LEFT_OUT = ['DemoDollar'];

// ------------------------------------------------------------------------------------------ arguments

/** A word that the tests replace by what it stands for there. */
function placeholder(name) {
  return Buffer.from(`$${name}`).toString('hex').padEnd(64, '0');
}

function word(number) {
  return BigInt(number).toString(16).padStart(64, '0');
}

const ADDRESSES = [
  [/token|asset/i, 'token'],
  [/class|convertsInto/i, 'class'],
  [/round|offering/i, 'round'],
  [/trust$|terms\.trust/i, 'trust'],
  [/vote/i, 'vote'],
  [/directory/i, 'directory'],
  [/rules/i, 'rules'],
  [/instance|target/i, 'round'],
  [/trustee|outgoing|supporters/i, 'trustee'],
  [/^to$|newWallet|heir|candidate|spender|proxy|payee|key|controller|recipient/i, 'other'],
];
const WORDS = [
  [/identity|elector|beneficiary/i, placeholder('identity')],
  [/heir/i, placeholder('otherIdentity')],
  [/regime/i, Buffer.from('US-REG-CF').toString('hex').padEnd(64, '0')],
  [/subject|motion|order/i, placeholder('subject')],
];
const NUMBERS = [
  [/^count$/i, word(100)],
  [/time|at$|until|deadline|date$|day|when|end$|before$/i, placeholder('time')],
  [/company/i, placeholder('company')],
  [/version|Id$|^id$|disbursement|tranche|kind|choice|recordDate|factor/i, word(1)],
  [/after$/i, word(0)],
];

function firstMatch(table, name, otherwise) {
  return table.find(([pattern]) => pattern.test(name))?.[1] ?? otherwise;
}

function plausible({ type, name, internalType }) {
  if (internalType?.startsWith('enum')) return word(1);
  if (internalType === 'InstanceId') return placeholder('roundId');
  if (type === 'address') return placeholder(firstMatch(ADDRESSES, name, 'investor'));
  if (type === 'bool') return word(1);
  if (type === 'bytes32') return firstMatch(WORDS, name, '11'.repeat(32));
  if (type === 'bytes3') return Buffer.from('USD').toString('hex').padEnd(64, '0');
  if (type.startsWith('bytes')) return '0'.repeat(64);
  return firstMatch(NUMBERS, name, word(10));
}

/** The types inside a tuple or array, or null for what is neither; with `many`, an array has one element instead of none. */
function inside(parameter, many) {
  const array = parameter.type.match(/^(.*)\[(\d*)\]$/);
  if (array) {
    const length = array[2] === '' ? Number(many) : Number(array[2]);
    return { dynamic: array[2] === '', length, parts: Array(length).fill({ ...parameter, type: array[1] }) };
  }
  return parameter.type === 'tuple' ? { dynamic: false, parts: parameter.components } : null;
}

function isDynamic(parameter) {
  if (['bytes', 'string'].includes(parameter.type)) return true;
  const nested = inside(parameter, true);
  return nested !== null && (nested.dynamic || nested.parts.some(isDynamic));
}

/** ABI encoding of a list of parameters, each a word of what the chooser gives it. */
function encodeAll(parameters, choose, many) {
  const encoded = parameters.map((parameter) => ({ dynamic: isDynamic(parameter), body: encode(parameter, choose, many) }));
  const head = encoded.reduce((sum, { dynamic, body }) => sum + (dynamic ? 32 : body.length / 2), 0);
  let [heads, tails] = ['', ''];
  for (const { dynamic, body } of encoded) {
    heads += dynamic ? word(head + tails.length / 2) : body;
    tails += dynamic ? body : '';
  }
  return heads + tails;
}

function encode(parameter, choose, many) {
  if (parameter.type === 'bytes') return word(0);
  if (parameter.type === 'string') return many ? word(1) + Buffer.from('x').toString('hex').padEnd(64, '0') : word(0);
  const nested = inside(parameter, many);
  if (!nested) return choose(parameter);
  return (nested.dynamic ? word(nested.length) : '') + encodeAll(nested.parts, choose, many);
}

function functionsOf({ artifact }) {
  const changing = artifact.abi.filter((entry) => entry.type === 'function' && !['view', 'pure'].includes(entry.stateMutability));
  return changing.map(({ name, inputs }) => {
    const [signature, selector] = Object.entries(artifact.methodIdentifiers).find(([one]) => one === `${name}${typesOf(inputs)}`);
    const zeros = `0x${selector}${encodeAll(inputs, () => word(0), false)}`;
    return { plausible: `0x${selector}${encodeAll(inputs, plausible, true)}`, signature, zeros };
  });
}

function typesOf(parameters) {
  return `(${parameters.map((one) => (one.type.startsWith('tuple') ? typesOf(one.components) + one.type.slice('tuple'.length) : one.type)).join(',')})`;
}

// ------------------------------------------------------------------------------------------ tables

function print(contracts) {
  const lines = [...contracts].map(([name, functions]) => `  ${JSON.stringify(name)}: [\n${functions.map((one) => `    ${JSON.stringify(one)}`).join(',\n')}\n  ]`);
  return `{\n${lines.join(',\n')}\n}\n`;
}

function accept() {
  for (const file of readdirSync(OBSERVED).filter((name) => /^matrix-\w+\.txt$/.test(name))) {
    copyFileSync(join(OBSERVED, file), join(TABLES, file.slice('matrix-'.length)));
  }
}

const all = [...deployable()].filter(([name]) => !LEFT_OUT.includes(name)).map(([name, built]) => [name, functionsOf(built)]);
const contracts = new Map(all.filter(([, functions]) => functions.length > 0));
const wanted = print(contracts);
if (process.argv.includes('--write')) {
  writeFileSync(FUNCTIONS, wanted);
} else if (process.argv.includes('--accept')) {
  accept();
} else {
  const complaints = existsSync(FUNCTIONS) && readFileSync(FUNCTIONS, 'utf8') === wanted ? [] : ['test/hostile/matrix/functions.json is not what the contracts have'];
  const tables = readdirSync(TABLES).filter((name) => name.endsWith('.txt')).map((name) => readFileSync(join(TABLES, name), 'utf8'));
  for (const name of contracts.keys()) {
    if (!tables.some((table) => table.includes(`\n${name} `) || table.startsWith(`${name} `))) complaints.push(`test/hostile/matrix has no table of who may call ${name}`);
  }
  complain(complaints, 'In contracts/: node tools/matrix.js --write; then run test/hostile/matrix and read what changed.');
}
