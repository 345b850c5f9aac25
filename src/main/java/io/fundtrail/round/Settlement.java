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
  private static final String TOKENS =
      """
      select t.address, t.currency, t.decimals
      from settlement_token t
      where t.listed
        and t.block_number =
          (select max(x.block_number) from settlement_token x
           where x.address = t.address and x.block_number <= :block)
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

  /** Every rules contract that was ever allowed, and whether it is after a block. */
  public static List<AllowedRules> rules(Handle handle, long block) {
    return handle
        .createQuery(
            """
            select r.address, r.allowed
            from allowed_rules r
            where r.block_number =
              (select max(x.block_number) from allowed_rules x
               where x.address = r.address and x.block_number <= :block)
            order by r.address
            """)
        .bind("block", block)
        .map((row, context) ->
            new AllowedRules(Address.of(row.getBytes("address")), row.getBoolean("allowed")))
        .list();
  }

  static void list(Handle handle, BlockRef block, SettlementTokenListed listed) {
    handle
        .createUpdate(
            """
            insert into settlement_token (address, block_number, currency, decimals, listed)
            values (:address, :block, :currency, :decimals, true)
            on conflict (address, block_number) do update set
              currency = :currency, decimals = :decimals, listed = true
            """)
        .bind("address", listed.token())
        .bind("block", block.number())
        .bind("currency", listed.currency())
        .bind("decimals", listed.decimals())
        .execute();
  }

  static void delist(Handle handle, BlockRef block, Address token) {
    handle
        .createUpdate(
            """
            insert into settlement_token (address, block_number, currency, decimals, listed)
            select address, :block, currency, decimals, false
            from settlement_token
            where address = :address
              and block_number =
                (select max(block_number) from settlement_token where address = :address)
            on conflict (address, block_number) do update set listed = false
            """)
        .bind("address", token)
        .bind("block", block.number())
        .execute();
  }

  static void allow(Handle handle, BlockRef block, RulesAllowed rules) {
    handle
        .createUpdate(
            """
            insert into allowed_rules (address, block_number, allowed)
            values (:address, :block, :allowed)
            on conflict (address, block_number) do update set allowed = :allowed
            """)
        .bind("address", rules.rules())
        .bind("block", block.number())
        .bind("allowed", rules.allowed())
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
