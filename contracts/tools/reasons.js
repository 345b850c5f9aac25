#!/usr/bin/env node
// Every `unchecked` block of contracts/src says in a comment before it why nothing can overflow there, and every assembly block
// what it is for: in a comment before it or at its start, in its function's, or in one that stands alone above several functions.
'use strict';

const { complain, filesUnder, parser, read, unitsIn } = require('./sources.js');

function isComment(line) {
  return /^\s*(\/\/|\/\*|\*)/.test(line ?? '') || /\*\/\s*$/.test(line ?? '');
}

/** Whether the line before a node is a comment; lines count from 1. */
function commented(lines, node) {
  return isComment(lines[node.loc.start.line - 2]);
}

/** Whether a comment that stands alone, with nothing below it, is above a node in its section. */
function isInCommentedGroup(lines, node) {
  for (let at = node.loc.start.line - 2; at > 0 && !/^\s*\/\/ -{3}|^\S/.test(lines[at]); --at) {
    if (isComment(lines[at]) && lines[at + 1].trim() === '') return true;
  }
  return false;
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
      if (commented(lines, block) || isComment(lines[block.loc.start.line])) return;
      if (around && (commented(lines, around) || isInCommentedGroup(lines, around))) return;
      say(block, 'assembly, and no comment before it says what for');
    },
  };
  unitsIn(path).forEach((unit) => parser.visit(unit, visitor));
  return complaints;
}

complain(filesUnder('src', '.sol').flatMap(check), 'Say the reason where the reader needs it, or do without.');
