package io.fundtrail.proof;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** What came of checking a bundle. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "verdict")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Verdict.Accepted.class, name = "accepted"),
  @JsonSubTypes.Type(value = Verdict.Rejected.class, name = "rejected")
})
public sealed interface Verdict {
  /**
   * All of it is proven, if the block is the chain's.
   *
   * @param trust why the block is believed to be
   * @param contract whose the claim is
   * @param code the contract's name in the published list; null where the claim needs no code
   * @param claim as the verifier worked it out
   */
  record Accepted(
      Trust trust,
      BigInteger chainId,
      Block block,
      Address contract,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String code,
      Claim claim)
      implements Verdict {}

  /** It proves nothing. */
  record Rejected(Refusal reason, String detail) implements Verdict {}

  /** A block whose header was given. */
  record Block(long number, Hash hash, long time) {}

  /** By what a header was believed. */
  enum Trust {
    BLOCK_HASH,
    QBFT_QUORUM,
    SECOND_PROVIDER
  }
}
