package io.fundtrail.api;

import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;

/** How a request names a person. */
public sealed interface PersonKey {
  record Identity(Hash hash) implements PersonKey {}

  record Wallet(Address address) implements PersonKey {}
}
