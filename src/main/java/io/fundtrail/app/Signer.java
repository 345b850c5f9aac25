package io.fundtrail.app;

import io.fundtrail.chain.Fees;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import java.math.BigInteger;
import java.util.Optional;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;

/** Signs transactions of one account for one chain. The same transaction gives the same bytes. */
public record Signer(Credentials credentials, long chainId) {
  public Address address() {
    return Address.parse(credentials.getAddress());
  }

  /**
   * A signed EIP-1559 transaction that sends no ether.
   *
   * @param to empty to create a contract
   */
  public Bytes sign(long nonce, Optional<Address> to, Bytes data, long gasLimit, Fees fees) {
    RawTransaction transaction =
        RawTransaction.createTransaction(
            chainId,
            BigInteger.valueOf(nonce),
            BigInteger.valueOf(gasLimit),
            to.map(Address::toString).orElse(""),
            BigInteger.ZERO,
            data.toString(),
            fees.maxPriorityFeePerGas(),
            fees.maxFeePerGas());
    return Bytes.of(TransactionEncoder.signMessage(transaction, credentials));
  }

  /** Says whose signatures it makes; never the key. */
  @Override
  public String toString() {
    return "Signer[" + credentials.getAddress() + "]";
  }
}
