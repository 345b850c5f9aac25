package io.fundtrail.transact;

import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import java.math.BigInteger;
import java.util.Optional;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.SignedRawTransaction;
import org.web3j.crypto.TransactionDecoder;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.crypto.transaction.type.ITransaction;
import org.web3j.crypto.transaction.type.Transaction1559;
import org.web3j.crypto.transaction.type.Transaction2930;

/**
 * A signed transaction as far as the relay looks into it.
 *
 * @param chainId empty where the signature binds no chain (before EIP-155)
 * @param to empty where it creates a contract
 */
record SignedTransaction(Optional<BigInteger> chainId, Optional<Address> to, Bytes data) {
  private static final int ACCESS_LIST = 0x01;
  private static final int DYNAMIC_FEE = 0x02;
  private static final int FIRST_LIST = 0xc0;

  /**
   * Reads a legacy, EIP-2930 or EIP-1559 transaction. Only the one canonical encoding is taken, so
   * that the chain cannot read another transaction out of the same bytes.
   *
   * @throws IllegalArgumentException if the bytes are none
   */
  static SignedTransaction parse(Bytes raw) {
    int first = raw.isEmpty() ? 0 : Byte.toUnsignedInt(raw.get(0));
    if (first != ACCESS_LIST && first != DYNAMIC_FEE && first < FIRST_LIST) {
      throw new IllegalArgumentException("not a legacy, EIP-2930 or EIP-1559 transaction");
    }
    try {
      RawTransaction decoded = TransactionDecoder.decode(raw.toString());
      if (!(decoded instanceof SignedRawTransaction signed)) {
        throw new IllegalArgumentException("not signed");
      }
      Bytes again = Bytes.of(TransactionEncoder.encode(signed, signed.getSignatureData()));
      if (!again.equals(raw)) {
        throw new IllegalArgumentException("not in its canonical encoding");
      }
      return of(signed);
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("not a signed transaction", e);
    }
  }

  private static SignedTransaction of(SignedRawTransaction signed) {
    ITransaction content = signed.getTransaction();
    Optional<BigInteger> chainId =
        switch (content) {
          case Transaction1559 dynamic -> Optional.of(BigInteger.valueOf(dynamic.getChainId()));
          case Transaction2930 access -> Optional.of(BigInteger.valueOf(access.getChainId()));
          default -> Optional.ofNullable(signed.getChainId()).map(BigInteger::valueOf);
        };
    String to = content.getTo();
    boolean creates = to == null || to.isEmpty() || to.equals("0x");
    return new SignedTransaction(
        chainId, creates ? Optional.empty() : Optional.of(Address.parse(to)), data(content));
  }

  private static Bytes data(ITransaction content) {
    String data = content.getData();
    if (data == null || data.isEmpty()) {
      return Bytes.EMPTY;
    }
    return Bytes.parse(data.startsWith("0x") ? data : "0x" + data);
  }
}
