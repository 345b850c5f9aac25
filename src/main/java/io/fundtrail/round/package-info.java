/** Funding rounds: their terms, their commitments, and what became of the money. */
@NullMarked
package io.fundtrail.round;

import org.jspecify.annotations.NullMarked;
