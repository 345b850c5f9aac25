/**
 * Follows the ledger's contracts on the chain. Every log goes into the journal, from there into the
 * projections of the instruments, and is checked against the history heads that the chain proves;
 * all of a range of blocks is stored in one transaction or not at all.
 */
@NullMarked
package io.fundtrail.index;

import org.jspecify.annotations.NullMarked;
