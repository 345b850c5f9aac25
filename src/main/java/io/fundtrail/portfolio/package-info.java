/** What one person holds and has committed, across classes and rounds. */
@NullMarked
package io.fundtrail.portfolio;

import org.jspecify.annotations.NullMarked;
