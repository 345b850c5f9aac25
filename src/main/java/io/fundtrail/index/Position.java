package io.fundtrail.index;

import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** What an index that has begun holds, as far as its next range needs it. */
final class Position {
  private final Map<Address, FollowedContract> contracts = new LinkedHashMap<>();
  private final Map<Address, Hash> heads = new HashMap<>();
  private final long chainId;
  private Checkpoint checkpoint;

  private Position(long chainId, Checkpoint checkpoint) {
    this.chainId = chainId;
    this.checkpoint = checkpoint;
  }

  static Position load(Handle handle) {
    Position position =
        new Position(
            ChainIdentity.read(handle).orElseThrow().chainId(),
            Checkpoint.read(handle).orElseThrow());
    Contracts.all(handle).forEach(c -> position.contracts.put(c.address(), c));
    position.heads.putAll(Heads.latest(handle));
    return position;
  }

  long chainId() {
    return chainId;
  }

  Checkpoint checkpoint() {
    return checkpoint;
  }

  Collection<FollowedContract> contracts() {
    return contracts.values();
  }

  FollowedContract contract(Address address) {
    FollowedContract contract = contracts.get(address);
    if (contract == null) {
      throw new IllegalArgumentException(address + " is not followed");
    }
    return contract;
  }

  boolean follows(Address address) {
    return contracts.containsKey(address);
  }

  /** The stored head; zero before the first event, as in the contract's slot. */
  Hash head(Address contract) {
    return heads.getOrDefault(contract, Hash.ZERO);
  }

  /** Whether no event is stored, so that nothing is lost when the index begins again. */
  boolean isEmpty() {
    return heads.isEmpty();
  }

  /** Takes in a range that was just stored. */
  void advance(FetchedRange range, Checkpoint to) {
    range.announced().forEach(c -> contracts.put(c.address(), c));
    heads.putAll(range.heads());
    checkpoint = to;
  }

  void verified(Checkpoint now) {
    checkpoint = now;
  }
}
