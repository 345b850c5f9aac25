/** Companies, their share classes and who holds them: the register at any block. */
@NullMarked
package io.fundtrail.share;

import org.jspecify.annotations.NullMarked;
