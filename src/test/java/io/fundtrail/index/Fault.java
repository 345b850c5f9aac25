package io.fundtrail.index;

import java.util.Arrays;
import java.util.List;

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
  WRONG_CHAIN(true),
  ALTERED_TRANSACTION(true, true),
  ALTERED_INDEX(true, true),
  SPOILT_RECEIPTS(false, true);

  private final boolean integrity;
  private final boolean receipts;

  Fault() {
    this(false);
  }

  Fault(boolean integrity) {
    this(integrity, false);
  }

  Fault(boolean integrity, boolean receipts) {
    this.integrity = integrity;
    this.receipts = receipts;
  }

  /** Whether it is a well-formed answer that is not true: who believes it stores something else. */
  boolean againstIntegrity() {
    return integrity;
  }

  /** Whether only who asks for receipts meets it, or finds it. */
  boolean ofReceipts() {
    return receipts;
  }

  /** Those that every index meets and must find. */
  static List<Fault> ofEveryIndex() {
    return Arrays.stream(values()).filter(fault -> !fault.receipts).toList();
  }
}
