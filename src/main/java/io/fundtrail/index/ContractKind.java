package io.fundtrail.index;

import java.util.regex.Pattern;

/** What a contract is to the ledger, such as {@code directory} or {@code round}. */
public record ContractKind(String name) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");

  public ContractKind {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a kind of contract is named in lower case, digits and hyphens, not \"" + name + "\"");
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
