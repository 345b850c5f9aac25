// The verifier's own sentences, in the reader's language.

import { REFUSALS } from '../../../verify/lib/refusal.js';
import { language } from '../language';

/** A step of the verifier; what has no translation yet stays as the verifier says it. */
export function stepInWords(step: string): string {
  return step;
}

/** Why a proof is rejected. */
export function refusalInWords(reason: string): string {
  return language.value === 'en' ? (REFUSALS[reason] ?? reason) : (REFUSALS[reason] ?? reason);
}
