package io.fundtrail.app;

import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import java.util.Optional;

/**
 * A signed transaction for the embedded chain, known before it is mined.
 *
 * @param what it does, in words
 * @param to empty where it creates a contract
 * @param refusal the custom error that the contract must answer with; empty when it must succeed
 */
public record PlannedTransaction(
    String what,
    Hash hash,
    Bytes raw,
    Address from,
    Optional<Address> to,
    Bytes data,
    Optional<String> refusal) {}
