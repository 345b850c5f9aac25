package io.fundtrail.chain;

import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import java.time.Instant;
import java.util.List;

/**
 * A block's header as the node gives it, unverified: the hash it claims and, in order, the byte
 * strings of its RLP fields, from which that hash can be recomputed.
 */
public record BlockHead(BlockRef ref, Hash parentHash, List<Bytes> rlpFields) {
  public BlockHead {
    rlpFields = List.copyOf(rlpFields);
  }

  public long number() {
    return ref.number();
  }

  public Hash hash() {
    return ref.hash();
  }

  public Instant time() {
    return ref.time();
  }
}
