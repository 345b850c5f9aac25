/** The history of any contract of the ledger, as the chain recorded it. */
@NullMarked
package io.fundtrail.audit;

import org.jspecify.annotations.NullMarked;
