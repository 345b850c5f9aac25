import type { Sentences } from '../signing/describe';

export const trustSentences: Sentences = {};
