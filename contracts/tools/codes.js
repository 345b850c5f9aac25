#!/usr/bin/env node
// Writes what a verifier of storage proofs has to know: for each contract the code that it is deployed with, where in it
// which immutable stands, which immutables name code that runs on its storage, and where it keeps what (layout/).
// usage: node tools/codes.js FILE
'use strict';

const { existsSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { keccak256 } = require('js-sha3');
const { deployable } = require('./artifacts.js');
const { CONTRACTS, LENT, complain, lineage } = require('./sources.js');

/** Which immutable names which code that is run on the contract's own storage. */
const HANDS_ON = {
  ShareToken: { ACTS: 'ShareActs', ORDERS: 'ShareOrders' },
  FundingRound: { SETTLEMENT: 'RoundSettlement' },
  CustodyTrust: { NEXT: 'TrustOffices' },
  TrustOffices: { NEXT: 'TrustBooks' },
};

/** Structs that the contracts pack themselves, otherwise than the compiler would: bytes from the lowest, as sources say. */
const PACKED_BY_HAND = {
  'struct ShareRegister.Register': { supply: 0, persons: 16, period: 20, lastSplit: 22, nextDate: 24 },
};

const complaints = [];

/**
 * The compiler numbers declarations file by file, the files by their paths, so numbers and declarations have one order. Where
 * it left out an immutable that nothing reads, the others cannot be told apart: they are called by their number.
 */
function immutablesOf(name, { artifact }) {
  const declared = lineage(name, Object.keys(artifact.metadata.sources))
    .flatMap(({ path, subNodes }) => subNodes.filter(({ type }) => type === 'StateVariableDeclaration').map((node) => ({ path, variable: node.variables[0] })))
    .filter(({ variable }) => variable.isImmutable)
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.variable.range[0] - b.variable.range[0]))
    .map(({ variable }) => variable.name);
  const places = Object.entries(artifact.deployedBytecode.immutableReferences ?? {}).sort(([a], [b]) => Number(a) - Number(b));
  const known = places.length === declared.length && new Set(declared).size === declared.length;
  return Object.fromEntries(places.map(([, found], i) => [known ? declared[i] : `immutable ${i}`, found.map(({ start }) => start)]));
}

function layoutOf(name) {
  const layout = JSON.parse(readFileSync(join(CONTRACTS, 'layout', `${name}.json`), 'utf8'));
  for (const [struct, offsets] of Object.entries(PACKED_BY_HAND)) {
    const members = layout.structs[struct] ?? [];
    if (members.some(({ label }) => !(label in offsets))) complaints.push(`${name}: ${struct} has members of which nobody says where they are`);
    members.forEach((member) => Object.assign(member, { offset: offsets[member.label] }));
  }
  return layout;
}

function codeOf(name, built) {
  const code = built.artifact.deployedBytecode.object.slice(2);
  const lent = HANDS_ON[name] ?? {};
  const immutables = immutablesOf(name, built);
  for (const one of Object.keys(lent)) {
    if (!(one in immutables)) complaints.push(`${name}: which of its immutables is ${one} cannot be told from ${Object.keys(immutables).join(', ')}`);
  }
  return {
    contract: name,
    template: `0x${keccak256(Buffer.from(code, 'hex'))}`,
    code: `0x${code}`,
    immutables,
    lent,
    layout: layoutOf(name),
  };
}

/** All that runs on a contract's storage, as the tables of immutables have it. */
function lentBy(name) {
  return Object.values(HANDS_ON[name] ?? {}).flatMap((lender) => [lender, ...lentBy(lender)]);
}

for (const [owner, lenders] of Object.entries(LENT)) {
  if ([...lentBy(owner)].sort().join() !== [...lenders].sort().join()) complaints.push(`${owner}: ${lenders.join(', ')} are lent to it, not ${lentBy(owner).join(', ')}`);
}
const written = `${JSON.stringify({ format: 'fundtrail-codes/1', contracts: [...deployable()].map(([name, built]) => codeOf(name, built)) })}\n`;
const file = process.argv[2];
if (complaints.length === 0 && !(existsSync(file) && readFileSync(file, 'utf8') === written)) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, written);
}
complain(complaints, 'A verifier fills the immutables into the code by their names: tools/codes.js');
