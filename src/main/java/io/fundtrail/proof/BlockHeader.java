package io.fundtrail.proof;

import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.RlpItem.ByteString;
import io.fundtrail.proof.RlpItem.Sequence;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A block header of any fork up to Prague (yellow paper, 4.4). Later forks appended fields: a field
 * that is null was not there yet, and none may follow it. Numbers are below 2^63; the time is in
 * seconds since 1970.
 *
 * @param baseFeePerGas London (EIP-1559), in wei
 * @param withdrawalsRoot Shanghai (EIP-4895)
 * @param blobGasUsed Cancun (EIP-4844)
 * @param excessBlobGas Cancun (EIP-4844)
 * @param parentBeaconBlockRoot Cancun (EIP-4788)
 * @param requestsHash Prague (EIP-7685)
 */
public record BlockHeader(
    Hash parentHash,
    Hash ommersHash,
    Address beneficiary,
    Hash stateRoot,
    Hash transactionsRoot,
    Hash receiptsRoot,
    Bytes logsBloom,
    BigInteger difficulty,
    long number,
    long gasLimit,
    long gasUsed,
    long timestamp,
    Bytes extraData,
    Hash mixHash,
    Bytes nonce,
    @Nullable BigInteger baseFeePerGas,
    @Nullable Hash withdrawalsRoot,
    @Nullable Long blobGasUsed,
    @Nullable Long excessBlobGas,
    @Nullable Hash parentBeaconBlockRoot,
    @Nullable Hash requestsHash) {
  private static final int BLOOM_SIZE = 256;
  private static final int NONCE_SIZE = 8;
  private static final int FRONTIER_FIELDS = 15;
  private static final int LONDON_FIELDS = 16;
  private static final int SHANGHAI_FIELDS = 17;
  private static final int CANCUN_FIELDS = 20;
  private static final int PRAGUE_FIELDS = 21;

  public BlockHeader {
    checkSize("logs bloom", logsBloom, BLOOM_SIZE);
    checkSize("nonce", nonce, NONCE_SIZE);
    if ((blobGasUsed == null) != (excessBlobGas == null)
        || (blobGasUsed == null) != (parentBeaconBlockRoot == null)) {
      throw new IllegalArgumentException("a header has all three fields of Cancun or none");
    }
    checkNoGap("withdrawals root", withdrawalsRoot, "base fee", baseFeePerGas);
    checkNoGap("blob gas", blobGasUsed, "withdrawals root", withdrawalsRoot);
    checkNoGap("requests hash", requestsHash, "blob gas", blobGasUsed);
  }

  /**
   * Reads a header from its RLP.
   *
   * @throws RlpException if it is not the canonical encoding of a header
   */
  public static BlockHeader decode(Bytes encoded) {
    return of(
        Rlp.decode(encoded).asSequence().items().stream()
            .map(item -> item.asByteString().value())
            .toList());
  }

  /**
   * Reads a header from its fields in order, each the byte string that RLP holds (numbers without
   * leading zeros).
   *
   * @throws RlpException if these are not a header's fields
   */
  public static BlockHeader of(List<Bytes> fields) {
    int count = fields.size();
    if (count != FRONTIER_FIELDS
        && count != LONDON_FIELDS
        && count != SHANGHAI_FIELDS
        && count != CANCUN_FIELDS
        && count != PRAGUE_FIELDS) {
      throw new RlpException("a header has 15, 16, 17, 20 or 21 fields, not " + count);
    }
    List<ByteString> field = fields.stream().map(ByteString::new).toList();
    return new BlockHeader(
        field.get(0).toHash(),
        field.get(1).toHash(),
        Address.of(field.get(2).exactly(Address.SIZE).bytes()),
        field.get(3).toHash(),
        field.get(4).toHash(),
        field.get(5).toHash(),
        field.get(6).exactly(BLOOM_SIZE),
        field.get(7).toUint(Hash.SIZE),
        field.get(8).toLong(),
        field.get(9).toLong(),
        field.get(10).toLong(),
        field.get(11).toLong(),
        field.get(12).value(),
        field.get(13).toHash(),
        field.get(14).exactly(NONCE_SIZE),
        count < LONDON_FIELDS ? null : field.get(15).toUint(Hash.SIZE),
        count < SHANGHAI_FIELDS ? null : field.get(16).toHash(),
        count < CANCUN_FIELDS ? null : field.get(17).toLong(),
        count < CANCUN_FIELDS ? null : field.get(18).toLong(),
        count < CANCUN_FIELDS ? null : field.get(19).toHash(),
        count < PRAGUE_FIELDS ? null : field.get(20).toHash());
  }

  public Bytes encode() {
    List<RlpItem> fields = new ArrayList<>();
    Stream.of(parentHash, ommersHash).forEach(hash -> fields.add(string(hash)));
    fields.add(new ByteString(Bytes.of(beneficiary.bytes())));
    Stream.of(stateRoot, transactionsRoot, receiptsRoot).forEach(hash -> fields.add(string(hash)));
    fields.add(new ByteString(logsBloom));
    fields.add(ByteString.ofUint(difficulty));
    Stream.of(number, gasLimit, gasUsed, timestamp).forEach(value -> fields.add(string(value)));
    fields.add(new ByteString(extraData));
    fields.add(string(mixHash));
    fields.add(new ByteString(nonce));
    if (baseFeePerGas != null) {
      fields.add(ByteString.ofUint(baseFeePerGas));
    }
    if (withdrawalsRoot != null) {
      fields.add(string(withdrawalsRoot));
    }
    if (blobGasUsed != null && excessBlobGas != null && parentBeaconBlockRoot != null) {
      fields.add(string(blobGasUsed));
      fields.add(string(excessBlobGas));
      fields.add(string(parentBeaconBlockRoot));
    }
    if (requestsHash != null) {
      fields.add(string(requestsHash));
    }
    return Rlp.encode(new Sequence(fields));
  }

  /** The block's hash: keccak-256 of the encoded header. */
  public Hash hash() {
    return Keccak.hash(encode());
  }

  private static ByteString string(Hash hash) {
    return new ByteString(Bytes.of(hash.bytes()));
  }

  private static ByteString string(long number) {
    return ByteString.ofUint(BigInteger.valueOf(number));
  }

  private static void checkSize(String name, Bytes bytes, int size) {
    if (bytes.size() != size) {
      throw new IllegalArgumentException(
          "a header's " + name + " has " + size + " bytes, not " + bytes.size());
    }
  }

  private static void checkNoGap(
      String name, @Nullable Object field, String before, @Nullable Object fieldBefore) {
    if (field != null && fieldBefore == null) {
      throw new IllegalArgumentException("a header has a " + name + " but no " + before);
    }
  }
}
