#!/usr/bin/env node
// Checks on all cores what can be checked of the sources before anything is compiled, or of what was compiled:
//   node tools/checks.js sources|artifacts
'use strict';

const { spawn } = require('node:child_process');
const { availableParallelism } = require('node:os');
const { CONTRACTS } = require('./sources.js');

const SOLHINT = ['node_modules/solhint/solhint.js', '--disc', '--noPoster', '--max-warnings', '0'];
// The longest first.
const CHECKS = {
  sources: [['tools/prove.js'], [...SOLHINT, 'test/**/*.sol'], ['tools/trees.js', '--all'], [...SOLHINT, 'src/**/*.sol'], ['tools/reasons.js']],
  artifacts: [['tools/layout.js'], ['tools/matrix.js'], ['tools/sizes.js']],
};

/** Runs a check to its end, and tells what it said in one piece. */
function run(args) {
  return new Promise((resolve, reject) => {
    const check = spawn(process.execPath, args, { cwd: CONTRACTS });
    const said = [];
    for (const stream of [check.stdout, check.stderr]) stream.on('data', (data) => said.push(data));
    check.on('error', reject);
    check.on('close', (status) => {
      process.stdout.write(Buffer.concat(said));
      if (status !== 0) {
        console.error(`node ${args.join(' ')} failed`);
        process.exitCode = 1;
      }
      resolve();
    });
  });
}

async function main(waiting) {
  if (waiting === undefined) throw new Error(`node tools/checks.js takes one of: ${Object.keys(CHECKS).join(', ')}`);
  const work = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) await run(check);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
}

main(CHECKS[process.argv[2]]);
