package io.fundtrail.trust;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Disbursements that were approved, that anyone may execute, and that nobody has executed. */
public final class StalledDisbursements {
  private StalledDisbursements() {}

  /**
   * How many there are.
   *
   * @param block after which
   * @param since they could have been executed at least
   */
  public static long count(Handle handle, long block, Instant since) {
    return handle
        .createQuery(
            """
            select count(*)
            from trust_disbursement d
            where d.block_number =
                (select max(x.block_number) from trust_disbursement x
                 where x.trust = d.trust and x.disbursement = d.disbursement
                   and x.block_number <= :block)
              and d.status = :approved
              and d.executable_from <= :since
            """)
        .bind("block", block)
        .bind("since", since)
        .bind("approved", DisbursementStatus.APPROVED.name())
        .mapTo(Long.class)
        .one();
  }
}
