/**
 * The values every other package speaks in: addresses, hashes, block and log positions, token
 * amounts and share counts. Each is checked when it is made, immutable, compared by content, and
 * refuses to be mixed with another unit. {@code toString} of a single value is its JSON form.
 */
@NullMarked
package io.fundtrail.model;

import org.jspecify.annotations.NullMarked;
