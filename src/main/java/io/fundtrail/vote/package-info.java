/** Votes of holders: what is asked, who may answer with how many votes, and what came of it. */
@NullMarked
package io.fundtrail.vote;

import org.jspecify.annotations.NullMarked;
