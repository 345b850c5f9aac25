package io.fundtrail.proof;

import io.fundtrail.proof.Claim.CommitmentState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A verdict in words: nothing that was not worked out. */
public final class VerdictText {
  private VerdictText() {}

  /** One fact a line. */
  public static List<String> lines(Verdict verdict) {
    List<String> out = new ArrayList<>();
    print(out, verdict);
    return out;
  }

  /** What a claim says, one fact a line. */
  public static List<String> lines(Claim claim) {
    List<String> out = new ArrayList<>();
    print(out, claim);
    return out;
  }

  private static void print(List<String> out, Verdict verdict) {
    switch (verdict) {
      case Verdict.Accepted accepted -> print(out, accepted);
      case Verdict.Rejected rejected -> {
        line(out, "rejected", rejected.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        line(out, "because", rejected.detail());
      }
    }
  }

  private static void print(List<String> out, Verdict.Accepted accepted) {
    line(
        out,
        "accepted",
        switch (accepted.trust()) {
          case BLOCK_HASH -> "if the block's hash is the one that you know";
          case QBFT_QUORUM ->
              "a quorum of the validators you named sealed the block (a check not yet tried on"
                  + " headers of a real Besu network)";
          case SECOND_PROVIDER -> "the second provider has the same block";
        });
    line(out, "chain", accepted.chainId());
    line(
        out,
        "block",
        "%d of %s, %s"
            .formatted(
                accepted.block().number(), time(accepted.block().time()), accepted.block().hash()));
    line(
        out,
        "contract",
        accepted.contract() + (accepted.code() == null ? "" : ", a " + accepted.code()));
    print(out, accepted.claim());
  }

  private static void print(List<String> out, Claim claim) {
    switch (claim) {
      case Claim.Holding holding -> {
        line(out, "wallet", holding.wallet());
        line(out, "shares", holding.balance() + moment(holding.recordDate(), holding.time()));
        if (holding.locked() != null) {
          line(out, "locked", holding.locked());
        }
      }
      case Claim.Register register -> {
        line(
            out,
            "register",
            "%d holders, whose shares sum to the supply of %s%s"
                .formatted(
                    register.holders().size(),
                    register.supply(),
                    moment(register.recordDate(), register.time())));
        register
            .holders()
            .forEach(holder -> line(out, "", holder.wallet() + " " + holder.shares()));
      }
      case Claim.History history ->
          line(
              out,
              "history",
              "%d events, complete and in order, %s"
                  .formatted(
                      history.events().size(),
                      history.earlierHeader().isEmpty()
                          ? "from the contract's birth"
                          : "since the head " + history.earlierHead()));
      case Claim.Event event -> {
        line(out, "transaction", event.transaction());
        event.topics().forEach(topic -> line(out, "topic", topic));
        line(out, "data", event.data());
      }
      case Claim.Commitment commitment -> {
        line(out, "person", commitment.identity());
        line(
            out,
            "commitment",
            word(commitment.state()) + ", in a round that is " + word(commitment.round()));
        if (commitment.state() != CommitmentState.NONE) {
          line(out, "wallet", commitment.wallet());
          line(out, "shares", commitment.shares());
          line(out, "amount", "%s of %s".formatted(commitment.amount(), commitment.token()));
        }
        if (commitment.committedAt() != 0) {
          line(out, "committed", "at " + time(commitment.committedAt()));
        }
        if (commitment.state() == CommitmentState.SETTLED) {
          line(out, "allotted", commitment.allotted() + excess(commitment));
        }
      }
      case Claim.Solvency solvency -> {
        line(out, "token", solvency.token());
        line(out, "held", solvency.held());
        line(out, "owed", solvency.owed() + (solvency.covered() ? "" : ": MORE THAN IS HELD"));
      }
    }
  }

  private static String excess(Claim.Commitment commitment) {
    if (commitment.allotted().equals(commitment.shares())) {
      return "";
    }
    return commitment.excessPaid()
        ? ", and the money of the others given back"
        : ", and the money of the others not given back yet";
  }

  private static String word(Enum<?> state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static String moment(int recordDate, long time) {
    return recordDate == Claim.AT_THE_BLOCK
        ? ""
        : " at record date %d, %s".formatted(recordDate, time(time));
  }

  /** A date, or the seconds where they are those of no date: a chain may say any number. */
  private static String time(long seconds) {
    return seconds >= Instant.MIN.getEpochSecond() && seconds <= Instant.MAX.getEpochSecond()
        ? Instant.ofEpochSecond(seconds).toString()
        : "second " + seconds;
  }

  private static void line(List<String> out, String what, Object text) {
    out.add("%-12s %s".formatted(what, text));
  }
}
