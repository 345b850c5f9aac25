import type { Sentences } from '../signing/describe';

export const companySentences: Sentences = {};
