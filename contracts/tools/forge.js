'use strict';

// Forge, as the build starts it: the binary itself, in contracts/.

const { spawn, spawnSync } = require('node:child_process');
const { join } = require('node:path');
const { CONTRACTS } = require('./sources.js');

const FORGE = join(CONTRACTS, 'node_modules', '@foundry-rs', 'forge-linux-amd64', 'bin', 'forge');

function options(env) {
  return { cwd: CONTRACTS, env: { ...process.env, ...env }, maxBuffer: 1 << 30, encoding: 'utf8' };
}

/** What forge prints as JSON; ends the program if it fails. */
function forgeJson(...args) {
  const { status, stdout, stderr } = spawnSync(FORGE, [...args, '--json'], options({}));
  if (status !== 0) {
    console.error(stderr || stdout);
    process.exit(1);
  }
  // Before the JSON, forge may tell of what it compiles.
  return JSON.parse(stdout.slice(stdout.indexOf('{')));
}

/** Starts forge; resolves to its exit status and all it said. */
function forge(args, env = {}) {
  return new Promise((resolve, reject) => {
    const running = spawn(FORGE, args, options(env));
    const said = [];
    for (const stream of [running.stdout, running.stderr]) stream.on('data', (data) => said.push(data));
    running.on('error', reject);
    running.on('close', (status) => resolve({ status, said: Buffer.concat(said).toString('utf8') }));
  });
}

module.exports = { FORGE, forge, forgeJson };
