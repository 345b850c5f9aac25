package io.fundtrail.proof;

import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.Claim.CommitmentState;
import io.fundtrail.proof.Claim.RoundStatus;
import io.fundtrail.proof.Refusal.RefusedBundle;
import java.math.BigInteger;

/**
 * Reads a round from its storage, as {@code RoundState} and {@code Commitments} keep it, and from
 * its terms, as {@code RoundTermsCodec} packs them. Money is in the token's smallest unit.
 */
record RoundBooks(StorageLayout layout, Terms terms, Storage storage) {
  static final String CONTRACT = "FundingRound";

  /** Where the terms name it. */
  static final int SETTLEMENT_TOKEN = 0;

  private static final String PROGRESS = "RoundState.Progress";
  private static final String CREDITS = "RoundState.Credits";

  private static final int PRICE = 40;
  private static final int PRICE_BYTES = 16;
  private static final int OPENS_AT = 76;
  private static final int OPENS_AT_BYTES = 5;

  private static final int SHARE_BITS = 43;
  private static final int SHARES = 160;

  /** Once settled, shares allotted; before, seconds from the opening. */
  private static final int BY_STATE = 203;

  private static final int SECONDS_BITS = 29;
  private static final int CREDIT_PAID = 246;
  private static final int STATE = 251;
  private static final int STATE_BITS = 3;

  /** The escrow of commitments, and what settlement has credited, as FundingRound.conserved. */
  BigInteger owed() throws RefusedBundle {
    Hash progress = storage.read(layout.variable("_progress"));
    BigInteger escrow = layout.member(PROGRESS, "escrowedShares", progress).multiply(price());
    return switch (status(progress)) {
      case SETTLING, SETTLED -> {
        Hash credits = storage.read(layout.variable("_credits"));
        yield escrow
            .add(layout.member(CREDITS, "proceeds", credits))
            .add(layout.member(CREDITS, "fee", credits));
      }
      case OPEN, TALLYING, FAILED, CANCELLED -> escrow;
    };
  }

  /** What a person committed, and what became of it. */
  Claim.Commitment commitment(Hash identity) throws RefusedBundle {
    BigInteger slot =
        storage.read(Storage.valueOf(layout.variable("_commitments"), identity)).toUint();
    CommitmentState state = entry(CommitmentState.values(), bits(slot, STATE, STATE_BITS));
    BigInteger shares = bits(slot, SHARES, SHARE_BITS);
    boolean settled = state == CommitmentState.SETTLED;
    return new Claim.Commitment(
        identity,
        Address.ofWord(Hash.ofUint(bits(slot, 0, SHARES))),
        state,
        status(storage.read(layout.variable("_progress"))),
        shares,
        terms.address(SETTLEMENT_TOKEN),
        shares.multiply(price()),
        state == CommitmentState.NONE || settled
            ? 0
            : terms
                .number(OPENS_AT, OPENS_AT_BYTES)
                .add(bits(slot, BY_STATE, SECONDS_BITS))
                .longValueExact(),
        settled ? bits(slot, BY_STATE, SHARE_BITS) : BigInteger.ZERO,
        settled && slot.testBit(CREDIT_PAID));
  }

  private BigInteger price() throws RefusedBundle {
    return terms.number(PRICE, PRICE_BYTES);
  }

  private RoundStatus status(Hash progress) throws RefusedBundle {
    return entry(RoundStatus.values(), layout.member(PROGRESS, "status", progress));
  }

  private static BigInteger bits(BigInteger word, int from, int count) {
    return word.shiftRight(from).mod(BigInteger.ONE.shiftLeft(count));
  }

  private static <E> E entry(E[] entries, BigInteger index) throws RefusedBundle {
    int at = index.intValueExact();
    if (at >= entries.length) {
      throw Refusal.MALFORMED_VALUE.because("a round has no such state: " + at);
    }
    return entries[at];
  }
}
