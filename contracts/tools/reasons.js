#!/usr/bin/env node
// Every `unchecked` block of contracts/src says in a comment before it why nothing can overflow there. With --assembly, every
// assembly block says why it is one: before it, or before its function if the function is nothing else.
'use strict';

const { complain, filesUnder, parser, read, unitsIn } = require('./sources.js');

function isComment(line) {
  return /^\s*(\/\/|\/\*|\*)/.test(line ?? '') || /\*\/\s*$/.test(line ?? '');
}

/** Whether the line before a node is a comment; lines count from 1. */
function commented(lines, node) {
  return isComment(lines[node.loc.start.line - 2]);
}

function isAllOf(definition, block) {
  return definition?.body?.statements.length === 1 && definition.body.statements[0] === block;
}

function check(path) {
  const lines = read(path).split('\n');
  const complaints = [];
  let around = null;
  const say = (node, what) => complaints.push(`${path}:${node.loc.start.line}: ${what}`);
  const visitor = {
    FunctionDefinition: (definition) => {
      around = definition;
    },
    UncheckedStatement: (block) => {
      if (!commented(lines, block)) say(block, 'unchecked, and no comment on the line before says why nothing can overflow');
    },
    InlineAssemblyStatement: (block) => {
      if (!process.argv.includes('--assembly') || commented(lines, block)) return;
      if (isAllOf(around, block) && commented(lines, around)) return;
      say(block, 'assembly, and no comment before it says what for');
    },
  };
  unitsIn(path).forEach((unit) => parser.visit(unit, visitor));
  return complaints;
}

complain(filesUnder('src', '.sol').flatMap(check), 'Say the reason where the reader needs it, or do without.');
