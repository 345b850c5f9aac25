#!/usr/bin/env node
// Compares where each contract keeps what in storage with layout/, since storage proofs are built on it.
// With --write, accepts what there is.
'use strict';

const { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { keccak256 } = require('js-sha3');
const { deployable } = require('./artifacts.js');
const { CONTRACTS, LENT, complain, lineage, read } = require('./sources.js');

const LAYOUT = join(CONTRACTS, 'layout');
const ERC7201 = /keccak256\(abi\.encode\(uint256\(keccak256\("([^"]+)"\)\) - 1\)\) & ~bytes32\(uint256\(0xff\)\)/g;

/** A variable or a member of a struct: where it is, what it is. The type's label carries no ids of the syntax tree. */
function field(types, { label, slot, offset, type }) {
  return { label, slot: Number(slot), offset, bytes: Number(types[type].numberOfBytes), type: types[type].label };
}

function structs(types) {
  const found = Object.values(types)
    .filter(({ members }) => members)
    .map(({ label, members }) => [label, members.map((member) => field(types, member))]);
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** ERC-7201: keccak256(abi.encode(uint256(keccak256(id)) - 1)) & ~0xff */
function namespaceSlot(id) {
  const before = (BigInt(`0x${keccak256(id)}`) - 1n).toString(16).padStart(64, '0');
  return `0x${keccak256(Buffer.from(before, 'hex')).slice(0, 62)}00`;
}

/** Slots by the names they are derived from, as the contract's sources give the formula beside the constant. */
function namespaces(name, files) {
  const found = {};
  for (const contract of lineage(name, files)) {
    const text = read(contract.path).slice(contract.range[0], contract.range[1] + 1);
    for (const [, id] of text.matchAll(ERC7201)) {
      found[id] = namespaceSlot(id);
      if (!text.includes(found[id])) complaints.push(`${contract.path}: the slot of "${id}" is ${found[id]}, which ${contract.name} has not`);
    }
  }
  return found;
}

function layoutOf(name, { artifact }) {
  const { storage, types } = artifact.storageLayout;
  return {
    storage: storage.map((variable) => field(types ?? {}, variable)),
    structs: structs(types ?? {}),
    namespaces: namespaces(name, Object.keys(artifact.metadata.sources)),
  };
}

/** JSON with a line for each field, so that a difference reads as one. */
function print(layout) {
  const lines = (fields, indent) => fields.map((one) => `${indent}${JSON.stringify(one)}`).join(',\n');
  const inside = Object.entries(layout.structs).map(([label, members]) => `    ${JSON.stringify(label)}: [\n${lines(members, '      ')}\n    ]`);
  const slots = Object.entries(layout.namespaces).map(([id, slot]) => `    ${JSON.stringify(id)}: ${JSON.stringify(slot)}`);
  const block = (open, body, close) => (body === '' ? `${open}${close}` : `${open}\n${body}\n  ${close}`);
  return [
    '{',
    `  "storage": ${block('[', lines(layout.storage, '    '), ']')},`,
    `  "structs": ${block('{', inside.join(',\n'), '}')},`,
    `  "namespaces": ${block('{', slots.join(',\n'), '}')}`,
    '}\n',
  ].join('\n');
}

/** The lines that only one of the two has. */
function differences(before, after) {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const gone = old.filter((line) => !now.includes(line)).map((line) => `  - ${line.trim()}`);
  return [...gone, ...now.filter((line) => !old.includes(line)).map((line) => `  + ${line.trim()}`)];
}

/** Whoever runs on another's storage must see the same in it; what the owner keeps behind that is the owner's alone. */
function requireSameStorage(layouts) {
  for (const [owner, lenders] of Object.entries(LENT)) {
    for (const lender of lenders) {
      const [owned, lent] = [owner, lender].map((name) => JSON.parse(layouts.get(`${name}.json`)));
      const seen = [owned.storage.slice(0, lent.storage.length), lent.storage];
      const structs = Object.keys(lent.structs).map((label) => [owned.structs[label], lent.structs[label]]);
      for (const [known, read] of [seen, ...structs]) {
        const [before, after] = [known, read].map((fields) => (fields ?? []).map((one) => JSON.stringify(one)).join('\n'));
        if (before !== after) complaints.push(`${lender} runs on the storage of ${owner}, and sees it otherwise`, ...differences(before, after));
      }
    }
  }
}

const complaints = [];
const layouts = new Map([...deployable()].map(([name, built]) => [`${name}.json`, print(layoutOf(name, built))]));
const accepted = existsSync(LAYOUT) ? readdirSync(LAYOUT) : [];
requireSameStorage(layouts);
if (process.argv.includes('--write') && complaints.length === 0) {
  mkdirSync(LAYOUT, { recursive: true });
  accepted.filter((file) => !layouts.has(file)).forEach((file) => rmSync(join(LAYOUT, file)));
  layouts.forEach((layout, file) => writeFileSync(join(LAYOUT, file), layout));
} else {
  accepted.filter((file) => !layouts.has(file)).forEach((file) => complaints.push(`layout/${file}: there is no such contract`));
  for (const [file, layout] of layouts) {
    const before = accepted.includes(file) ? readFileSync(join(LAYOUT, file), 'utf8') : null;
    if (before === null) complaints.push(`layout/${file}: not there, so nothing says where this contract keeps what`);
    else if (before !== layout) complaints.push(`layout/${file}: the contract keeps its storage otherwise`, ...differences(before, layout));
  }
}
complain(
  complaints,
  'Storage proofs read these slots. If the change is meant, accept it in contracts/ by: node tools/layout.js --write',
);
