#!/usr/bin/env node
// Prints how many bytes of code each contract has, and fails above what leaves a margin to the limits of EIP-170 and EIP-3860.
'use strict';

const { deployable } = require('./artifacts.js');
const { complain } = require('./sources.js');

const LIMITS = { runtime: { protocol: 24_576, ours: 24_000 }, creation: { protocol: 49_152, ours: 48_000 } };

function bytes({ object }) {
  return (object.length - '0x'.length) / 2;
}

const complaints = [];
console.log('Bytes of code             runtime   creation');
for (const [name, { artifact }] of deployable()) {
  const size = { runtime: bytes(artifact.deployedBytecode), creation: bytes(artifact.bytecode) };
  console.log(`${name.padEnd(24)} ${String(size.runtime).padStart(8)} ${String(size.creation).padStart(10)}`);
  for (const [kind, { protocol, ours }] of Object.entries(LIMITS)) {
    if (size[kind] > ours) complaints.push(`${name}: ${size[kind]} bytes of ${kind} code; the chain takes ${protocol}, we stop at ${ours}`);
  }
}
complain(complaints, 'Move code into a contract of its own, or into a library with external functions.');
