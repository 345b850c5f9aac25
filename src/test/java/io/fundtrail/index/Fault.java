package io.fundtrail.index;

/** A way in which an endpoint may fail its reader. */
enum Fault {
  TIME_OUT,
  SLOW_DRIP,
  CLOSED_SOCKET,
  TRUNCATED_JSON,
  TOO_MANY_REQUESTS,
  SERVER_ERROR,
  HUGE_ANSWER,
  RPC_ERROR,
  WRONG_ID,
  NULL_BLOCK,
  NULL_LOGS,
  ALTERED_HEADER,
  SPOILT_PROOF,
  EMPTY_LOGS(true),
  OMITTED_LOG(true),
  ALTERED_VALUE(true),
  REORDERED(true),
  DUPLICATED(true),
  STALE_HEAD(true),
  WRONG_CHAIN(true);

  private final boolean integrity;

  Fault() {
    this(false);
  }

  Fault(boolean integrity) {
    this.integrity = integrity;
  }

  /** Whether it is a well-formed answer that is not true: who believes it stores something else. */
  boolean againstIntegrity() {
    return integrity;
  }
}
