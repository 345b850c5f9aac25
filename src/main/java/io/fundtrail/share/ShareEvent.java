package io.fundtrail.share;

import io.fundtrail.model.Address;
import io.fundtrail.model.ShareCount;
import java.time.Instant;

/** What the Directory tells of companies, and a share class of its shares. */
public sealed interface ShareEvent {
  record CompanyRegistered(
      long companyId, Address controller, int feeBps, String name, String registration)
      implements ShareEvent {}

  record ShareClassOpened(long companyId, ShareCount authorised, String name, String symbol)
      implements ShareEvent {}

  /** Shares change hands; from zero they are new, to zero they are gone. */
  record Transferred(Address from, Address to, ShareCount shares) implements ShareEvent {}

  record SharesReserved(ShareCount shares) implements ShareEvent {}

  record ReservationReleased(ShareCount shares) implements ShareEvent {}

  /** Follows the transfer from zero that it belongs to. */
  record SharesIssued(Address round, Address holder, ShareCount shares, Instant lockedUntil)
      implements ShareEvent {}
}
