package io.fundtrail.distribution;

import io.fundtrail.api.Money;
import io.fundtrail.distribution.DistributionEvent.DistributionClaimed;
import io.fundtrail.index.LogEntry;
import io.fundtrail.model.Address;
import io.fundtrail.model.LogRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Who took what of a distribution. */
final class Claims {
  private Claims() {}

  /** A claim, as the API gives it, and the event that made it. */
  record Claim(
      LogRef ref,
      Address holder,
      Address payee,
      String entitlement,
      String withheld,
      String paid,
      Instant claimedAt) {
    View view() {
      return new View(holder, payee, entitlement, withheld, paid, claimedAt);
    }
  }

  /** A claim, as the API gives it. */
  record View(
      Address holder,
      Address payee,
      String entitlement,
      String withheld,
      String paid,
      Instant claimedAt) {}

  static void store(Handle handle, LogEntry entry, DistributionClaimed claimed) {
    handle
        .createUpdate(
            """
            insert into distribution_claim
              (contract, id, holder, block_number, log_index, payee, entitlement, withheld, paid,
               claimed_at)
            values
              (:contract, :id, :holder, :block, :logIndex, :payee, :entitlement, :withheld, :paid,
               :claimedAt)
            """)
        .bind("contract", entry.log().address())
        .bind("id", claimed.id())
        .bind("holder", claimed.holder())
        .bind("block", entry.block().number())
        .bind("logIndex", entry.log().ref().logIndex())
        .bind("payee", claimed.payee())
        .bind("entitlement", claimed.entitlement())
        .bind("withheld", claimed.withheld())
        .bind("paid", claimed.paid())
        .bind("claimedAt", entry.block().time())
        .execute();
  }

  /**
   * The claims of a distribution, in their order.
   *
   * @param after the last claim of the page before
   */
  static List<Claim> list(
      Handle handle,
      Address contract,
      long id,
      int decimals,
      long block,
      Optional<LogRef> after,
      int limit) {
    Query query =
        handle
            .createQuery(
                """
                select block_number, log_index, holder, payee, entitlement, withheld, paid,
                  claimed_at
                from distribution_claim
                where contract = :contract and id = :id and block_number <= :block
                """
                    + (after.isPresent()
                        ? "and (block_number, log_index) > (:afterBlock, :afterIndex)\n"
                        : "")
                    + "order by block_number, log_index limit :limit")
            .bind("contract", contract)
            .bind("id", id)
            .bind("block", block)
            .bind("limit", limit);
    after.ifPresent(
        last -> query.bind("afterBlock", last.blockNumber()).bind("afterIndex", last.logIndex()));
    return query
        .map((row, context) ->
            new Claim(
                new LogRef(row.getLong("block_number"), row.getInt("log_index")),
                Address.of(row.getBytes("holder")),
                Address.of(row.getBytes("payee")),
                Money.text(Distributions.amount(row, "entitlement"), decimals),
                Money.text(Distributions.amount(row, "withheld"), decimals),
                Money.text(Distributions.amount(row, "paid"), decimals),
                Instant.ofEpochSecond(row.getLong("claimed_at"))))
        .list();
  }
}
