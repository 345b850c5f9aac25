package io.fundtrail.share;

import io.fundtrail.index.ChainIdentity;
import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.share.ShareEvent.CompanyRegistered;
import io.fundtrail.store.LikePattern;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * Companies as they were after a block. A company is of this ledger when the ledger's own Directory
 * registered it, and keeps that number wherever it goes.
 */
final class Companies {
  private static final String COLUMNS =
      """
      c.company_id, c.directory, c.number, c.controller, c.proposed, c.fee_bps, c.name,
      c.registration
      """;

  private static final String AFTER_BLOCK =
      "select "
          + COLUMNS
          + """
          from company c
          where c.block_number =
            (select max(x.block_number) from company x
             where x.company_id = c.company_id and x.block_number <= :block)
          """;

  private Companies() {}

  /** Which Directory keeps a company, and as which number. */
  record Place(Address directory, long number) {}

  /**
   * A company.
   *
   * @param id that the ledger's own Directory gave it
   * @param proposed who may take over as its controller
   */
  record Company(
      long id,
      Place place,
      Address controller,
      @Nullable Address proposed,
      int feeBps,
      String name,
      String registration) {

    View view() {
      return new View(
          BigInteger.valueOf(id),
          name,
          registration,
          controller,
          proposed,
          feeBps,
          place.directory(),
          BigInteger.valueOf(place.number()));
    }

    Company controlledBy(Address now) {
      return new Company(id, place, now, null, feeBps, name, registration);
    }

    Company proposing(@Nullable Address candidate) {
      return new Company(id, place, controller, candidate, feeBps, name, registration);
    }

    Company movedTo(Place next) {
      return new Company(id, next, controller, null, feeBps, name, registration);
    }
  }

  /** A company, as the API gives it. */
  record View(
      BigInteger id,
      String name,
      String registration,
      Address controller,
      @Nullable Address proposedController,
      int feeBps,
      Address directory,
      BigInteger number) {}

  /** What was opened for a company. */
  record Contracts(
      List<Address> shareClasses,
      List<Address> rounds,
      List<Address> trusts,
      List<Address> distributions,
      List<Address> votes) {}

  /**
   * A company that another Directory registers is not of this ledger, unless it comes from ours.
   */
  static void register(
      Handle handle, BlockRef block, Address directory, CompanyRegistered registered) {
    if (ChainIdentity.read(handle).orElseThrow().directory().equals(directory)) {
      Place place = new Place(directory, registered.companyId());
      store(
          handle,
          block,
          new Company(
              registered.companyId(),
              place,
              registered.controller(),
              null,
              registered.feeBps(),
              registered.name(),
              registered.registration()));
    }
  }

  /** Changes the company that is kept at a place, if it is of this ledger. */
  static void change(Handle handle, BlockRef block, Place place, UnaryOperator<Company> change) {
    kept(handle, place).ifPresent(company -> store(handle, block, change.apply(company)));
  }

  /** Notes for which company another Directory opened an instance. */
  static void adopt(
      Handle handle, BlockRef block, Address directory, Address instance, long companyId) {
    if (!ChainIdentity.read(handle).orElseThrow().directory().equals(directory)) {
      return;
    }
    handle
        .createUpdate(
            """
            insert into adopted_instance (instance, block_number, company_id)
            values (:instance, :block, :companyId)
            """)
        .bind("instance", instance)
        .bind("block", block.number())
        .bind("companyId", companyId)
        .execute();
  }

  /** A company of the ledger, as it was after a block. */
  static Optional<Company> find(Handle handle, BigInteger id, long block) {
    return handle
        .createQuery(AFTER_BLOCK + "and c.company_id = :id")
        .bind("block", block)
        .bind("id", id.longValueExact())
        .map(Companies::read)
        .findOne();
  }

  /**
   * Companies, the one registered last first.
   *
   * @param text that the name contains
   * @param after the id of the last company of the page before
   */
  static List<Company> list(
      Handle handle, Optional<String> text, long block, Optional<BigInteger> after, int limit) {
    StringBuilder sql = new StringBuilder(AFTER_BLOCK);
    text.ifPresent(_ -> sql.append("and c.search like :text escape '!'\n"));
    after.ifPresent(_ -> sql.append("and c.company_id < :after\n"));
    sql.append("order by c.company_id desc limit :limit");
    Query query = handle.createQuery(sql.toString()).bind("block", block).bind("limit", limit);
    text.ifPresent(wanted -> query.bind("text", LikePattern.containing(wanted)));
    after.ifPresent(last -> query.bind("after", last.longValueExact()));
    return query.map(Companies::read).list();
  }

  /** What was opened for a company by the end of a block, the oldest first. */
  static Contracts contracts(Handle handle, BigInteger id, long block) {
    return new Contracts(
        opened(handle, "share_class", id, block),
        opened(handle, "round", id, block),
        opened(handle, "trust", id, block),
        opened(handle, "distribution_contract", id, block),
        opened(handle, "vote", id, block));
  }

  private static List<Address> opened(Handle handle, String table, BigInteger id, long block) {
    return handle
        .createQuery(
            """
            select address
            from <table>
            where company_id = :id and block_number <= :block
            order by block_number, address
            """)
        .define("table", table)
        .bind("id", id.longValueExact())
        .bind("block", block)
        .mapTo(Address.class)
        .list();
  }

  private static Optional<Company> kept(Handle handle, Place place) {
    return handle
        .createQuery(
            "select "
                + COLUMNS
                + """
                from company c
                where c.directory = :directory and c.number = :number
                  and c.block_number =
                    (select max(x.block_number) from company x
                     where x.company_id = c.company_id)
                """)
        .bind("directory", place.directory())
        .bind("number", place.number())
        .map(Companies::read)
        .findOne();
  }

  private static void store(Handle handle, BlockRef block, Company company) {
    handle
        .createUpdate(
            """
            insert into company
              (company_id, block_number, directory, number, controller, proposed, fee_bps, name,
               registration, search)
            values
              (:id, :block, :directory, :number, :controller, :proposed, :feeBps, :name,
               :registration, :search)
            on conflict (company_id, block_number) do update set
              directory = :directory, number = :number, controller = :controller,
              proposed = :proposed
            """)
        .bind("id", company.id())
        .bind("block", block.number())
        .bind("directory", company.place().directory())
        .bind("number", company.place().number())
        .bind("controller", company.controller())
        .bindByType("proposed", company.proposed(), Address.class)
        .bind("feeBps", company.feeBps())
        .bind("name", company.name())
        .bind("registration", company.registration())
        .bind("search", company.name().toLowerCase(Locale.ROOT))
        .execute();
  }

  private static Company read(ResultSet row, StatementContext context) throws SQLException {
    byte @Nullable [] proposed = row.getBytes("proposed");
    return new Company(
        row.getLong("company_id"),
        new Place(Address.of(row.getBytes("directory")), row.getLong("number")),
        Address.of(row.getBytes("controller")),
        proposed == null ? null : Address.of(proposed),
        row.getInt("fee_bps"),
        row.getString("name"),
        row.getString("registration"));
  }
}
