/**
 * Reads a chain over JSON-RPC, sends it signed transactions, and runs the embedded node with its
 * block log. The only place that retries, and it retries only what may be answered otherwise.
 */
@NullMarked
package io.fundtrail.chain;

import org.jspecify.annotations.NullMarked;
