package io.fundtrail.vote;

import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.model.LogRef;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A vote after a block.
 *
 * @param totalVotes all that could be cast
 */
record Vote(
    Address address,
    LogRef opening,
    Instant openedAt,
    String company,
    VoteEvent.VoteOpened terms,
    List<Electorate> electorates,
    Count count,
    Weight totalVotes) {

  private static final BigInteger BPS = BigInteger.valueOf(10_000);

  /** A share class whose holders vote. */
  record Electorate(
      Address shareClass,
      String name,
      int recordDate,
      @Nullable Instant recordDateAt,
      int votesPerShare) {}

  /** A vote, as the API gives it. */
  record View(
      Address address,
      BigInteger companyId,
      String company,
      Address openedBy,
      Instant openedAt,
      Hash subject,
      @Nullable Address target,
      @Nullable Address round,
      List<Electorate> electorates,
      Hash documentHash,
      int quorumBps,
      int majorityBps,
      Instant opensAt,
      Instant closesAt,
      Weight inFavour,
      Weight against,
      Weight abstained,
      int ballots,
      Weight totalVotes,
      Outcome outcome) {}

  Vote {
    electorates = List.copyOf(electorates);
  }

  /** What it decided, as the contract counts it; pending until it closes. */
  Outcome outcome(Instant now) {
    if (now.isBefore(terms.closesAt())) {
      return Outcome.PENDING;
    }
    BigInteger decided = count.inFavour().plus(count.against()).votes();
    BigInteger cast = decided.add(count.abstained().votes());
    boolean majority =
        count.inFavour().compareTo(count.against()) > 0
            && times(count.inFavour().votes(), BPS)
                    .compareTo(times(decided, BigInteger.valueOf(terms.majorityBps())))
                >= 0;
    boolean quorum =
        times(cast, BPS).compareTo(times(totalVotes.votes(), BigInteger.valueOf(terms.quorumBps())))
            >= 0;
    return majority && quorum ? Outcome.PASSED : Outcome.FAILED;
  }

  View view(Instant now) {
    return new View(
        address,
        BigInteger.valueOf(terms.companyId()),
        company,
        terms.openedBy(),
        openedAt,
        terms.subject(),
        terms.target(),
        terms.round(),
        electorates,
        terms.documentHash(),
        terms.quorumBps(),
        terms.majorityBps(),
        terms.opensAt(),
        terms.closesAt(),
        count.inFavour(),
        count.against(),
        count.abstained(),
        count.ballots(),
        totalVotes,
        outcome(now));
  }

  private static BigInteger times(BigInteger number, BigInteger factor) {
    return number.multiply(factor);
  }
}
