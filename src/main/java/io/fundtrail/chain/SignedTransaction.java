package io.fundtrail.chain;

import io.fundtrail.chain.TransactionRefused.Reason;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.Keccak;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import org.web3j.crypto.AccessListObject;
import org.web3j.crypto.Sign;
import org.web3j.crypto.SignedRawTransaction;
import org.web3j.crypto.TransactionDecoder;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.crypto.transaction.type.ITransaction;
import org.web3j.crypto.transaction.type.Transaction1559;
import org.web3j.crypto.transaction.type.Transaction2930;
import org.web3j.utils.Numeric;

/**
 * A signed transaction read from its raw bytes: legacy, with access list (EIP-2930) or with a fee
 * market (EIP-1559). The sender is recovered from the signature, whose s is low (EIP-2); the bytes
 * are the one canonical encoding.
 *
 * @param chainId empty where it is signed for any chain (before EIP-155)
 * @param accessListGas 2,400 for each address of its access list and 1,900 for each key (EIP-2930)
 * @param maxFeePerGas the gas price where it is no EIP-1559 transaction, in wei
 * @param maxPriorityFeePerGas likewise
 * @param to empty where it creates a contract
 * @param value in wei
 */
public record SignedTransaction(
    Bytes raw,
    Hash hash,
    Address sender,
    OptionalLong chainId,
    long nonce,
    BigInteger gasLimit,
    long accessListGas,
    BigInteger maxFeePerGas,
    BigInteger maxPriorityFeePerGas,
    Optional<Address> to,
    BigInteger value,
    Bytes data) {
  /** The most that go-ethereum's pool takes, too. */
  public static final int MAX_SIZE = 128 * 1024;

  private static final int LEGACY_PREFIX = 0xc0;
  private static final int ACCESS_LIST_TYPE = 1;
  private static final int FEE_MARKET_TYPE = 2;
  private static final int FIRST_RECOVERY_ID = 27;
  private static final long ACCESS_LIST_ADDRESS = 2_400;
  private static final long ACCESS_LIST_KEY = 1_900;
  private static final BigInteger HALF_CURVE_ORDER = Sign.CURVE_PARAMS.getN().shiftRight(1);

  /**
   * Reads and checks the bytes.
   *
   * @throws TransactionRefused as {@link Reason#MALFORMED} if they are no such transaction
   */
  public static SignedTransaction decode(Bytes raw) {
    checkKind(raw);
    try {
      if (TransactionDecoder.decode(raw.toString()) instanceof SignedRawTransaction decoded) {
        return read(raw, decoded);
      }
    } catch (TransactionRefused e) {
      throw e;
    } catch (RuntimeException e) {
      // web3j throws whatever comes.
      throw malformed("it cannot be decoded, or its signature or a field is out of range");
    }
    throw malformed("it is not signed");
  }

  private static SignedTransaction read(Bytes raw, SignedRawTransaction decoded) {
    Sign.SignatureData signature = decoded.getSignatureData();
    if (!Bytes.of(TransactionEncoder.encode(decoded, signature)).equals(raw)) {
      throw malformed("its bytes are not the canonical encoding");
    }
    if (new BigInteger(1, signature.getS()).compareTo(HALF_CURVE_ORDER) > 0) {
      throw malformed("the s of its signature is in the upper half (EIP-2)");
    }
    ITransaction fields = decoded.getTransaction();
    return new SignedTransaction(
        raw,
        Keccak.hash(raw),
        sender(decoded),
        chainId(decoded),
        fields.getNonce().longValueExact(),
        fields.getGasLimit(),
        accessListGas(fields),
        fields instanceof Transaction1559 market ? market.getMaxFeePerGas() : fields.getGasPrice(),
        fields instanceof Transaction1559 market
            ? market.getMaxPriorityFeePerGas()
            : fields.getGasPrice(),
        to(fields.getTo()),
        fields.getValue(),
        Bytes.of(Numeric.hexStringToByteArray(fields.getData())));
  }

  private static void checkKind(Bytes raw) {
    if (raw.isEmpty() || raw.size() > MAX_SIZE) {
      throw malformed("it has " + raw.size() + " bytes, 1 to " + MAX_SIZE + " being possible");
    }
    int first = raw.get(0) & 0xff;
    if (first < LEGACY_PREFIX && first != ACCESS_LIST_TYPE && first != FEE_MARKET_TYPE) {
      throw malformed("its type is " + first + ", where legacy, 1 and 2 are taken");
    }
  }

  private static Address sender(SignedRawTransaction decoded) {
    Hash signed = Keccak.hash(decoded.getEncodedTransaction(decoded.getChainId()));
    Sign.SignatureData signature = decoded.getSignatureData();
    ByteBuffer joined = ByteBuffer.allocate(2 * Hash.SIZE + 1);
    joined.put(word(signature.getR())).put(word(signature.getS()));
    joined.put((byte) (decoded.getRealV(new BigInteger(1, signature.getV())) - FIRST_RECOVERY_ID));
    return SignerRecovery.signer(signed, Bytes.of(joined.array()))
        .orElseThrow(() -> malformed("nobody can have signed it"));
  }

  private static byte[] word(byte[] number) {
    return Numeric.toBytesPadded(new BigInteger(1, number), Hash.SIZE);
  }

  private static OptionalLong chainId(SignedRawTransaction decoded) {
    if (decoded.getTransaction() instanceof Transaction2930 typed) {
      return OptionalLong.of(typed.getChainId());
    }
    Long chainId = decoded.getChainId();
    return chainId == null ? OptionalLong.empty() : OptionalLong.of(chainId);
  }

  private static long accessListGas(ITransaction fields) {
    long gas = 0;
    if (fields instanceof Transaction2930 typed) {
      for (AccessListObject entry : typed.getAccessList()) {
        Address.parse(entry.getAddress());
        entry.getStorageKeys().forEach(Hash::parse);
        gas += ACCESS_LIST_ADDRESS + ACCESS_LIST_KEY * entry.getStorageKeys().size();
      }
    }
    return gas;
  }

  private static Optional<Address> to(String text) {
    return text == null || text.isEmpty() || text.equals("0x")
        ? Optional.empty()
        : Optional.of(Address.parse(text));
  }

  private static TransactionRefused malformed(String why) {
    return new TransactionRefused(
        Reason.MALFORMED, "this is no transaction that can be taken: " + why);
  }
}
