package io.fundtrail.chain;

import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A transaction that the node knows.
 *
 * @param to empty where it creates a contract
 * @param value in wei
 * @param blockNumber empty while it waits
 */
public record SentTransaction(
    Hash hash,
    Address from,
    Optional<Address> to,
    long nonce,
    BigInteger value,
    Bytes input,
    OptionalLong blockNumber) {}
