package io.fundtrail.chain;

import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import java.math.BigInteger;
import org.web3j.crypto.ContractUtils;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;

/** A test account: signs free transactions for the embedded chain and counts its own nonces. */
final class Wallet {
  static final Address NOBODY = Address.parse("0x" + "0b".repeat(20));

  private static final BigInteger GAS = BigInteger.valueOf(200_000);

  private final Credentials credentials;
  private long nonce;

  Wallet(int seed) {
    credentials = Credentials.create(Integer.toHexString(1_000_000 + seed));
  }

  Address address() {
    return Address.parse(credentials.getAddress());
  }

  /** The address of the contract that this wallet's transaction of a nonce creates. */
  Address contract(long creationNonce) {
    return Address.parse(
        ContractUtils.generateContractAddress(
            credentials.getAddress(), BigInteger.valueOf(creationNonce)));
  }

  Bytes create(Bytes initCode) {
    return sign(
        RawTransaction.createContractTransaction(
            BigInteger.valueOf(nonce++),
            BigInteger.ZERO,
            GAS,
            BigInteger.ZERO,
            initCode.toString()));
  }

  Bytes call(Address to, Bytes data) {
    return sign(free(to, data, nonce++));
  }

  Bytes callWithNonce(long chosen, Address to, Bytes data) {
    return sign(free(to, data, chosen));
  }

  Bytes sign(RawTransaction transaction) {
    return sign(transaction, EmbeddedNode.DEFAULT_CHAIN_ID);
  }

  Bytes sign(RawTransaction transaction, long chainId) {
    return Bytes.of(TransactionEncoder.signMessage(transaction, chainId, credentials));
  }

  /** Signs a legacy transaction without chain id. */
  Bytes signForAnyChain(RawTransaction transaction) {
    return signTyped(transaction);
  }

  /** Signs a transaction that names its chain itself. */
  Bytes signTyped(RawTransaction transaction) {
    return Bytes.of(TransactionEncoder.signMessage(transaction, credentials));
  }

  private static RawTransaction free(Address to, Bytes data, long nonce) {
    return RawTransaction.createTransaction(
        EmbeddedNode.DEFAULT_CHAIN_ID,
        BigInteger.valueOf(nonce),
        GAS,
        to.toString(),
        BigInteger.ZERO,
        data.toString(),
        BigInteger.ZERO,
        BigInteger.ZERO);
  }
}
