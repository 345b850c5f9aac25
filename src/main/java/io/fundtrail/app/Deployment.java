package io.fundtrail.app;

import io.fundtrail.model.Address;
import java.util.Optional;

/**
 * Where the contracts of one ledger are.
 *
 * @param demoDollar on the embedded chain only
 * @param startBlock no contract of the ledger emitted anything before this block
 */
public record Deployment(
    long chainId,
    Address directory,
    Address authority,
    Address registry,
    Address limits,
    Address shareTemplate,
    Address roundTemplate,
    Address rules,
    Optional<Address> demoDollar,
    long startBlock) {}
