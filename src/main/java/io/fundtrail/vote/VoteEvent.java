package io.fundtrail.vote;

import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a vote tells of itself. */
sealed interface VoteEvent {
  /**
   * What is fixed at opening.
   *
   * @param round whose allotments vote; null when share classes do
   * @param target the contract that the decision binds; null when it binds none
   */
  record VoteOpened(
      long companyId,
      Address openedBy,
      Hash subject,
      @Nullable Address round,
      @Nullable Address target,
      Address treasury,
      Hash documentHash,
      int quorumBps,
      int majorityBps,
      Instant opensAt,
      Instant closesAt)
      implements VoteEvent {}

  record ElectorateNamed(Address shareClass, int recordDate, int votesPerShare)
      implements VoteEvent {}

  record VoteCast(Hash elector, Address by, Choice choice, Weight weight) implements VoteEvent {}

  record ProxyAppointed(Hash elector, Address proxy) implements VoteEvent {}

  record ProxyRevoked(Hash elector) implements VoteEvent {}
}
