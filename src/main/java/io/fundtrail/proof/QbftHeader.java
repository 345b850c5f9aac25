package io.fundtrail.proof;

import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.RlpItem.ByteString;
import io.fundtrail.proof.RlpItem.Sequence;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * A header of a QBFT chain (EEA QBFT; Besu). Its extra data is a list of vanity, validators, vote,
 * round and seals. The block's hash is that of the header with round zero and no seals; a seal
 * signs the hash of the header with the real round and no seals.
 *
 * @param hash the block's
 * @param sealed what every seal signs
 * @param validators as the header names them; none where a contract keeps them
 */
record QbftHeader(Hash hash, Hash sealed, List<Address> validators, List<Bytes> seals) {
  private static final int VANITY = 32;
  private static final int ITEMS = 5;
  private static final int ROUND = 3;
  private static final int SEALS = 4;
  private static final int EXTRA_DATA = 12;
  private static final int MOST_VALIDATORS = 1_000;

  /** Longer than any header; what is longer is not searched for extra data. */
  private static final int MOST_BYTES = 1 << 20;

  QbftHeader {
    validators = List.copyOf(validators);
    seals = List.copyOf(seals);
  }

  /**
   * Reads a header from its RLP.
   *
   * @throws RlpException if its extra data is not that of QBFT
   */
  static QbftHeader decode(Bytes encoded) {
    if (encoded.size() > MOST_BYTES) {
      throw new RlpException("a header of " + encoded.size() + " bytes");
    }
    List<RlpItem> fields = Rlp.decode(encoded).asSequence().items();
    if (fields.size() <= EXTRA_DATA) {
      throw new RlpException("a header of " + fields.size() + " fields");
    }
    List<RlpItem> extra =
        Rlp.decode(fields.get(EXTRA_DATA).asByteString().value()).asSequence().items();
    if (extra.size() != ITEMS) {
      throw new RlpException("QBFT extra data of " + extra.size() + " items, not " + ITEMS);
    }
    extra.getFirst().asByteString().exactly(VANITY);
    extra.get(ROUND).asByteString().toUint(Integer.BYTES);
    List<RlpItem> named = extra.get(1).asSequence().items();
    List<RlpItem> seals = extra.get(SEALS).asSequence().items();
    if (named.size() > MOST_VALIDATORS || seals.size() > MOST_VALIDATORS) {
      throw new RlpException("more validators than " + MOST_VALIDATORS);
    }
    return new QbftHeader(
        hash(fields, extra, ByteString.ofUint(BigInteger.ZERO)),
        hash(fields, extra, extra.get(ROUND)),
        named.stream()
            .map(item -> Address.of(item.asByteString().exactly(Address.SIZE).bytes()))
            .toList(),
        seals.stream().map(item -> item.asByteString().value()).toList());
  }

  private static Hash hash(List<RlpItem> fields, List<RlpItem> extra, RlpItem round) {
    List<RlpItem> without = new ArrayList<>(extra);
    without.set(ROUND, round);
    without.set(SEALS, new Sequence(List.of()));
    List<RlpItem> header = new ArrayList<>(fields);
    header.set(EXTRA_DATA, new ByteString(Rlp.encode(new Sequence(without))));
    return Keccak.hash(Rlp.encode(new Sequence(header)));
  }
}
