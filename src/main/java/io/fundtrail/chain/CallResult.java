package io.fundtrail.chain;

import io.fundtrail.model.Bytes;

/** How a tried call ended. */
public sealed interface CallResult {
  record Returned(Bytes data) implements CallResult {}

  /** The contract refused; the data is its encoded error, empty where it gave none. */
  record Reverted(Bytes data) implements CallResult {}
}
