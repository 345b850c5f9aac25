'use strict';

// All changes of a source file woven into one text, each asleep until it is called by its number: solc compiles the changed
// contracts once, and a test wakes one change, or records which ones are reached. It says so by its block's coinbase, that no
// contract here reads.

const { parser } = require('../sources.js');
const { changesOf } = require('./operators.js');

const MUTANT = 'src/Mutant.sol';
const RECORD = '0xffffffff';
/** Where the changes that are reached are noted, one a line, from the copy's root. */
const REACHED = 'cache/judge/reached';

/** What the woven texts import. What it reads and calls is hidden from the compiler, for pure functions have changes as well. */
const MUTANT_TEXT = `// SPDX-License-Identifier: AGPL-3.0-only
pragma solidity ^0.8.20;

library Mutant {
    function current() internal pure returns (uint256) {
        function() internal view returns (uint256) seeing = _coinbase;
        function() internal pure returns (uint256) blind;
        assembly {
            blind := seeing
        }
        return blind();
    }

    function active(uint256 id) internal pure returns (bool) {
        uint256 awake = current();
        if (awake == ${RECORD}) _hidden(id);
        return awake == id;
    }

    /// As current(), where the changes from first to last are reached at once.
    function within(uint256 first, uint256 last) internal pure returns (uint256 awake) {
        awake = current();
        if (awake == ${RECORD}) for (uint256 id = first; id <= last; ++id) _hidden(id);
    }

    function _hidden(uint256 id) private pure {
        function(uint256) internal view seeing = _reached;
        function(uint256) internal pure blind;
        assembly {
            blind := seeing
        }
        blind(id);
    }

    /// Notes it the first time in a test: then EXTCODESIZE of an address of its own is dear. A cheat code is no call, so that
    /// no prank and no expectation takes it for the one that it waits for.
    function _reached(uint256 id) private view {
        uint256 size;
        uint256 cost = gasleft();
        assembly {
            size := extcodesize(not(id))
        }
        cost -= gasleft();
        if (cost + size < 1000) return;
        bytes memory digits = "00000";
        for (uint256 i = 5; i > 0; id /= 10) digits[--i] = bytes1(uint8(48 + id % 10));
        bytes memory note = abi.encodeWithSignature("writeLine(string,string)", "${REACHED}", digits);
        address cheats = address(uint160(uint256(keccak256("hevm cheat code"))));
        assembly {
            pop(staticcall(gas(), cheats, add(note, 32), mload(note), 0, 0))
        }
    }

    function _coinbase() private view returns (uint256) {
        return uint160(address(block.coinbase));
    }
}
`;

const LITERALS = ['NumberLiteral', 'BooleanLiteral'];

/** A parsed file with each node's parent. */
function parseWithParents(source) {
  const ast = parser.parse(source, { range: true });
  const parents = new Map();
  const climb = (node, parent) => {
    if (Array.isArray(node)) return node.forEach((one) => climb(one, parent));
    if (!node || typeof node !== 'object') return;
    if (node.type) parents.set(node, parent);
    Object.entries(node).forEach(([key, value]) => !['range', 'loc'].includes(key) && climb(value, node.type ? node : parent));
  };
  climb(ast, null);
  return { ast, parents };
}

function isLiteral(node) {
  if (LITERALS.includes(node.type)) return true;
  if (node.type === 'UnaryOperation') return isLiteral(node.subExpression);
  if (node.type === 'BinaryOperation') return isLiteral(node.left) && isLiteral(node.right);
  return node.type === 'TupleExpression' && node.components.length === 1 && isLiteral(node.components[0]);
}

function isConversion(node) {
  return node.type === 'FunctionCall' && (node.expression.type === 'ElementaryTypeName' || node.expression.name === 'address');
}

/** The part of a file around a change that can be swapped while the contract runs: its node, and how it is swapped. */
function siteOf(change, parents) {
  let { node } = change;
  if (node.type === 'ModifierInvocation') return { node, kind: 'modifier' };
  const isYul = (one) => one && (one.type === 'AssemblyBlock' || isYul(parents.get(one)));
  if (isYul(node)) {
    const block = blockOf(node, parents);
    const isStatement = node.type === 'AssemblyAssignment' || parents.get(node).type === 'AssemblyBlock';
    return { node, block, kind: isStatement && change.operator === 'statement removed' ? 'yul statement' : 'yul' };
  }
  if (/Statement$/.test(node.type)) {
    const parent = parents.get(node);
    const inHead = parent.type === 'ForStatement' && parent.body !== node;
    return { node, kind: inHead ? null : 'statement' };
  }
  // Outside of a ternary, the compiler gives numbers that it computes itself the type that the place asks for.
  while (isLiteral(node) && (isLiteral(parents.get(node)) || isConversion(parents.get(node)))) node = parents.get(node);
  if (parents.get(node).type === 'FunctionCall' && change.operator === 'min and max') node = parents.get(node);
  for (let around = node; around; around = parents.get(around)) {
    if (around.type === 'FileLevelConstant') return { node: around, kind: 'constant' };
    if (around.type === 'StateVariableDeclaration' && around.variables[0].isDeclaredConst) return { node: around.variables[0], kind: 'constant' };
  }
  return { node, kind: isShifted(node, parents.get(node)) ? 'shifted' : 'expression' };
}

/** Whether a number is one that the compiler takes for a uint256, since it is shifted or raised by what it does not know. */
function isShifted(node, parent) {
  return isLiteral(node) && parent.type === 'BinaryOperation' && parent.left === node && ['<<', '>>', '**'].includes(parent.operator);
}

function blockOf(node, parents) {
  let around = node;
  while (around.type !== 'InlineAssemblyStatement') around = parents.get(around);
  return around;
}

/** Where a file's constant is read, but by other constants. */
function readingsOf(name, ast, parents) {
  const found = [];
  parser.visit(ast, {
    Identifier: (node) => {
      let around = node;
      while (around && around.type !== 'FunctionDefinition' && around.type !== 'ModifierDefinition') around = parents.get(around);
      if (node.name === name && around) found.push(node);
    },
  });
  return found;
}

function rangeOf(node) {
  return { start: node.range[0], end: node.range[1] + 1 };
}

class Weaver {
  constructor(source, numbered, dropped) {
    this.source = source;
    this.dropped = dropped;
    const { ast, parents } = parseWithParents(source);
    this.ast = ast;
    this.parents = parents;
    this.sites = new Map();
    numbered(changesOf(source, ast)).forEach((change) => this.place(change));
  }

  text({ start, end }) {
    return this.source.slice(start, end);
  }

  add(node, kind, variant, id) {
    const { start, end } = rangeOf(node);
    const key = `${start}:${end}:${kind}`;
    if (!this.sites.has(key)) this.sites.set(key, { start, end, kind, node, variants: [] });
    this.sites.get(key).variants.push({ id, text: variant });
  }

  /** The text of a node with a change in it. */
  changed(node, { start, end, replacement }) {
    const range = rangeOf(node);
    return this.source.slice(range.start, start) + replacement + this.source.slice(end, range.end);
  }

  place(change) {
    if (this.dropped.has(change.id)) return;
    const { node, kind, block } = siteOf(change, this.parents);
    if (kind === 'constant') this.placeConstant(node, change);
    else if (kind && !(kind === 'yul' && /call\(|create/.test(this.text(rangeOf(node))))) this.add(node, kind, this.changed(node, change), change.id);
    else this.dropped.add(change.id);
    if (block) this.add(block, 'assembly', null, change.id);
  }

  placeConstant(node, change) {
    const value = node.initialValue ?? node.expression;
    const type = node.typeName;
    const readings = readingsOf(node.name, this.ast, this.parents);
    if (!value || type?.type !== 'ElementaryTypeName' || readings.length === 0) {
      this.dropped.add(change.id);
      return;
    }
    const variant = `${this.text(rangeOf(type))}(${this.changed(value, change)})`;
    readings.forEach((reading) => this.add(reading, 'expression', variant, change.id));
  }

  /** Comments around it tell whose it is if the compiler complains. */
  wrap({ kind, variants, node }, base) {
    if (kind === 'assembly') return `{ uint256 mutant = Mutant.within(${variants[0].id}, ${variants.at(-1).id}); ${base} }`;
    const woven = variants.reduceRight((inner, { id, text }) => {
      switch (kind) {
        case 'expression':
          return `(Mutant.active(${id}) ? (${text}) : (${inner}))`;
        case 'shifted':
          return `(Mutant.active(${id}) ? uint256(${text}) : uint256(${inner}))`;
        case 'statement':
          return `{ if (!Mutant.active(${id})) { ${inner} } }`;
        case 'yul statement':
          return `if iszero(eq(mutant, ${id})) { ${inner} }`;
        case 'yul':
          return `xor(${inner}, mul(xor(${this.text(rangeOf(node))}, ${text}), eq(mutant, ${id})))`;
        case 'modifier':
          return `${node.name}Unless(${[id, ...(node.arguments ?? []).map((one) => this.text(rangeOf(one)))].join(', ')})`;
        default:
          throw new Error(kind);
      }
    }, base);
    return `/*<${variants.map(({ id }) => id)}*/${woven}/*>*/`;
  }

  weave() {
    const outermost = ['assembly', 'statement', 'yul statement'];
    const rank = ({ kind }) => (outermost.indexOf(kind) + 1 || 9);
    const sites = [...this.sites.values()].sort((a, b) => a.start - b.start || b.end - a.end || rank(a) - rank(b));
    const render = (start, end, inside) => {
      let out = '';
      let at = start;
      while (inside.length > 0) {
        const site = inside.shift();
        const within = [];
        while (inside.length > 0 && inside[0].end <= site.end) within.push(inside.shift());
        out += this.source.slice(at, site.start) + this.wrap(site, render(site.start, site.end, within));
        at = site.end;
      }
      return out + this.source.slice(at, end);
    };
    const text = withUnless(render(0, this.source.length, sites));
    return text.replace(/^(pragma solidity [^;]*;)/m, `$1\nimport {Mutant} from "${MUTANT}";`);
  }
}

/** Beside each modifier one that a change can put to sleep. */
function withUnless(text) {
  return text.replace(/^( *)modifier (\w+)\((.*?)\) \{\n([\s\S]*?)\n\1\}/gm, (whole, indent, name, params, body) => {
    const all = ['uint256 mutantId', params].filter(Boolean).join(', ');
    return `${whole}\n${indent}modifier ${name}Unless(${all}) {\nif (Mutant.active(mutantId)) { _; } else {\n${body}\n}\n${indent}}`;
  });
}

/** The changes of a file that a woven text holds: numbered from `first`. */
function weave(source, first, dropped) {
  let changes;
  const numbered = (found) => (changes = found.map((change, index) => ({ ...change, id: first + index })));
  const text = new Weaver(source, numbered, dropped).weave();
  return { text, changes };
}

/** The changes that a place of a woven text belongs to; if it belongs to none, those from there to the statement's end. */
function changesAt(text, start, end) {
  const variant = text.slice(Math.max(0, start - 60), start).match(/active\((\d+)\) \? \(\w*\(?$/);
  if (variant) return [Number(variant[1])];
  const last = Math.max(end, text.indexOf(';', end));
  const around = [];
  const marks = /\/\*(?:<([\d,]+)|>)\*\//g;
  const within = [];
  for (const { index, 1: ids } of text.matchAll(marks)) {
    if (index >= last) break;
    if (index >= start && ids) within.push(...ids.split(','));
    if (index < start) ids ? around.push(ids.split(',')) : around.pop();
  }
  return (around.at(-1) ?? within).map(Number);
}

module.exports = { MUTANT, MUTANT_TEXT, REACHED, RECORD, changesAt, weave, withUnless };
