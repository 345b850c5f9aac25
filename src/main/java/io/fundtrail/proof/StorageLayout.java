package io.fundtrail.proof;

import io.fundtrail.model.Hash;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/**
 * Where a contract keeps what, as the compiler says.
 *
 * @param storage the state variables
 * @param structs the members of each struct, by the name that the compiler gives it
 * @param namespaces slots by the names from which they are derived (ERC-7201)
 */
public record StorageLayout(
    List<Field> storage, Map<String, List<Field>> structs, Map<String, Hash> namespaces) {
  public StorageLayout {
    storage = List.copyOf(storage);
    structs = Map.copyOf(structs);
    namespaces = Map.copyOf(namespaces);
  }

  /**
   * A state variable or a member of a struct.
   *
   * @param slot counted from the beginning of the storage, or of the struct
   * @param offset bytes from the lowest of the slot
   * @param bytes how many it takes
   */
  public record Field(String label, long slot, int offset, int bytes, String type) {
    /** The unsigned number that the field holds in its slot's word. */
    BigInteger of(Hash word) {
      return word.toUint()
          .shiftRight(Byte.SIZE * offset)
          .mod(BigInteger.ONE.shiftLeft(Byte.SIZE * bytes));
    }
  }

  /** The slot of a state variable. */
  Hash variable(String label) {
    return Storage.slot(field(storage, label).slot());
  }

  /** A member of a struct that takes one slot. */
  BigInteger member(String struct, String label, Hash word) {
    List<Field> members = structs.get("struct " + struct);
    if (members == null) {
      throw new IllegalStateException("the layout has no struct " + struct);
    }
    Field field = field(members, label);
    if (field.slot() != 0) {
      throw new IllegalStateException(struct + "." + label + " is not in the first slot");
    }
    return field.of(word);
  }

  private static Field field(List<Field> fields, String label) {
    return fields.stream()
        .filter(field -> field.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the layout has no " + label));
  }
}
