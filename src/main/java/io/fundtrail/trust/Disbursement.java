package io.fundtrail.trust;

import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import io.fundtrail.model.TokenAmount;
import io.fundtrail.trust.TrustEvent.DisbursementProposed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to release a tranche, after a block.
 *
 * @param approving the seats of the trustees in office who approve it, bit n for seat n
 * @param objecting the seats of those who object to it
 * @param executableFrom when anyone may execute it; null while approvals are missing
 * @param vote of the holders that suspended it; null when none did
 * @param recipient who was paid; null before
 * @param paid without the fee; zero before
 */
record Disbursement(
    DisbursementProposed proposal,
    Instant proposedAt,
    DisbursementStatus status,
    long approving,
    long objecting,
    @Nullable Instant executableFrom,
    @Nullable Address vote,
    @Nullable Address recipient,
    TokenAmount paid,
    TokenAmount fee,
    Instant changedAt) {

  private static final String COLUMNS =
      """
      select d.disbursement, d.tranche, d.proposer, d.proposed_at, d.amount, d.evidence, d.status,
        d.approving, d.objecting, d.executable_from, d.vote, d.recipient, d.paid, d.fee,
        d.changed_at
      from trust_disbursement d
      """;

  static Disbursement proposed(DisbursementProposed proposal, BlockRef block) {
    return new Disbursement(
        proposal,
        block.time(),
        DisbursementStatus.PROPOSED,
        0,
        0,
        null,
        null,
        null,
        TokenAmount.ZERO,
        TokenAmount.ZERO,
        block.time());
  }

  int approvals() {
    return Long.bitCount(approving);
  }

  int rejections() {
    return Long.bitCount(objecting);
  }

  /**
   * With one approval more, or none where time alone makes it due.
   *
   * @param from when it can be executed; null while approvals are missing
   */
  Disbursement approved(OptionalInt seat, @Nullable Instant from, BlockRef block) {
    long bit = seat.isPresent() ? 1L << seat.getAsInt() : 0;
    return decided(
        from == null ? status : DisbursementStatus.APPROVED,
        approving | bit,
        objecting & ~bit,
        from,
        block);
  }

  /** A trustee objects, and does not approve any more. */
  Disbursement objected(int seat, int threshold, BlockRef block) {
    long bit = 1L << seat;
    return supported(approving & ~bit, objecting | bit, threshold, block);
  }

  /** A trustee who has left neither approves nor objects any more. */
  Disbursement without(int seat, int threshold, BlockRef block) {
    long bit = 1L << seat;
    return supported(approving & ~bit, objecting & ~bit, threshold, block);
  }

  /**
   * Whether it can still be approved, or objected to, by the trustee of a seat that says so now.
   */
  boolean isPendingWith(int seat) {
    return ((approving | objecting) >> seat & 1) != 0
        && switch (status) {
          case PROPOSED, APPROVED, SUSPENDED -> true;
          case NONE, REJECTED, VETOED, EXECUTED -> false;
        };
  }

  private Disbursement supported(long yes, long no, int threshold, BlockRef block) {
    boolean missing = Long.bitCount(yes) < threshold;
    return decided(
        missing && status == DisbursementStatus.APPROVED ? DisbursementStatus.PROPOSED : status,
        yes,
        no,
        missing ? null : executableFrom,
        block);
  }

  private Disbursement decided(
      DisbursementStatus now, long yes, long no, @Nullable Instant from, BlockRef block) {
    return new Disbursement(
        proposal, proposedAt, now, yes, no, from, vote, recipient, paid, fee, block.time());
  }

  /** A vote that was held on it leaves it as it was. */
  Disbursement resumed(BlockRef block) {
    return in(
        executableFrom == null ? DisbursementStatus.PROPOSED : DisbursementStatus.APPROVED, block);
  }

  Disbursement in(DisbursementStatus now, BlockRef block) {
    return new Disbursement(
        proposal,
        proposedAt,
        now,
        approving,
        objecting,
        executableFrom,
        vote,
        recipient,
        paid,
        fee,
        block.time());
  }

  Disbursement suspended(Address by, BlockRef block) {
    return new Disbursement(
        proposal,
        proposedAt,
        DisbursementStatus.SUSPENDED,
        approving,
        objecting,
        executableFrom,
        by,
        recipient,
        paid,
        fee,
        block.time());
  }

  Disbursement executed(Address to, TokenAmount amount, TokenAmount itsFee, BlockRef block) {
    return new Disbursement(
        proposal,
        proposedAt,
        DisbursementStatus.EXECUTED,
        approving,
        objecting,
        executableFrom,
        vote,
        to,
        amount,
        itsFee,
        block.time());
  }

  static Disbursement last(Handle handle, Address trust, long disbursement) {
    return handle
        .createQuery(
            COLUMNS
                + """
                where d.trust = :trust and d.disbursement = :disbursement
                order by d.block_number desc
                limit 1
                """)
        .bind("trust", trust)
        .bind("disbursement", disbursement)
        .map((row, context) -> read(row))
        .one();
  }

  /** All of a trust's attempts, in the order in which they were proposed. */
  static List<Disbursement> list(Handle handle, Address trust, long block) {
    return handle
        .createQuery(
            COLUMNS
                + """
                where d.trust = :trust
                  and d.block_number =
                    (select max(x.block_number) from trust_disbursement x
                     where x.trust = d.trust and x.disbursement = d.disbursement
                       and x.block_number <= :block)
                order by d.proposed_at, d.disbursement
                """)
        .bind("trust", trust)
        .bind("block", block)
        .map((row, context) -> read(row))
        .list();
  }

  void store(Handle handle, Address trust, BlockRef block) {
    handle
        .createUpdate(
            """
            insert into trust_disbursement
              (trust, disbursement, block_number, tranche, proposer, proposed_at, amount, evidence,
               status, approving, objecting, executable_from, vote, recipient, paid, fee,
               changed_at)
            values
              (:trust, :disbursement, :block, :tranche, :proposer, :proposedAt, :amount, :evidence,
               :status, :approving, :objecting, :executableFrom, :vote, :recipient, :paid, :fee,
               :changedAt)
            on conflict (trust, disbursement, block_number) do update set
              status = :status, approving = :approving, objecting = :objecting,
              executable_from = :executableFrom, vote = :vote, recipient = :recipient,
              paid = :paid, fee = :fee, changed_at = :changedAt
            """)
        .bind("trust", trust)
        .bind("disbursement", proposal.disbursement())
        .bind("block", block.number())
        .bind("tranche", proposal.tranche())
        .bind("proposer", proposal.proposer())
        .bind("proposedAt", proposedAt)
        .bind("amount", proposal.amount())
        .bind("evidence", proposal.evidence())
        .bind("status", status.name())
        .bind("approving", approving)
        .bind("objecting", objecting)
        .bindByType("executableFrom", executableFrom, Instant.class)
        .bindByType("vote", vote, Address.class)
        .bindByType("recipient", recipient, Address.class)
        .bind("paid", paid)
        .bind("fee", fee)
        .bind("changedAt", changedAt)
        .execute();
  }

  private static Disbursement read(ResultSet row) throws SQLException {
    return new Disbursement(
        new DisbursementProposed(
            row.getLong("disbursement"),
            row.getInt("tranche"),
            Address.of(row.getBytes("proposer")),
            TrustState.amount(row, "amount"),
            Hash.of(row.getBytes("evidence"))),
        Instant.ofEpochSecond(row.getLong("proposed_at")),
        DisbursementStatus.valueOf(row.getString("status")),
        row.getLong("approving"),
        row.getLong("objecting"),
        TrustState.time(row, "executable_from"),
        TrustState.address(row, "vote"),
        TrustState.address(row, "recipient"),
        TrustState.amount(row, "paid"),
        TrustState.amount(row, "fee"),
        Instant.ofEpochSecond(row.getLong("changed_at")));
  }
}
