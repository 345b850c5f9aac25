package io.fundtrail.share;

import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import io.fundtrail.model.ShareCount;
import io.fundtrail.share.ShareClasses.Company;
import io.fundtrail.share.ShareClasses.InBrief;
import io.fundtrail.share.ShareClasses.ShareClass;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Who held what after a block. */
public final class Register {
  private static final String AFTER_BLOCK =
      """
      h.shares > 0
        and h.block_number =
          (select max(x.block_number) from holding x
           where x.share_class = h.share_class and x.holder = h.holder
             and x.block_number <= :block)
      """;

  private static final Comparator<Holder> ORDER = Register::compare;

  private Register() {}

  /**
   * A line of the register; the identity is null when the registry does not know the wallet.
   *
   * @param locked of the shares, those that may not be resold yet
   * @param frozen by order; may be more than the shares (ERC-7943)
   */
  public record Holder(
      Address wallet,
      @Nullable Hash identity,
      ShareCount shares,
      ShareCount locked,
      BigInteger frozen) {

    /** A place in the register's order. */
    static Holder at(Address wallet, ShareCount shares) {
      return new Holder(wallet, null, shares, ShareCount.ZERO, BigInteger.ZERO);
    }
  }

  /** A wallet's shares of one class. */
  public record Holding(
      InBrief shareClass, Company company, Address wallet, ShareCount shares, Instant since) {}

  /**
   * The holders of a class, the largest first, equal ones by wallet.
   *
   * @param after the last holder of the page before
   */
  static List<Holder> holders(
      Handle handle, Address shareClass, BlockRef block, Optional<Holder> after, int limit) {
    List<Holder> page = first(limit, after, KeptRegister.after(handle, shareClass, block.number()));
    if (page.isEmpty()) {
      return page;
    }
    List<Address> wallets = page.stream().map(Holder::wallet).toList();
    Map<Address, Hash> identities = identities(handle, wallets, block.number());
    Map<Address, ShareCount> locked = Lots.locked(handle, shareClass, wallets, block);
    Map<Address, BigInteger> frozen = Freezes.of(handle, shareClass, wallets, block.number());
    return page.stream()
        .map(holder ->
            new Holder(
                holder.wallet(),
                identities.get(holder.wallet()),
                holder.shares(),
                locked.getOrDefault(holder.wallet(), ShareCount.ZERO),
                frozen.getOrDefault(holder.wallet(), BigInteger.ZERO)))
        .toList();
  }

  private static int compare(Holder one, Holder other) {
    int largestFirst = other.shares().compareTo(one.shares());
    return largestFirst == 0 ? one.wallet().compareTo(other.wallet()) : largestFirst;
  }

  /** To sort all of a large register for one page of it took most of the time of an answer. */
  private static List<Holder> first(
      int limit, Optional<Holder> after, Map<Address, ShareCount> held) {
    PriorityQueue<Holder> page = new PriorityQueue<>(ORDER.reversed());
    held.forEach((wallet, shares) -> {
      Holder holder = Holder.at(wallet, shares);
      if (after.isPresent() && ORDER.compare(holder, after.get()) <= 0) {
        return;
      }
      if (page.size() < limit) {
        page.add(holder);
      } else if (ORDER.compare(holder, page.element()) < 0) {
        page.remove();
        page.add(holder);
      }
    });
    return page.stream().sorted(ORDER).toList();
  }

  private static Map<Address, Hash> identities(Handle handle, List<Address> wallets, long block) {
    Map<Address, Hash> identities = new HashMap<>();
    handle
        .createQuery(
            """
            select wallet, identity
            from investor
            where wallet in (<wallets>) and block_number <= :block
            order by block_number, identity
            """)
        .bindList("wallets", wallets)
        .bind("block", block)
        .map((row, _) ->
            Map.entry(Address.of(row.getBytes("wallet")), Hash.of(row.getBytes("identity"))))
        .forEach(found -> identities.put(found.getKey(), found.getValue()));
    return identities;
  }

  /**
   * What a wallet holds, by the address of the share class.
   *
   * @param after the class of the last holding of the page before
   */
  public static List<Holding> holdings(
      Handle handle, Address wallet, long block, Optional<Address> after, int limit) {
    String sql =
        "select h.holder, h.shares, h.changed_at, "
            + ShareClasses.COLUMNS
            + ShareClasses.FROM_CLASS
            + "join holding h on h.share_class = k.address\n"
            + "where h.holder = :wallet and "
            + AFTER_BLOCK
            + (after.isPresent() ? "and h.share_class > :after\n" : "")
            + "order by h.share_class limit :limit";
    Query query =
        handle.createQuery(sql).bind("wallet", wallet).bind("block", block).bind("limit", limit);
    after.ifPresent(last -> query.bind("after", last));
    return query.map(Register::readHolding).list();
  }

  private static Holding readHolding(ResultSet row, StatementContext context) throws SQLException {
    ShareClass shareClass = ShareClasses.read(row, context);
    return new Holding(
        shareClass.inBrief(),
        shareClass.company(),
        Address.of(row.getBytes("holder")),
        ShareCount.of(row.getLong("shares")),
        Instant.ofEpochSecond(row.getLong("changed_at")));
  }
}
