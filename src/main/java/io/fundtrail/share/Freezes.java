package io.fundtrail.share;

import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import io.fundtrail.model.TokenAmount;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Shares that an order froze; the number may be above what the holder has (ERC-7943). */
final class Freezes {
  private static final BigInteger MOST = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);

  private Freezes() {}

  /** What is frozen of wallets after a block, where an order froze anything. */
  static Map<Address, BigInteger> of(
      Handle handle, Address shareClass, List<Address> wallets, long block) {
    Map<Address, BigInteger> frozen = new HashMap<>();
    handle
        .createQuery(
            """
            select holder, shares
            from frozen_shares
            where share_class = :shareClass and holder in (<wallets>) and block_number <= :block
            order by block_number
            """)
        .bind("shareClass", shareClass)
        .bindList("wallets", wallets)
        .bind("block", block)
        .map((row, _) ->
            Map.entry(Address.of(row.getBytes("holder")), Hash.of(row.getBytes("shares")).toUint()))
        .forEach(found -> frozen.put(found.getKey(), found.getValue()));
    return frozen;
  }

  static void store(
      Handle handle, Address shareClass, BlockRef block, Address holder, TokenAmount shares) {
    handle
        .createUpdate(
            """
            insert into frozen_shares (share_class, holder, block_number, shares)
            values (:shareClass, :holder, :block, :shares)
            on conflict (share_class, holder, block_number) do update set shares = :shares
            """)
        .bind("shareClass", shareClass)
        .bind("holder", holder)
        .bind("block", block.number())
        .bind("shares", shares)
        .execute();
  }

  /**
   * Each share of the class became so many. More than can ever be held stays more than can ever be
   * held.
   */
  static void split(Handle handle, Address shareClass, BlockRef block, int factor) {
    record Frozen(Address holder, BigInteger shares) {}
    handle
        .createQuery(
            """
            select f.holder, f.shares
            from frozen_shares f
            where f.share_class = :shareClass
              and f.block_number =
                (select max(x.block_number) from frozen_shares x
                 where x.share_class = f.share_class and x.holder = f.holder)
            order by f.holder
            """)
        .bind("shareClass", shareClass)
        .map((row, context) ->
            new Frozen(
                Address.of(row.getBytes("holder")), Hash.of(row.getBytes("shares")).toUint()))
        .list()
        .stream()
        .filter(frozen -> frozen.shares().signum() > 0)
        .forEach(frozen -> {
          BigInteger now = frozen.shares().multiply(BigInteger.valueOf(factor)).min(MOST);
          store(handle, shareClass, block, frozen.holder(), TokenAmount.of(now));
        });
  }
}
