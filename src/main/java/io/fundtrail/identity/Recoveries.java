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

  /** From the confirmation on, in which the old wallet can object: the contract's. */
  private static final Duration OBJECTION_PERIOD = Duration.ofDays(14);

  /** After the objection period, in which anyone can execute: the contract's. */
  private static final Duration EXECUTION_PERIOD = Duration.ofDays(30);

  private static final String AFTER_BLOCK =
      """
      select r.subject, r.kind, r.status, r.old_wallet, r.new_wallet, r.heir, r.document_hash,
        r.announced_at, r.confirmed_at, r.changed_at,
        (select min(c.company_id) from company c
         where c.directory = r.directory and c.number = r.company_id
           and c.block_number <= :block) as company_id
      from recovery r
      where r.block_number =
        (select max(x.block_number) from recovery x
         where x.subject = r.subject and x.block_number <= :block)
      """;

  private Recoveries() {}

  /**
   * A recovery, as the API gives it.
   *
   * @param newWallet null when the estate passes to an heir
   * @param heir null but for an inheritance
   * @param companyId in this ledger; null for a person, and for a company that is not of this
   *     ledger
   * @param confirmedAt null before the confirmation
   * @param executableFrom first second at which the old wallet's time to object is over; null
   *     before the confirmation
   * @param lapsesAt first second at which it is too late for what comes next; null once it ended
   *     otherwise
   * @param endedAt when it was executed, objected to or withdrawn, or lapsed; null while it is
   *     pending
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
      @Nullable Instant confirmedAt,
      @Nullable Instant executableFrom,
      @Nullable Instant lapsesAt,
      @Nullable Instant endedAt,
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
                AFTER_BLOCK
                    + (after.isPresent() ? "and r.subject > :after\n" : "")
                    + "order by r.subject limit :limit")
            .bind("block", block.number())
            .bind("limit", limit);
    after.ifPresent(last -> query.bind("after", last));
    return query.map((row, context) -> read(row, block.time())).list();
  }

  /** The last recovery of a subject. */
  static Optional<Recovery> find(Handle handle, Hash subject, BlockRef block) {
    return handle
        .createQuery(AFTER_BLOCK + "and r.subject = :subject")
        .bind("block", block.number())
        .bind("subject", subject)
        .map((row, context) -> read(row, block.time()))
        .findOne();
  }

  static void announce(Handle handle, BlockRef block, RecoveryAnnounced announced) {
    handle
        .createUpdate(
            """
            insert into recovery
              (subject, block_number, kind, status, old_wallet, new_wallet, heir, directory,
               company_id, document_hash, announced_at, changed_at)
            values
              (:subject, :block, :kind, :status, :oldWallet, :newWallet, :heir, :directory,
               :companyId, :documentHash, :time, :time)
            on conflict (subject, block_number) do update set
              kind = :kind, status = :status, old_wallet = :oldWallet, new_wallet = :newWallet,
              heir = :heir, directory = :directory, company_id = :companyId,
              document_hash = :documentHash, announced_at = :time, confirmed_at = null,
              changed_at = :time
            """)
        .bind("subject", announced.subject())
        .bind("block", block.number())
        .bind("kind", announced.kind().name())
        .bind("status", RecoveryStatus.ANNOUNCED.name())
        .bind("oldWallet", announced.oldWallet())
        .bind("newWallet", announced.newWallet())
        .bind("heir", announced.heir())
        .bind("directory", announced.directory())
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
              (subject, block_number, kind, status, old_wallet, new_wallet, heir, directory,
               company_id, document_hash, announced_at, confirmed_at, changed_at)
            select subject, :block, kind, :status, old_wallet, new_wallet, heir, directory,
              company_id, document_hash, announced_at,
              case when :status = 'CONFIRMED' then :time else confirmed_at end, :time
            from recovery
            where subject = :subject
              and block_number =
                (select max(block_number) from recovery where subject = :subject)
            on conflict (subject, block_number) do update set
              status = excluded.status, confirmed_at = excluded.confirmed_at,
              changed_at = excluded.changed_at
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
    Instant announcedAt = Instant.ofEpochSecond(row.getLong("announced_at"));
    Instant changedAt = Instant.ofEpochSecond(row.getLong("changed_at"));
    long confirmed = row.getLong("confirmed_at");
    Instant confirmedAt = row.wasNull() ? null : Instant.ofEpochSecond(confirmed);
    long companyId = row.getLong("company_id");
    boolean hasCompany = !row.wasNull();
    RecoveryStatus stored = RecoveryStatus.valueOf(row.getString("status"));
    Instant lapsesAt = lapsesAt(stored, changedAt);
    RecoveryStatus status =
        lapsesAt == null || time.isBefore(lapsesAt) ? stored : RecoveryStatus.LAPSED;
    return new Recovery(
        Hash.of(row.getBytes("subject")),
        RecoveryKind.valueOf(row.getString("kind")),
        status,
        Address.of(row.getBytes("old_wallet")),
        newWallet.equals(Address.ZERO) ? null : newWallet,
        heir.equals(Hash.ZERO) ? null : heir,
        hasCompany ? BigInteger.valueOf(companyId) : null,
        Hash.of(row.getBytes("document_hash")),
        announcedAt,
        confirmedAt,
        confirmedAt == null ? null : confirmedAt.plus(OBJECTION_PERIOD),
        lapsesAt,
        endedAt(status, changedAt, lapsesAt),
        changedAt);
  }

  /** When it lapses, or lapsed, unless something more happens; null for what has ended. */
  private static @Nullable Instant lapsesAt(RecoveryStatus stored, Instant since) {
    return switch (stored) {
      case ANNOUNCED -> since.plus(CONFIRMATION_PERIOD);
      case CONFIRMED -> since.plus(OBJECTION_PERIOD).plus(EXECUTION_PERIOD);
      case EXECUTED, OBJECTED, WITHDRAWN, LAPSED -> null;
    };
  }

  private static @Nullable Instant endedAt(
      RecoveryStatus status, Instant changedAt, @Nullable Instant lapsesAt) {
    return switch (status) {
      case ANNOUNCED, CONFIRMED -> null;
      case EXECUTED, OBJECTED, WITHDRAWN -> changedAt;
      case LAPSED -> lapsesAt;
    };
  }
}
