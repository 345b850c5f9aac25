/**
 * Money and shares held in trust: the deed, its offices, what was received, released and given
 * back.
 */
@NullMarked
package io.fundtrail.trust;

import org.jspecify.annotations.NullMarked;
