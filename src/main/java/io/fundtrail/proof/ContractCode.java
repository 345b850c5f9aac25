package io.fundtrail.proof;

import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The code with which a contract is deployed, but for its immutables, which a deployment fills in.
 *
 * @param contract its name in contracts/src
 * @param template keccak256 of {@code code}, by which a bundle names it
 * @param code with zeros where immutables belong
 * @param immutables where each begins, 32 bytes wide
 * @param lent which immutable is the address of which other contract's code, run on this one's
 *     storage; in the order in which they are proven
 */
public record ContractCode(
    String contract,
    Hash template,
    Bytes code,
    Map<String, List<Integer>> immutables,
    Map<String, String> lent,
    StorageLayout layout) {
  public ContractCode {
    immutables = Map.copyOf(immutables);
    lent = Collections.unmodifiableMap(new LinkedHashMap<>(lent));
    if (!Keccak.hash(code).equals(template)) {
      throw new IllegalArgumentException("the code of " + contract + " has not the hash given");
    }
  }

  /** The hash of the code with these immutables; empty when they are not exactly its own. */
  Optional<Hash> deployed(Map<String, Hash> values) {
    if (!values.keySet().equals(immutables.keySet())) {
      return Optional.empty();
    }
    byte[] filled = code.bytes();
    values.forEach((name, value) ->
        immutables
            .getOrDefault(name, List.of())
            .forEach(start -> System.arraycopy(value.bytes(), 0, filled, start, Hash.SIZE)));
    return Optional.of(Keccak.hash(filled));
  }

  /** The values of the immutables in deployed code; empty when that is not this code. */
  public Optional<Map<String, Hash>> immutablesIn(Bytes deployed) {
    if (deployed.size() != code.size()) {
      return Optional.empty();
    }
    Map<String, Hash> values = new TreeMap<>();
    immutables.forEach((name, starts) -> {
      int start = starts.getFirst();
      values.put(name, Hash.of(deployed.slice(start, start + Hash.SIZE).bytes()));
    });
    return deployed(values).filter(Keccak.hash(deployed)::equals).map(_ -> Map.copyOf(values));
  }
}
