'use strict';

// What forge built from contracts/src.

const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { CONTRACTS, contractsIn } = require('./sources.js');

function json(...path) {
  return JSON.parse(readFileSync(join(CONTRACTS, ...path), 'utf8'));
}

/**
 * Those contracts of contracts/src that can be deployed, each with the artifact that forge wrote, by name. Forge leaves the
 * output of contracts that are no more, so its cache says which are current.
 */
function deployable() {
  const found = new Map();
  for (const [path, file] of Object.entries(json('cache', 'solidity-files-cache.json').files)) {
    if (!path.startsWith('src/') || !existsSync(join(CONTRACTS, path))) continue;
    for (const definition of contractsIn(path).filter(({ kind }) => kind === 'contract')) {
      const [byVersion] = Object.values(file.artifacts[definition.name]);
      found.set(definition.name, { path, artifact: json('out', (byVersion.default ?? Object.values(byVersion)[0]).path) });
    }
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

module.exports = { deployable };
