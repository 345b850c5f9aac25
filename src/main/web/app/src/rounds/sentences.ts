import type { Sentences } from '../signing/describe';

export const roundSentences: Sentences = {};
