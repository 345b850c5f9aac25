package io.fundtrail.trust;

import io.fundtrail.api.Money;
import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import io.fundtrail.model.TokenAmount;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * What is left, in money, for a person in trusts that have ended, worked out as the contract does:
 * the floor of each one's part of all that there ever was, less what was paid.
 */
public final class Interests {
  /** Whom the deed lists. Everything goes to the settlor who revoked the trust. */
  private static final String LISTED =
      "select b.wallet as entitled, b.units as units,\n"
          + """
          (select sum(y.units) from trust_beneficiary y
           where y.trust = t.address
             and y.block_number =
               (select max(x.block_number) from trust_beneficiary x
                where x.trust = y.trust and x.wallet = y.wallet and x.block_number <= :block))
          as total,
          """
          + Trusts.COLUMNS
          + Trusts.FROM_TRUST
          + """
          join trust_beneficiary b on b.trust = t.address and b.units > 0
           and b.block_number =
             (select max(x.block_number) from trust_beneficiary x
              where x.trust = b.trust and x.wallet = b.wallet and x.block_number <= :block)
          where b.wallet in (<persons>) and s.end_reason <> 'REVOKED'
          """;

  /** To whom a round allotted shares: those outside the issuer, or everyone when nobody is. */
  private static final String ALLOTTED =
      "select a.identity as entitled, a.allotted as units,\n"
          + """
          case when z.outside_shares > 0 then z.outside_shares else z.sold_shares end as total,
          """
          + Trusts.COLUMNS
          + Trusts.FROM_TRUST
          + """
          join round_state z on z.round = s.round and z.sold_shares > 0
           and z.block_number =
             (select max(x.block_number) from round_state x
              where x.round = z.round and x.block_number <= :block)
          join commitment a on a.round = s.round and a.state = 'settled' and a.allotted > 0
           and a.block_number =
             (select max(x.block_number) from commitment x
              where x.round = a.round and x.identity = a.identity and x.block_number <= :block)
          where a.identity in (<persons>) and (z.outside_shares = 0 or not a.affiliated)
            and z.status in ('settled', 'failed', 'cancelled') and s.end_reason <> 'REVOKED'
          """;

  /** The settlor: after a revocation, or when nobody else is entitled. */
  private static final String SETTLED_BACK =
      "select t.settlor as entitled, 1 as units, 1 as total,\n"
          + Trusts.COLUMNS
          + Trusts.FROM_TRUST
          + """
          where t.settlor in (<persons>)
            and (s.end_reason = 'REVOKED'
              or (not exists (select 1 from trust_beneficiary b where b.trust = t.address)
                and not exists
                  (select 1 from round_state z
                   where z.round = s.round and z.sold_shares > 0 and z.block_number <= :block)
                and (s.round is null or exists
                  (select 1 from round_state z
                   where z.round = s.round and z.status in ('settled', 'failed', 'cancelled')
                     and z.block_number <= :block))))
          """;

  private static final String ENDED =
      """
      and t.block_number <= :block and s.end_reason is not null and t.settlement_token is not null
      order by t.block_number desc, t.log_index desc
      limit :limit
      """;

  private Interests() {}

  /**
   * What is left for somebody.
   *
   * @param beneficiary by which it is claimed: an identity, or a wallet left-padded with zeros
   * @param amount null where the token's issuer took money away and the beneficiary was paid since:
   *     only the contract knows what that leaves
   */
  public record Claimable(
      Address trust, String company, Hash beneficiary, String currency, @Nullable String amount) {}

  private record Key(Address trust, Hash beneficiary) {}

  private record Part(Trust trust, Hash beneficiary, BigInteger units, BigInteger total) {
    Key key() {
      return new Key(trust.address(), beneficiary);
    }

    TokenAmount due() {
      TrustState.End end = Objects.requireNonNull(trust.state().end());
      return TokenAmount.of(end.remainder().units().multiply(units).divide(total));
    }

    Claimable left(TokenAmount paid) {
      boolean known = !trust.state().shortfall() || paid.isZero();
      return new Claimable(
          trust.address(),
          trust.company(),
          beneficiary,
          Objects.requireNonNull(trust.currency()),
          known ? Money.text(due().minus(paid), trust.decimals()) : null);
    }
  }

  /**
   * What is left for a person's wallets and identities after a block, in the newest trust first.
   */
  public static List<Claimable> claimable(
      Handle handle,
      Collection<Address> wallets,
      Collection<Hash> identities,
      BlockRef block,
      int limit) {
    List<Part> parts = new ArrayList<>();
    parts.addAll(parts(handle.createQuery(LISTED + ENDED), wallets, block, limit));
    parts.addAll(parts(handle.createQuery(SETTLED_BACK + ENDED), wallets, block, limit));
    if (!identities.isEmpty()) {
      parts.addAll(parts(handle.createQuery(ALLOTTED + ENDED), identities, block, limit));
    }
    if (parts.isEmpty()) {
      return List.of();
    }
    Map<Key, TokenAmount> paid = paid(handle, parts, wallets, block);
    parts.sort(Comparator.comparing((Part part) -> part.trust().opening()).reversed());
    List<Claimable> left = new ArrayList<>();
    for (Part part : parts) {
      TokenAmount sum = paid.getOrDefault(part.key(), TokenAmount.ZERO);
      if (part.due().compareTo(sum) > 0) {
        left.add(part.left(sum));
      }
    }
    return left;
  }

  private static List<Part> parts(Query query, Collection<?> persons, BlockRef block, int limit) {
    return query
        .bindList("persons", List.copyOf(persons))
        .bind("block", block.number())
        .bind("limit", limit)
        .map((row, context) -> part(row))
        .list();
  }

  private static Part part(ResultSet row) throws SQLException {
    byte[] entitled = row.getBytes("entitled");
    return new Part(
        Trusts.read(row),
        entitled.length == Address.SIZE ? Address.of(entitled).toWord() : Hash.of(entitled),
        BigInteger.valueOf(row.getLong("units")),
        BigInteger.valueOf(row.getLong("total")));
  }

  /**
   * What each part was paid. What a wallet was paid before its interest moved to another of the
   * person's moved along.
   */
  private static Map<Key, TokenAmount> paid(
      Handle handle, List<Part> parts, Collection<Address> wallets, BlockRef block) {
    Set<Hash> beneficiaries = new HashSet<>();
    wallets.forEach(wallet -> beneficiaries.add(wallet.toWord()));
    parts.forEach(part -> beneficiaries.add(part.beneficiary()));
    Set<Key> keys = new HashSet<>();
    Map<Address, Key> first = new HashMap<>();
    for (Part part : parts) {
      keys.add(part.key());
      first.putIfAbsent(part.trust().address(), part.key());
    }
    Map<Key, TokenAmount> paid = new HashMap<>();
    handle
        .createQuery(
            """
            select trust, beneficiary, amount
            from trust_payment
            where trust in (<trusts>) and beneficiary in (<beneficiaries>) and not in_shares
              and block_number <= :block
            """)
        .bindList("trusts", List.copyOf(first.keySet()))
        .bindList("beneficiaries", List.copyOf(beneficiaries))
        .bind("block", block.number())
        .map((row, context) ->
            Map.entry(
                new Key(Address.of(row.getBytes("trust")), Hash.of(row.getBytes("beneficiary"))),
                TrustState.amount(row, "amount")))
        .forEach(one -> {
          Key key = keys.contains(one.getKey()) ? one.getKey() : first.get(one.getKey().trust());
          paid.merge(Objects.requireNonNull(key), one.getValue(), TokenAmount::plus);
        });
    return paid;
  }
}
