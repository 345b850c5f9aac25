package io.fundtrail.transact;

import java.util.List;

/** A custom error that a contract gave, with its arguments as the API writes values. */
public record ContractError(String name, String signature, List<Argument> arguments) {
  public ContractError {
    arguments = List.copyOf(arguments);
  }

  /** An argument; the type is that of the ABI. */
  public record Argument(String name, String type, String value) {}
}
