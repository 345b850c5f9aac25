// JSON as bundles are written in it: JSON.parse would take a name that is there twice, fractions
// and exponents. Whole numbers become BigInt.

import { Unusable } from './refusal.js';

const DEEPEST = 8;
const LONGEST_STRING = 8 << 20;
const LONGEST_NAME = 64;
const LONGEST_NUMBER = 19;
const SPACE = /[ \t\n\r]*/y;
const STRING = /"((?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*)"/y;
/** A string without escapes, as all of a bundle are: the pattern above exhausts a stack on long ones. */
const PLAIN = /"[^"\\\u0000-\u001f]*"/y;
const NUMBER = /(?:0|-?[1-9][0-9]*)(?![0-9.eE])/y;

/** Reads one value: Map, Array, string, BigInt, true, false or null. */
export function parse(text) {
  const reader = new Reader(text);
  const value = reader.value(1);
  reader.match(SPACE);
  if (reader.at !== text.length) {
    throw reader.unusable('something comes behind the bundle');
  }
  return value;
}

class Reader {
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  value(depth) {
    this.match(SPACE);
    switch (this.text[this.at]) {
      case '{':
        return this.object(depth);
      case '[':
        return this.array(depth);
      case '"':
        return this.string(LONGEST_STRING);
      case 't':
        return this.word('true', true);
      case 'f':
        return this.word('false', false);
      case 'n':
        return this.word('null', null);
      default:
        return this.number();
    }
  }

  object(depth) {
    const members = new Map();
    this.each(depth, '}', () => {
      this.match(SPACE);
      const name = this.string(LONGEST_NAME);
      if (members.has(name)) {
        throw this.unusable('a name is there twice');
      }
      this.match(SPACE);
      if (!this.skip(':')) {
        throw this.unusable('a colon is due');
      }
      members.set(name, this.value(depth + 1));
    });
    return members;
  }

  array(depth) {
    const items = [];
    this.each(depth, ']', () => items.push(this.value(depth + 1)));
    return items;
  }

  each(depth, end, read) {
    if (depth > DEEPEST) {
      throw this.unusable(`nesting deeper than ${DEEPEST} levels`);
    }
    this.at++;
    this.match(SPACE);
    if (this.skip(end)) {
      return;
    }
    do {
      read();
      this.match(SPACE);
    } while (this.skip(','));
    if (!this.skip(end)) {
      throw this.unusable(`a ${end} is due`);
    }
  }

  string(longest) {
    const written = this.match(PLAIN) ?? this.match(STRING);
    if (written === null) {
      throw this.unusable('a string is due');
    }
    const value = JSON.parse(written);
    if (value.length > longest) {
      throw this.unusable(`a string of more than ${longest} characters`);
    }
    return value;
  }

  number() {
    const digits = this.match(NUMBER);
    if (digits === null || digits.replace('-', '').length > LONGEST_NUMBER) {
      throw this.unusable('a value is due, numbers being whole');
    }
    return BigInt(digits);
  }

  word(word, value) {
    if (!this.text.startsWith(word, this.at)) {
      throw this.unusable('a value is due');
    }
    this.at += word.length;
    return value;
  }

  match(pattern) {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found === null) {
      return null;
    }
    this.at = pattern.lastIndex;
    return found[0];
  }

  skip(character) {
    if (this.text[this.at] !== character) {
      return false;
    }
    this.at++;
    return true;
  }

  unusable(what) {
    return new Unusable(`no bundle: ${what}, at character ${this.at}`);
  }
}
