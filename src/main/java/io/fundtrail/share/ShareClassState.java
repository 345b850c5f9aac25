package io.fundtrail.share;

import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.ShareCount;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The sums of a share class after a block.
 *
 * @param changes of holdings, since its register was last kept whole
 */
record ShareClassState(
    ShareCount authorised, ShareCount issued, ShareCount reserved, int holders, long changes) {
  static final List<String> COLUMNS =
      List.of(
          "share_class", "block_number", "authorised", "issued", "reserved", "holders", "changes");

  static ShareClassState opened(ShareCount authorised) {
    return new ShareClassState(authorised, ShareCount.ZERO, ShareCount.ZERO, 0, 0);
  }

  ShareClassState authorised(ShareCount now) {
    return new ShareClassState(now, issued, reserved, holders, changes);
  }

  ShareClassState issued(ShareCount now) {
    return new ShareClassState(authorised, now, reserved, holders, changes);
  }

  ShareClassState reserved(ShareCount now) {
    return new ShareClassState(authorised, issued, now, holders, changes);
  }

  ShareClassState holders(int now) {
    return new ShareClassState(authorised, issued, reserved, now, changes);
  }

  /** After so many more holdings changed. */
  ShareClassState changed(int holdings) {
    return new ShareClassState(authorised, issued, reserved, holders, changes + holdings);
  }

  /** Whether so much changed that the register is to be kept whole. */
  boolean asksToBeKept() {
    return changes >= Math.max(holders, KeptRegister.LEAST_CHANGES);
  }

  ShareClassState kept() {
    return new ShareClassState(authorised, issued, reserved, holders, 0);
  }

  /** A new row for {@link #COLUMNS}. */
  List<@Nullable Object> row(Address shareClass, BlockRef block) {
    return Arrays.asList(
        shareClass, block.number(), authorised, issued, reserved, holders, changes);
  }

  /** The newest state; every share class has one from its opening on. */
  static ShareClassState last(Handle handle, Address shareClass) {
    return handle
        .createQuery(
            """
            select authorised, issued, reserved, holders, changes
            from share_class_state
            where share_class = :shareClass
            order by block_number desc
            limit 1
            """)
        .bind("shareClass", shareClass)
        .map((row, context) ->
            new ShareClassState(
                ShareCount.of(row.getLong("authorised")),
                ShareCount.of(row.getLong("issued")),
                ShareCount.of(row.getLong("reserved")),
                row.getInt("holders"),
                row.getLong("changes")))
        .one();
  }

  void store(Handle handle, Address shareClass, BlockRef block) {
    handle
        .createUpdate(
            """
            insert into share_class_state
              (share_class, block_number, authorised, issued, reserved, holders, changes)
            values (:shareClass, :block, :authorised, :issued, :reserved, :holders, :changes)
            on conflict (share_class, block_number) do update set
              authorised = :authorised, issued = :issued, reserved = :reserved, holders = :holders,
              changes = :changes
            """)
        .bind("shareClass", shareClass)
        .bind("block", block.number())
        .bind("authorised", authorised)
        .bind("issued", issued)
        .bind("reserved", reserved)
        .bind("holders", holders)
        .bind("changes", changes)
        .execute();
  }
}
