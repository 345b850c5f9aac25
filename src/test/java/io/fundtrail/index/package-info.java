@NullMarked
package io.fundtrail.index;

import org.jspecify.annotations.NullMarked;
