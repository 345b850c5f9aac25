/**
 * Puts the rooms together and runs them: checked configuration, the data directory, the deployment
 * of the contracts, the start and the orderly end of everything.
 */
@NullMarked
package io.fundtrail.app;

import org.jspecify.annotations.NullMarked;
