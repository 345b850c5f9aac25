/** A self-hosted ledger for equity crowdfunding and for money held in trust. */
@NullMarked
package io.fundtrail;

import org.jspecify.annotations.NullMarked;
