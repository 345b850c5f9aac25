package io.fundtrail.identity;

import io.fundtrail.identity.IdentityEvent.RecoveryAnnounced;
import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Recoveries as they were after a block: the last one of each person and company. */
final class Recoveries {
  /** In which an announcement can be confirmed: the contract's. */
  private static final Duration CONFIRMATION_PERIOD = Duration.ofDays(7);

  /** From a confirmation on: the contract's periods of objection and of execution. */
  private static final Duration OBJECTION_AND_EXECUTION = Duration.ofDays(14 + 30);

  private Recoveries() {}

  /**
   * A recovery, as the API gives it.
   *
   * @param newWallet null when the estate passes to an heir
   * @param heir null but for an inheritance
   * @param companyId null for a person
   */
  record Recovery(
      Hash subject,
      RecoveryKind kind,
      RecoveryStatus status,
      Address oldWallet,
      @Nullable Address newWallet,
      @Nullable Hash heir,
      @Nullable BigInteger companyId,
      Hash documentHash,
      Instant announcedAt,
      Instant changedAt) {}

  /**
   * The last recovery of each subject, by subject.
   *
   * @param after the last subject of the page before
   */
  static List<Recovery> list(Handle handle, BlockRef block, Optional<Hash> after, int limit) {
    Query query =
        handle
            .createQuery(
                """
                select r.subject, r.kind, r.status, r.old_wallet, r.new_wallet, r.heir,
                  r.company_id, r.document_hash, r.announced_at, r.changed_at
                from recovery r
                where r.block_number =
                  (select max(x.block_number) from recovery x
                   where x.subject = r.subject and x.block_number <= :block)
                """
                    + (after.isPresent() ? "and r.subject > :after\n" : "")
                    + "order by r.subject limit :limit")
            .bind("block", block.number())
            .bind("limit", limit);
    after.ifPresent(last -> query.bind("after", last));
    return query.map((row, context) -> read(row, block.time())).list();
  }

  static void announce(Handle handle, BlockRef block, RecoveryAnnounced announced) {
    handle
        .createUpdate(
            """
            insert into recovery
              (subject, block_number, kind, status, old_wallet, new_wallet, heir, company_id,
               document_hash, announced_at, changed_at)
            values
              (:subject, :block, :kind, :status, :oldWallet, :newWallet, :heir, :companyId,
               :documentHash, :time, :time)
            on conflict (subject, block_number) do update set
              kind = :kind, status = :status, old_wallet = :oldWallet, new_wallet = :newWallet,
              heir = :heir, company_id = :companyId, document_hash = :documentHash,
              announced_at = :time, changed_at = :time
            """)
        .bind("subject", announced.subject())
        .bind("block", block.number())
        .bind("kind", announced.kind().name())
        .bind("status", RecoveryStatus.ANNOUNCED.name())
        .bind("oldWallet", announced.oldWallet())
        .bind("newWallet", announced.newWallet())
        .bind("heir", announced.heir())
        .bind("companyId", announced.companyId())
        .bind("documentHash", announced.documentHash())
        .bind("time", block.time())
        .execute();
  }

  static void become(Handle handle, BlockRef block, Hash subject, RecoveryStatus status) {
    handle
        .createUpdate(
            """
            insert into recovery
              (subject, block_number, kind, status, old_wallet, new_wallet, heir, company_id,
               document_hash, announced_at, changed_at)
            select subject, :block, kind, :status, old_wallet, new_wallet, heir, company_id,
              document_hash, announced_at, :time
            from recovery
            where subject = :subject
              and block_number =
                (select max(block_number) from recovery where subject = :subject)
            on conflict (subject, block_number) do update set
              status = excluded.status, changed_at = excluded.changed_at
            """)
        .bind("subject", subject)
        .bind("block", block.number())
        .bind("status", status.name())
        .bind("time", block.time())
        .execute();
  }

  private static Recovery read(ResultSet row, Instant time) throws SQLException {
    Address newWallet = Address.of(row.getBytes("new_wallet"));
    Hash heir = Hash.of(row.getBytes("heir"));
    long companyId = row.getLong("company_id");
    Instant changedAt = Instant.ofEpochSecond(row.getLong("changed_at"));
    RecoveryStatus stored = RecoveryStatus.valueOf(row.getString("status"));
    return new Recovery(
        Hash.of(row.getBytes("subject")),
        RecoveryKind.valueOf(row.getString("kind")),
        hasLapsed(stored, changedAt, time) ? RecoveryStatus.LAPSED : stored,
        Address.of(row.getBytes("old_wallet")),
        newWallet.equals(Address.ZERO) ? null : newWallet,
        heir.equals(Hash.ZERO) ? null : heir,
        companyId == 0 ? null : BigInteger.valueOf(companyId),
        Hash.of(row.getBytes("document_hash")),
        Instant.ofEpochSecond(row.getLong("announced_at")),
        changedAt);
  }

  private static boolean hasLapsed(RecoveryStatus status, Instant since, Instant time) {
    return switch (status) {
      case ANNOUNCED -> !time.isBefore(since.plus(CONFIRMATION_PERIOD));
      case CONFIRMED -> !time.isBefore(since.plus(OBJECTION_AND_EXECUTION));
      case EXECUTED, OBJECTED, WITHDRAWN, LAPSED -> false;
    };
  }
}
