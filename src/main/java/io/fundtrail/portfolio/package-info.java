/** What one person holds, has committed, may claim and may vote on, across instruments. */
@NullMarked
package io.fundtrail.portfolio;

import org.jspecify.annotations.NullMarked;
