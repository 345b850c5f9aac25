package io.fundtrail.proof;

import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import java.util.Optional;

/**
 * The code of a clone with immutable arguments: 45 bytes that hand every call on to another
 * contract's code (ERC-1167), then the terms.
 */
record CloneCode(Address implementation, Terms terms) {
  private static final Bytes BEFORE = Bytes.parse("0x363d3d373d3d3d363d73");
  private static final Bytes AFTER = Bytes.parse("0x5af43d82803e903d91602b57fd5bf3");
  private static final int END = BEFORE.size() + Address.SIZE + AFTER.size();

  /** Empty where the code is no such clone. */
  static Optional<CloneCode> of(Bytes code) {
    int after = BEFORE.size() + Address.SIZE;
    if (code.size() < END
        || !code.slice(0, BEFORE.size()).equals(BEFORE)
        || !code.slice(after, END).equals(AFTER)) {
      return Optional.empty();
    }
    return Optional.of(
        new CloneCode(
            Address.of(code.slice(BEFORE.size(), after).bytes()),
            new Terms(code.slice(END, code.size()))));
  }
}
