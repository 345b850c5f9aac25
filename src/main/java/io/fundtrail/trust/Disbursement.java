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
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to release a tranche, after a block.
 *
 * @param executableFrom when anyone may execute it; null while approvals are missing
 * @param vote of the holders that suspended it; null when none did
 * @param recipient who was paid; null before
 * @param paid without the fee; zero before
 */
record Disbursement(
    DisbursementProposed proposal,
    Instant proposedAt,
    DisbursementStatus status,
    int approvals,
    int rejections,
    @Nullable Instant executableFrom,
    @Nullable Address vote,
    @Nullable Address recipient,
    TokenAmount paid,
    TokenAmount fee,
    Instant changedAt) {

  private static final String COLUMNS =
      """
      select d.disbursement, d.tranche, d.proposer, d.proposed_at, d.amount, d.evidence, d.status,
        d.approvals, d.rejections, d.executable_from, d.vote, d.recipient, d.paid, d.fee,
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

  Disbursement approved(int now, @Nullable Instant from, BlockRef block) {
    return new Disbursement(
        proposal,
        proposedAt,
        from == null ? status : DisbursementStatus.APPROVED,
        now,
        rejections,
        from,
        vote,
        recipient,
        paid,
        fee,
        block.time());
  }

  Disbursement objected(int now, BlockRef block) {
    return new Disbursement(
        proposal,
        proposedAt,
        status,
        approvals,
        now,
        executableFrom,
        vote,
        recipient,
        paid,
        fee,
        block.time());
  }

  Disbursement in(DisbursementStatus now, BlockRef block) {
    return new Disbursement(
        proposal,
        proposedAt,
        now,
        approvals,
        rejections,
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
        approvals,
        rejections,
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
        approvals,
        rejections,
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
               status, approvals, rejections, executable_from, vote, recipient, paid, fee,
               changed_at)
            values
              (:trust, :disbursement, :block, :tranche, :proposer, :proposedAt, :amount, :evidence,
               :status, :approvals, :rejections, :executableFrom, :vote, :recipient, :paid, :fee,
               :changedAt)
            on conflict (trust, disbursement, block_number) do update set
              status = :status, approvals = :approvals, rejections = :rejections,
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
        .bind("approvals", approvals)
        .bind("rejections", rejections)
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
        row.getInt("approvals"),
        row.getInt("rejections"),
        TrustState.time(row, "executable_from"),
        TrustState.address(row, "vote"),
        TrustState.address(row, "recipient"),
        TrustState.amount(row, "paid"),
        TrustState.amount(row, "fee"),
        Instant.ofEpochSecond(row.getLong("changed_at")));
  }
}
