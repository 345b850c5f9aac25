package io.fundtrail.round;

import io.fundtrail.api.ServiceStatus.AllowedRules;
import io.fundtrail.api.ServiceStatus.SettlementToken;
import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.round.RoundEvent.RulesAllowed;
import io.fundtrail.round.RoundEvent.SettlementTokenListed;
import io.fundtrail.transact.Units;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The tokens in which rounds may be held, and the rules under which. */
public final class Settlement {
  /** Tokens that one Directory lists at least. */
  private static final String TOKENS =
      """
      select t.address, t.currency, t.decimals
      from settlement_token t
      where t.block_number =
          (select max(x.block_number) from settlement_token x
           where x.address = t.address and x.block_number <= :block)
        and exists
          (select 1 from token_listing l
           where l.token = t.address and l.listed
             and l.block_number =
               (select max(x.block_number) from token_listing x
                where x.directory = l.directory and x.token = l.token
                  and x.block_number <= :block))
      """;

  private Settlement() {}

  /** The tokens listed after a block, by address. */
  public static List<SettlementToken> tokens(Handle handle, long block) {
    return handle
        .createQuery(TOKENS + "order by t.address")
        .bind("block", block)
        .map(Settlement::readToken)
        .list();
  }

  /** A token, if it is listed after a block. */
  public static Optional<SettlementToken> token(Handle handle, Address address, long block) {
    return handle
        .createQuery(TOKENS + "and t.address = :address")
        .bind("address", address)
        .bind("block", block)
        .map(Settlement::readToken)
        .findOne();
  }

  /**
   * Every rules contract that was ever allowed, and whether one Directory allows it after a block.
   */
  public static List<AllowedRules> rules(Handle handle, long block) {
    return handle
        .createQuery(
            """
            select r.address, max(case when r.allowed then 1 else 0 end) as allowed
            from allowed_rules r
            where r.block_number =
              (select max(x.block_number) from allowed_rules x
               where x.directory = r.directory and x.address = r.address
                 and x.block_number <= :block)
            group by r.address
            order by r.address
            """)
        .bind("block", block)
        .map((row, context) ->
            new AllowedRules(Address.of(row.getBytes("address")), row.getInt("allowed") == 1))
        .list();
  }

  static void list(Handle handle, BlockRef block, Address directory, SettlementTokenListed listed) {
    handle
        .createUpdate(
            """
            insert into settlement_token (address, block_number, currency, decimals)
            values (:address, :block, :currency, :decimals)
            on conflict (address, block_number) do update set
              currency = :currency, decimals = :decimals
            """)
        .bind("address", listed.token())
        .bind("block", block.number())
        .bind("currency", listed.currency())
        .bind("decimals", listed.decimals())
        .execute();
    storeListing(handle, block, directory, listed.token(), true);
  }

  static void delist(Handle handle, BlockRef block, Address directory, Address token) {
    storeListing(handle, block, directory, token, false);
  }

  static void allow(Handle handle, BlockRef block, Address directory, RulesAllowed rules) {
    handle
        .createUpdate(
            """
            insert into allowed_rules (directory, address, block_number, allowed)
            values (:directory, :address, :block, :allowed)
            on conflict (directory, address, block_number) do update set allowed = :allowed
            """)
        .bind("directory", directory)
        .bind("address", rules.rules())
        .bind("block", block.number())
        .bind("allowed", rules.allowed())
        .execute();
  }

  private static void storeListing(
      Handle handle, BlockRef block, Address directory, Address token, boolean listed) {
    handle
        .createUpdate(
            """
            insert into token_listing (directory, token, block_number, listed)
            values (:directory, :token, :block, :listed)
            on conflict (directory, token, block_number) do update set listed = :listed
            """)
        .bind("directory", directory)
        .bind("token", token)
        .bind("block", block.number())
        .bind("listed", listed)
        .execute();
  }

  private static SettlementToken readToken(ResultSet row, StatementContext context)
      throws SQLException {
    return new SettlementToken(
        Address.of(row.getBytes("address")), row.getString("currency"), row.getInt("decimals"));
  }

  /** What a round's money is counted in; empty when no round is at the address. */
  public static Optional<Units> units(Handle handle, Address round, long block) {
    return Rounds.find(handle, round, block)
        .map(found -> new Units(found.terms().currency(), found.terms().decimals()));
  }
}
