package io.fundtrail.index;

import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.model.RawLog;
import io.fundtrail.proof.HistoryFold;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Folds logs into the heads of their contracts, from where the stored ones end. */
final class Folding {
  private record Place(Address contract, long blockNumber) {}

  private final BigInteger chainId;
  private final Position position;
  private final Map<Address, Hash> heads = new LinkedHashMap<>();
  private final Map<Place, Hash> changes = new LinkedHashMap<>();

  Folding(Position position) {
    this.chainId = BigInteger.valueOf(position.chainId());
    this.position = position;
  }

  /** Takes the next log; those of one contract must come in the chain's order. */
  void add(LogEntry entry) {
    RawLog log = entry.log();
    Hash head =
        HistoryFold.fold(
            before(log.address()),
            entry.block().number(),
            entry.block().time().getEpochSecond(),
            log.topics(),
            log.data());
    heads.put(log.address(), head);
    changes.put(new Place(log.address(), entry.block().number()), head);
  }

  Map<Address, Hash> heads() {
    return heads;
  }

  List<Heads.Change> changes() {
    List<Heads.Change> list = new ArrayList<>(changes.size());
    changes.forEach(
        (place, head) -> list.add(new Heads.Change(place.contract(), place.blockNumber(), head)));
    return list;
  }

  private Hash before(Address contract) {
    Hash folded = heads.get(contract);
    if (folded != null) {
      return folded;
    }
    Hash stored = position.head(contract);
    return stored.isZero() ? HistoryFold.birth(chainId, contract) : stored;
  }
}
