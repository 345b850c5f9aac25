package io.fundtrail.index;

import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import java.util.Set;

/**
 * Which logs of the journal are asked for. An empty set asks for all.
 *
 * @param contracts who logged
 * @param kinds the event's signature, topic 0
 * @param persons words of which one must stand in topics 1 to 3, such as an identity or a wallet
 * @param fromBlock first block, included
 * @param toBlock last block, included
 */
public record EventFilter(
    Set<Address> contracts, Set<Hash> kinds, Set<Hash> persons, long fromBlock, long toBlock) {
  public EventFilter {
    contracts = Set.copyOf(contracts);
    kinds = Set.copyOf(kinds);
    persons = Set.copyOf(persons);
  }

  /** Everything in a range of blocks. */
  public static EventFilter between(long fromBlock, long toBlock) {
    return new EventFilter(Set.of(), Set.of(), Set.of(), fromBlock, toBlock);
  }

  public EventFilter by(Set<Address> theseContracts) {
    return new EventFilter(theseContracts, kinds, persons, fromBlock, toBlock);
  }

  public EventFilter ofKinds(Set<Hash> theseKinds) {
    return new EventFilter(contracts, theseKinds, persons, fromBlock, toBlock);
  }

  public EventFilter naming(Set<Hash> thesePersons) {
    return new EventFilter(contracts, kinds, thesePersons, fromBlock, toBlock);
  }
}
