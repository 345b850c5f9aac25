package io.fundtrail.chain;

import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.model.RawLog;
import java.util.List;
import java.util.Optional;

/** What became of a mined transaction. */
public record Receipt(
    Hash txHash,
    long blockNumber,
    Hash blockHash,
    int txIndex,
    boolean succeeded,
    long gasUsed,
    Optional<Address> contractAddress,
    List<RawLog> logs) {
  public Receipt {
    logs = List.copyOf(logs);
  }
}
