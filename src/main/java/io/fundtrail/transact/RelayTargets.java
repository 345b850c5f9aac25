package io.fundtrail.transact;

import io.fundtrail.model.Address;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * To whom signed transactions are relayed.
 *
 * @param contracts of this ledger, any function
 * @param settlementTokens that are listed, {@code approve} only
 * @param demoDollar the token of the service's own chain, {@code approve} and {@code mint}
 */
public record RelayTargets(
    Predicate<Address> contracts,
    Predicate<Address> settlementTokens,
    Optional<Address> demoDollar) {}
