package io.fundtrail.share;

import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.share.ShareEvent.RecordDateDeclared;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The times at which a class counts who holds what. */
final class RecordDates {
  private RecordDates() {}

  /** A record date; what was held before {@code at} counts. */
  record RecordDate(int index, Instant at, Address declaredBy) {}

  static List<RecordDate> list(Handle handle, Address shareClass, long block) {
    return handle
        .createQuery(
            """
            select record_index, at, declared_by
            from record_date
            where share_class = :shareClass and block_number <= :block
            order by at, record_index
            """)
        .bind("shareClass", shareClass)
        .bind("block", block)
        .map((row, context) ->
            new RecordDate(
                row.getInt("record_index"),
                Instant.ofEpochSecond(row.getLong("at")),
                Address.of(row.getBytes("declared_by"))))
        .list();
  }

  static void store(
      Handle handle, Address shareClass, BlockRef block, RecordDateDeclared declared) {
    handle
        .createUpdate(
            """
            insert into record_date (share_class, record_index, block_number, at, declared_by)
            values (:shareClass, :index, :block, :at, :declaredBy)
            """)
        .bind("shareClass", shareClass)
        .bind("index", declared.index())
        .bind("block", block.number())
        .bind("at", declared.at())
        .bind("declaredBy", declared.declaredBy())
        .execute();
  }
}
