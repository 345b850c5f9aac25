package io.fundtrail.index;

import io.fundtrail.chain.BlockHead;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.BlockHeader;
import io.fundtrail.proof.RlpException;

/** A block whose hash was recomputed from its header's fields. */
record CheckedHeader(BlockRef ref, BlockHeader header) {
  static CheckedHeader of(BlockHead head) {
    BlockHeader header;
    try {
      header = BlockHeader.of(head.rlpFields());
    } catch (RlpException | IllegalArgumentException e) {
      throw new ContradictoryAnswer(
          "the header of %s is not one of Ethereum's: %s".formatted(head.ref(), e.getMessage()));
    }
    Hash hash = header.hash();
    if (!hash.equals(head.hash())) {
      throw new ContradictoryAnswer(
          "the header given for %s hashes to %s".formatted(head.ref(), hash));
    }
    if (header.number() != head.number()
        || header.timestamp() != head.time().getEpochSecond()
        || !header.parentHash().equals(head.parentHash())) {
      throw new ContradictoryAnswer(
          "%s was given with a number, time or parent that its header does not have"
              .formatted(head.ref()));
    }
    return new CheckedHeader(head.ref(), header);
  }

  long number() {
    return ref.number();
  }

  Hash hash() {
    return ref.hash();
  }

  Hash parentHash() {
    return header.parentHash();
  }
}
