'use strict';

// Which tests are nearest to a source file.

const { dirname } = require('node:path');
const { filesUnder, read, unitsIn } = require('../sources.js');

const KINDS = ['unit', 'scenario'];

function namesIn(path) {
  return unitsIn(path)
    .filter(({ type }) => type !== 'PragmaDirective')
    .map(({ name }) => name)
    .filter(Boolean);
}

let allTests = null;

/** Each test with the source files whose contracts it speaks of most. */
function tests() {
  if (allTests) return allTests;
  const sources = filesUnder('src', '.sol').map((path) => ({ path, names: namesIn(path) }));
  allTests = KINDS.flatMap((kind) => filesUnder(`test/${kind}`, '.t.sol')).map((test) => {
    const words = new Map();
    for (const word of (test + read(test)).match(/\w+/g)) words.set(word, (words.get(word) ?? 0) + 1);
    const scores = sources.map(({ path, names }) => ({ path, score: Math.max(0, ...names.map((name) => words.get(name) ?? 0)) }));
    const best = Math.max(...scores.map(({ score }) => score));
    return { test, about: scores.filter(({ score }) => score > 0 && score === best).map((one) => one.path) };
  });
  return allTests;
}

function testsAbout(isMeant) {
  return tests()
    .filter(({ about }) => about.some(isMeant))
    .map(({ test }) => test);
}

/** The tests of a file, and those of its directory. */
function nearestTests(path) {
  const own = testsAbout((one) => one === path);
  return [own, testsAbout((one) => dirname(one) === dirname(path)).filter((test) => !own.includes(test))];
}

module.exports = { nearestTests };
