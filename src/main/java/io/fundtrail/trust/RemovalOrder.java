package io.fundtrail.trust;

import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * A court's order that a trustee be removed, which nobody has carried out yet; as the API gives it.
 *
 * @param lapsesAt first second at which it can no longer be
 */
record RemovalOrder(Address trustee, Instant executableFrom, Instant lapsesAt, Hash documentHash) {
  /** For which an order can be carried out: the contract's. */
  private static final Duration ORDER_PERIOD = Duration.ofDays(30);

  /** Those pending after a block, by trustee. */
  static List<RemovalOrder> pending(Handle handle, Address trust, BlockRef block) {
    return handle
        .createQuery(
            """
            select r.trustee, r.executable_from, r.document_hash
            from trust_removal r
            where r.trust = :trust and r.executable_from > :lapsed
              and r.block_number =
                (select max(x.block_number) from trust_removal x
                 where x.trust = r.trust and x.trustee = r.trustee and x.block_number <= :block)
              and exists
                (select 1 from trust_seat e
                 where e.trust = r.trust and e.trustee = r.trustee and e.left_as is null
                   and e.block_number =
                     (select max(x.block_number) from trust_seat x
                      where x.trust = e.trust and x.seat = e.seat and x.block_number <= :block))
            order by r.trustee
            """)
        .bind("trust", trust)
        .bind("block", block.number())
        .bind("lapsed", block.time().minus(ORDER_PERIOD))
        .map((row, context) -> {
          Instant from = Instant.ofEpochSecond(row.getLong("executable_from"));
          return new RemovalOrder(
              Address.of(row.getBytes("trustee")),
              from,
              from.plus(ORDER_PERIOD),
              Hash.of(row.getBytes("document_hash")));
        })
        .list();
  }

  static void store(
      Handle handle,
      Address trust,
      BlockRef block,
      Address trustee,
      Instant executableFrom,
      Hash documentHash) {
    handle
        .createUpdate(
            """
            insert into trust_removal
              (trust, trustee, block_number, executable_from, document_hash)
            values (:trust, :trustee, :block, :executableFrom, :documentHash)
            on conflict (trust, trustee, block_number) do update set
              executable_from = :executableFrom, document_hash = :documentHash
            """)
        .bind("trust", trust)
        .bind("trustee", trustee)
        .bind("block", block.number())
        .bind("executableFrom", executableFrom)
        .bind("documentHash", documentHash)
        .execute();
  }
}
