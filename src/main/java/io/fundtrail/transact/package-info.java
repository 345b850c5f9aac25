/**
 * Writing to the chain without holding anybody's key: transactions are prepared and tried for
 * whoever will sign them, refusals are put into words, and what comes back signed is relayed if it
 * is for this ledger.
 */
@NullMarked
package io.fundtrail.transact;

import org.jspecify.annotations.NullMarked;
