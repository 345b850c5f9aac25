package io.fundtrail.share;

import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.model.ShareCount;
import io.fundtrail.model.TokenAmount;
import java.time.Instant;

/** What the Directory tells of companies, and a share class of its shares. */
sealed interface ShareEvent {
  record CompanyRegistered(
      long companyId, Address controller, int feeBps, String name, String registration)
      implements ShareEvent {}

  /** Nobody is proposed any more where the candidate is zero. */
  record ControllerProposed(long companyId, Address candidate) implements ShareEvent {}

  record ControllerChanged(long companyId, Address controller) implements ShareEvent {}

  /** Another Directory keeps the company from now on, as another number. */
  record CompanyMoved(long companyId, Address directory, long successorId) implements ShareEvent {}

  /** The Directory lists what another one opened. */
  record InstanceAdopted(Address instance, long companyId) implements ShareEvent {}

  record ShareClassOpened(long companyId, ShareCount authorised, ClassTerms terms)
      implements ShareEvent {}

  /** Shares change hands; from zero they are new, to zero they are gone. */
  record Transferred(Address from, Address to, ShareCount shares) implements ShareEvent {}

  record SharesReserved(ShareCount shares) implements ShareEvent {}

  record ReservationReleased(ShareCount shares) implements ShareEvent {}

  /**
   * Follows the transfer from zero that it belongs to.
   *
   * @param source the round, the company or the class that was converted
   * @param lockedUntil when they may be resold; in the past for free shares
   */
  record SharesIssued(Address source, Address holder, ShareCount shares, Instant lockedUntil)
      implements ShareEvent {}

  /** Locked shares keep their date when they move; to zero they are gone. */
  record LockedSharesMoved(Address from, Address to, ShareCount shares, Instant lockedUntil)
      implements ShareEvent {}

  record AuthorisedRaised(ShareCount authorised) implements ShareEvent {}

  /** Each share became so many. */
  record SharesSplit(int factor, ShareCount supply, ShareCount authorised) implements ShareEvent {}

  record RecordDateDeclared(int index, Instant at, Address declaredBy) implements ShareEvent {}

  /** The number may be above what the account holds (ERC-7943). */
  record Frozen(Address account, TokenAmount shares) implements ShareEvent {}

  /** ERC-1643. */
  record DocumentUpdated(Hash name, String uri, Hash documentHash) implements ShareEvent {}

  record DocumentRemoved(Hash name) implements ShareEvent {}

  record OrderAnnounced(
      Hash order,
      OrderKind kind,
      Address from,
      Address to,
      TokenAmount shares,
      Hash documentHash,
      Instant executableFrom,
      Instant lapsesAt)
      implements ShareEvent {}

  record OrderWithdrawn(Hash order) implements ShareEvent {}

  record OrderExecuted(Hash order) implements ShareEvent {}
}
