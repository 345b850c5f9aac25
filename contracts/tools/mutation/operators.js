'use strict';

// What a careless or a hostile hand would change in a source file, one change at a time.

const { parser, sourceContracts, unitsIn } = require('../sources.js');

const SWAPS = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '==': ['!='],
  '!=': ['=='],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['/'],
  '<<': ['>>'],
  '>>': ['<<'],
  '&': ['|'],
  '|': ['&'],
  '^': ['&'],
  '&&': ['||'],
  '||': ['&&'],
  '+=': ['-='],
  '-=': ['+='],
  '*=': ['/='],
  '/=': ['*='],
  '|=': ['&='],
  '&=': ['|='],
};

const ASSEMBLY_SWAPS = {
  add: 'sub',
  sub: 'add',
  mul: 'div',
  div: 'mul',
  and: 'or',
  or: 'and',
  shl: 'shr',
  shr: 'shl',
  lt: 'gt',
  gt: 'lt',
};

const CALLS = ['call', 'callcode', 'delegatecall', 'staticcall'];

let allEnums = null;

/** The members of every enum of contracts/src, by name. */
function enums() {
  if (allEnums) return allEnums;
  const found = new Map();
  const visitor = { EnumDefinition: ({ name, members }) => found.set(name, members.map((member) => member.name)) };
  const files = new Set(sourceContracts().map(({ path }) => path));
  for (const path of files) unitsIn(path).forEach((unit) => parser.visit(unit, visitor));
  allEnums = found;
  return found;
}

function isRevert(statement) {
  if (statement?.type === 'Block') return statement.statements.length === 1 && isRevert(statement.statements[0]);
  return statement?.type === 'RevertStatement';
}

/** The return of zero that a function ends with, if that is what it gives without it, too. */
function returnOfZero({ body, returnParameters }) {
  const last = body?.statements.at(-1);
  if (last?.type !== 'ReturnStatement' || returnParameters?.length !== 1 || returnParameters[0].name) return null;
  const given = last.expression;
  return given?.number === '0' || given?.value === false ? last : null;
}

/** A literal's value as the number it stands for, or null if it is not a plain integer. */
function valueOf(number) {
  const plain = number.replace(/_/g, '').match(/^(\d+)(?:e(\d+))?$/i);
  return plain ? BigInt(plain[1]) * 10n ** BigInt(plain[2] ?? 0) : null;
}

class Mutator {
  constructor(source, allEnums) {
    this.source = source;
    this.enums = allEnums;
    this.found = new Map();
    this.place = [];
    this.untouched = new Set();
  }

  /** A change of the text from start up to end, within a node that is an expression, a statement or the like. */
  change(node, start, end, replacement, operator) {
    const key = `${start}:${end}:${replacement}`;
    if (this.source.slice(start, end) === replacement || this.found.has(key)) return;
    this.found.set(key, { node, start, end, replacement, operator, in: this.place.join('.') });
  }

  replace(node, replacement, operator) {
    this.change(node, node.range[0], node.range[1] + 1, replacement, operator);
  }

  /** The text between the two sides of a node, where an operator stands. */
  between(node, operator, replacement, kind) {
    const start = this.source.indexOf(operator, node.left.range[1] + 1);
    if (start >= 0 && start < node.right.range[0]) this.change(node, start, start + operator.length, replacement, kind);
  }

  literal(node, text) {
    const value = valueOf(text);
    if (value === null || this.untouched.has(node)) return;
    const end = node.range[0] + text.length;
    this.change(node, node.range[0], end, String(value + 1n), 'literal');
    if (value > 0n) this.change(node, node.range[0], end, String(value - 1n), 'literal');
  }

  ifStatement(node) {
    if (isRevert(node.trueBody) && !node.falseBody) {
      this.replace(node, '{}', 'check removed');
    } else {
      this.replace(node.condition, 'true', 'condition');
      this.replace(node.condition, 'false', 'condition');
    }
  }

  unary(node) {
    const start = node.isPrefix ? node.range[0] : node.subExpression.range[1] + 1;
    if (node.operator === '!' || node.operator === '~') this.change(node, start, start + 1, '', 'negation');
    if (node.operator === '++') this.change(node, start, start + 2, '--', 'arithmetic');
    if (node.operator === '--') this.change(node, start, start + 2, '++', 'arithmetic');
  }

  member(node) {
    const start = node.range[1] + 1 - node.memberName.length;
    const on = node.expression.memberName ?? node.expression.name;
    if (on === 'Math' && ['min', 'max'].includes(node.memberName)) {
      this.change(node, start, node.range[1] + 1, node.memberName === 'min' ? 'max' : 'min', 'min and max');
    }
    const members = this.enums.get(on) ?? [];
    const at = members.indexOf(node.memberName);
    if (at >= 0 && members.length > 1) this.change(node, start, node.range[1] + 1, members[(at + 1) % members.length], 'state');
  }

  assemblyCall(node) {
    // An output area of no size, nowhere, is none: the answer is copied from the return data.
    const area = node.arguments.slice(-2);
    if (CALLS.includes(node.functionName) && area.every(({ value }) => value === '0')) area.forEach((one) => this.untouched.add(one));
    const swapped = ASSEMBLY_SWAPS[node.functionName];
    if (swapped && node.arguments.length > 0) {
      this.change(node, node.range[0], node.range[0] + node.functionName.length, swapped, 'assembly');
    }
  }

  visitor() {
    const remove = (node) => this.replace(node, '{}', 'statement removed');
    return {
      ContractDefinition: (node) => (this.place = [node.name]),
      FunctionDefinition: (node) => {
        this.place = [this.place[0], node.name || (node.isConstructor ? 'constructor' : 'fallback')];
        this.untouched.add(returnOfZero(node));
      },
      'FunctionDefinition:exit': () => (this.place = [this.place[0]]),
      ModifierDefinition: (node) => (this.place = [this.place[0], node.name]),
      'ModifierDefinition:exit': () => (this.place = [this.place[0]]),
      ModifierInvocation: (node, parent) => {
        if (!parent.isConstructor) this.replace(node, '', 'modifier removed');
      },
      ArrayTypeName: (node) => this.untouched.add(node.length),
      BinaryOperation: (node) => {
        for (const other of SWAPS[node.operator] ?? []) this.between(node, node.operator, other, 'operator');
      },
      UnaryOperation: (node) => this.unary(node),
      Conditional: (node) => {
        this.replace(node.condition, 'true', 'condition');
        this.replace(node.condition, 'false', 'condition');
      },
      IfStatement: (node) => this.ifStatement(node),
      ForStatement: (node) => this.untouched.add(node.loopExpression),
      ExpressionStatement: (node) => {
        if (!this.untouched.has(node)) remove(node);
      },
      EmitStatement: remove,
      ReturnStatement: (node) => {
        if (!this.untouched.has(node)) remove(node);
      },
      ContinueStatement: remove,
      BreakStatement: remove,
      NumberLiteral: (node) => this.literal(node, node.number),
      BooleanLiteral: (node) => this.replace(node, String(!node.value), 'literal'),
      MemberAccess: (node) => this.member(node),
      AssemblyBlock: (node) => {
        node.operations
          .filter(({ type }) => type === 'AssemblyCall' || type === 'AssemblyAssignment')
          .forEach((operation) => this.replace(operation, '{}', 'statement removed'));
      },
      AssemblyCall: (node) => this.assemblyCall(node),
      DecimalNumber: (node) => this.literal(node, node.value),
    };
  }
}

/** The line of a text around a place, without the space around it. */
function lineAt(text, place) {
  return text.slice(text.lastIndexOf('\n', place - 1) + 1).split('\n')[0].trim();
}

/**
 * Every change of a file: the node that it changes, where it stands (`in`), the line before and after, and from where to
 * where the text gives way to which.
 */
function changesOf(source, ast) {
  const mutator = new Mutator(source, enums());
  parser.visit(ast, mutator.visitor());
  return [...mutator.found.values()]
    .sort((a, b) => a.start - b.start || a.end - b.end)
    .map((change) => {
      const after = source.slice(0, change.start) + change.replacement + source.slice(change.end);
      const line = source.slice(0, change.start).split('\n').length;
      return { ...change, line, before: lineAt(source, change.start), after: lineAt(after, change.start) };
    });
}

module.exports = { changesOf };
