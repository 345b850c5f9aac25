import type { Sentences } from '../signing/describe';

export const officeSentences: Sentences = {};
