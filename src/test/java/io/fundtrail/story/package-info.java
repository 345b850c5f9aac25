/** Stories of the whole service: real contracts on a real node, a real index, answers over HTTP. */
@NullMarked
package io.fundtrail.story;

import org.jspecify.annotations.NullMarked;
