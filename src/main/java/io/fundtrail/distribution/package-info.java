/** Dividends and other payments to holders by what they held at a record date. */
@NullMarked
package io.fundtrail.distribution;

import org.jspecify.annotations.NullMarked;
