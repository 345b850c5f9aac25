'use strict';

// What contracts/src and contracts/test say, read by the parser: the checks here share it.

const { createHash } = require('node:crypto');
const { existsSync, readFileSync, readdirSync } = require('node:fs');
const { join, relative } = require('node:path');
const parser = require('@solidity-parser/parser');

const CONTRACTS = join(__dirname, '..');

/** Every file under a directory of contracts/ whose name ends so, as paths from contracts/, in order. */
function filesUnder(directory, ending) {
  return readdirSync(join(CONTRACTS, directory), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => relative(CONTRACTS, join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
}

function read(path) {
  return readFileSync(join(CONTRACTS, path), 'utf8');
}

/** A short hash of texts. */
function sha256(...texts) {
  const hash = createHash('sha256');
  texts.forEach((text) => hash.update(text).update('\0'));
  return hash.digest('hex').slice(0, 16);
}

const parsed = new Map();

/** What a source file declares, as the parser's nodes. */
function unitsIn(path) {
  if (!parsed.has(path)) parsed.set(path, parser.parse(read(path), { loc: true, range: true }).children);
  return parsed.get(path);
}

/** The contracts, libraries and interfaces of a source file, as the parser's ContractDefinition. */
function contractsIn(path) {
  return unitsIn(path)
    .filter((child) => child.type === 'ContractDefinition')
    .map((contract) => ({ path, ...contract }));
}

/** All of contracts/src. `kind` is contract, abstract, library or interface. */
function sourceContracts() {
  return filesUnder('src', '.sol').flatMap(contractsIn);
}

/** Names of the functions with a body that a contract itself declares, by whom they may be called. */
function functionsOf(contract, visibilities) {
  return contract.subNodes
    .filter((node) => node.type === 'FunctionDefinition' && node.name && node.body && visibilities.includes(node.visibility))
    .map((node) => node.name);
}

/** Contracts whose code runs on another's storage, by the one whose storage it is. */
const LENT = { FundingRound: ['RoundSettlement'], ShareToken: ['ShareActs', 'ShareOrders'], CustodyTrust: ['TrustOffices', 'TrustBooks'] };

/** A contract and all it inherits from, out of the files it was compiled from. */
function lineage(name, files) {
  const all = new Map(files.filter((file) => existsSync(join(CONTRACTS, file))).flatMap((file) => contractsIn(file).map((contract) => [contract.name, contract])));
  const found = new Map();
  const visit = (one) => {
    const contract = all.get(one);
    if (!contract || found.has(one)) return;
    found.set(one, contract);
    contract.baseContracts.forEach(({ baseName }) => visit(baseName.namePath));
  };
  visit(name);
  return [...found.values()];
}

/** Ends with the complaints, one a line, and a last line that says what to do; or not, if there are none. */
function complain(complaints, advice) {
  if (complaints.length > 0) {
    console.error([...complaints, advice].join('\n'));
    process.exitCode = 1;
  }
}

module.exports = { CONTRACTS, LENT, complain, contractsIn, filesUnder, functionsOf, lineage, parser, read, sha256, sourceContracts, unitsIn };
