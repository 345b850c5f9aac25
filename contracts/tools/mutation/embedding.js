'use strict';

// Which contracts carry the code of which source file: what must be compiled anew when the file changes.

const { filesUnder, parser, read } = require('../sources.js');

/** A contract, library, free function or constant: what it is called, where it stands, and whose code it may carry. */
function unitsIn(path) {
  const isUnit = ({ type }) => ['ContractDefinition', 'FunctionDefinition', 'FileLevelConstant'].includes(type);
  return parser
    .parse(read(path), {})
    .children.filter(isUnit)
    .map((node) => {
      const bases = (node.baseContracts ?? []).map(({ baseName }) => baseName.namePath);
      const carried = new Set();
      const created = new Set();
      parser.visit(node, {
        Identifier: ({ name }) => carried.add(name),
        UsingForDeclaration: ({ libraryName }) => carried.add(libraryName),
        NewExpression: ({ typeName }) => created.add(typeName.namePath),
      });
      return { name: node.name, path, kind: node.kind ?? 'free', bases, carried, created };
    });
}

/** All of contracts/src and contracts/test. */
function allUnits() {
  return [...filesUnder('src', '.sol'), ...filesUnder('test', '.sol')].flatMap(unitsIn);
}

/** The contracts that can be deployed and carry code of a file: by inheriting it, creating it, or calling into a library. */
function carriersOf(path, units) {
  const byName = new Map();
  units.forEach((unit) => byName.set(unit.name, [...(byName.get(unit.name) ?? []), unit]));
  const named = (name, kinds) => (byName.get(name) ?? []).filter(({ kind }) => kinds.includes(kind));
  const next = (unit) => [
    ...unit.bases.flatMap((name) => named(name, ['contract', 'abstract', 'interface'])),
    ...[...unit.created].flatMap((name) => named(name, ['contract'])),
    ...[...unit.carried].flatMap((name) => named(name, ['library', 'free'])),
  ];
  const carries = (unit, seen) => {
    if (unit.path === path) return true;
    if (seen.has(unit)) return false;
    seen.add(unit);
    return next(unit).some((one) => carries(one, seen));
  };
  return units.filter((unit) => unit.kind === 'contract' && carries(unit, new Set()));
}

/** The test files that speak of a source file's contracts more than of any other's; if none does, those that speak of them. */
function ownTestsOf(path, units) {
  const names = [...new Set(units.filter((unit) => unit.path.startsWith('src/')).map(({ name }) => name))];
  const own = new Set(units.filter((unit) => unit.path === path).map(({ name }) => name));
  const tests = ['unit', 'scenario', 'hostile'].flatMap((kind) => filesUnder(`test/${kind}`, '.t.sol'));
  const scored = tests.map((test) => {
    const words = new Map();
    for (const word of (test + read(test)).match(/\w+/g)) words.set(word, (words.get(word) ?? 0) + 1);
    const score = (name) => words.get(name) ?? 0;
    const best = Math.max(...names.map(score));
    const mine = Math.max(0, ...[...own].map(score));
    return { test, mine, first: mine > 0 && mine === best };
  });
  const first = scored.filter((one) => one.first);
  return (first.length > 0 ? first : scored.filter(({ mine }) => mine > 0)).map(({ test }) => test);
}

module.exports = { allUnits, carriersOf, ownTestsOf };
