package io.fundtrail.model;

import java.util.List;

/** One event as the chain recorded it, undecoded, with the transaction and block that hold it. */
public record RawLog(
    LogRef ref,
    Hash blockHash,
    Hash txHash,
    int txIndex,
    Address address,
    List<Hash> topics,
    Bytes data) {
  public RawLog {
    topics = List.copyOf(topics);
    if (topics.size() > 4) {
      throw new IllegalArgumentException("a log has 4 topics at most, not " + topics.size());
    }
    if (txIndex < 0) {
      throw new IllegalArgumentException("transaction index must be 0 or more, not " + txIndex);
    }
  }
}
