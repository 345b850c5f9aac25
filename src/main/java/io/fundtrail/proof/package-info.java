/**
 * Checks what a chain's node says against hashes that it cannot choose: keccak-256, RLP,
 * Merkle-Patricia proofs, block headers and the history fold. Static functions over immutable
 * input: no network, clock, log or configuration.
 */
@NullMarked
package io.fundtrail.proof;

import org.jspecify.annotations.NullMarked;
