// The terms that a clone was opened with: the end of its code, packed.

import { sizeOf, slice } from './bytes.js';
import { Refused } from './refusal.js';

/** So many bytes of the terms from an offset. */
export function part(terms, offset, length) {
  if (sizeOf(terms) < offset + length) {
    throw new Refused('OTHER_CODE', `the terms are cut off at byte ${sizeOf(terms)}`);
  }
  return slice(terms, offset, offset + length);
}
