/**
 * The database behind the index: SQLite or PostgreSQL, one portable SQL subset, migrations, and the
 * columns of the values in {@code model}.
 */
@NullMarked
package io.fundtrail.store;

import org.jspecify.annotations.NullMarked;
