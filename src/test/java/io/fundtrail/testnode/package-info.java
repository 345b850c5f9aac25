/** A chain for a test class, in the shape of web3j-unit: {@link io.fundtrail.testnode.TestNode}. */
@NullMarked
package io.fundtrail.testnode;

import org.jspecify.annotations.NullMarked;
