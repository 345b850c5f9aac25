package io.fundtrail.proof;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a bundle says of its contract, question and answer. The verifier takes the question, works
 * out the answer anew, and compares all of it. Times are seconds since 1970, shares whole, money in
 * the token's smallest unit.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Claim.Holding.class, name = "holding"),
  @JsonSubTypes.Type(value = Claim.Register.class, name = "register"),
  @JsonSubTypes.Type(value = Claim.History.class, name = "history"),
  @JsonSubTypes.Type(value = Claim.Event.class, name = "event"),
  @JsonSubTypes.Type(value = Claim.Solvency.class, name = "solvency"),
  @JsonSubTypes.Type(value = Claim.Commitment.class, name = "commitment")
})
public sealed interface Claim {
  /** The question for the block itself, in place of a record date's index. */
  int AT_THE_BLOCK = 0;

  /**
   * What a wallet holds in a share class.
   *
   * @param recordDate index of the record date before which it held it; 0: at the end of the block
   * @param time the block's, or the record date's
   * @param locked of the balance, what may not be resold yet at the block's time; a record date
   *     keeps no such number
   */
  record Holding(
      Address wallet,
      @JsonProperty(required = true) int recordDate,
      @JsonProperty(required = true) long time,
      BigInteger balance,
      @JsonInclude(JsonInclude.Include.NON_NULL) @JsonSetter(nulls = Nulls.SET)
          @Nullable BigInteger locked)
      implements Claim {
    public Holding {
      requireIndex("record date", recordDate);
    }
  }

  /**
   * Everyone who holds shares of a class, by wallet in ascending order; their shares sum to the
   * supply, so nobody is left out.
   *
   * @param recordDate index of the record date; 0: at the end of the block
   */
  record Register(
      @JsonProperty(required = true) int recordDate,
      @JsonProperty(required = true) long time,
      BigInteger supply,
      List<Holder> holders)
      implements Claim {
    public Register {
      requireIndex("record date", recordDate);
      holders = List.copyOf(holders);
    }
  }

  /** One line of a register. */
  record Holder(Address wallet, BigInteger shares) {}

  /**
   * Every event of a contract, in order, from its birth or since an earlier block.
   *
   * @param earlierHeader of the block after which the list begins; empty: the contract's birth
   * @param earlierHead the history head after that block; zero: no event yet
   * @param head the history head after the bundle's block; zero: no event yet
   */
  record History(Bytes earlierHeader, Hash earlierHead, Hash head, List<Entry> events)
      implements Claim {
    public History {
      events = List.copyOf(events);
    }
  }

  /** One event of a history. */
  record Entry(
      @JsonProperty(required = true) long block,
      @JsonProperty(required = true) long time,
      List<Hash> topics,
      Bytes data) {
    public Entry {
      topics = List.copyOf(topics);
      if (topics.size() > 4) {
        throw new IllegalArgumentException("an event has 4 topics at most, not " + topics.size());
      }
      if (block < 0 || time < 0) {
        throw new IllegalArgumentException("a block's number and time are 0 or more");
      }
    }
  }

  /**
   * One event of the contract in the block, and the transaction that caused it.
   *
   * @param transactionIndex in the block
   * @param logIndex among the logs of the transaction
   */
  record Event(
      @JsonProperty(required = true) int transactionIndex,
      @JsonProperty(required = true) int logIndex,
      Hash transaction,
      List<Hash> topics,
      Bytes data)
      implements Claim {
    public Event {
      requireIndex("transaction", transactionIndex);
      requireIndex("log", logIndex);
      topics = List.copyOf(topics);
    }
  }

  /**
   * What a round, a trust or a distribution holds of its settlement token, and what it owes in it.
   */
  record Solvency(Address token, BigInteger held, BigInteger owed) implements Claim {
    /** Whether it holds at least what it owes. */
    public boolean covered() {
      return held.compareTo(owed) >= 0;
    }
  }

  /**
   * What a person committed to a round, and what became of it. Money that is neither in sold shares
   * nor given back is the person's: where the round failed or was cancelled all of it, where it
   * settled that of the shares that were not allotted.
   *
   * @param identity the person's, as the registry names it
   * @param wallet that the money came from and goes back to; zero if there is no commitment
   * @param shares committed
   * @param amount that those shares cost, in the token's smallest unit
   * @param committedAt when shares were last added; zero before, and once settled
   * @param allotted of the shares; zero until settled
   * @param excessPaid whether the money of shares that were not allotted was given back
   */
  record Commitment(
      Hash identity,
      Address wallet,
      CommitmentState state,
      RoundStatus round,
      BigInteger shares,
      Address token,
      BigInteger amount,
      @JsonProperty(required = true) long committedAt,
      BigInteger allotted,
      @JsonProperty(required = true) boolean excessPaid)
      implements Claim {}

  /** Where a commitment stands, as {@code Commitments} counts. */
  enum CommitmentState {
    /** Nothing was committed, or all of it was given back and forgotten. */
    @JsonProperty("none")
    NONE,
    @JsonProperty("live")
    LIVE,
    @JsonProperty("excluded")
    EXCLUDED,
    @JsonProperty("cancelled")
    CANCELLED,
    @JsonProperty("settled")
    SETTLED,
    @JsonProperty("refunded")
    REFUNDED
  }

  /** Where a round stands, as {@code RoundEvents} counts. */
  enum RoundStatus {
    @JsonProperty("open")
    OPEN,
    @JsonProperty("tallying")
    TALLYING,
    @JsonProperty("settling")
    SETTLING,
    @JsonProperty("settled")
    SETTLED,
    @JsonProperty("failed")
    FAILED,
    @JsonProperty("cancelled")
    CANCELLED
  }

  private static void requireIndex(String what, int index) {
    if (index < 0) {
      throw new IllegalArgumentException("the index of a " + what + " is 0 or more");
    }
  }
}
