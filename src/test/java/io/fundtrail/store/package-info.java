@NullMarked
package io.fundtrail.store;

import org.jspecify.annotations.NullMarked;
