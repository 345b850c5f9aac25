package io.fundtrail.identity;

import io.fundtrail.api.Money;
import io.fundtrail.api.PersonKey;
import io.fundtrail.api.ShortText;
import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import io.fundtrail.model.TokenAmount;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** What is known of persons after a block. */
public final class Investors {
  private static final int MILLIONTHS = 6;

  private Investors() {}

  /**
   * A person, as far as known: who was never attested has no identity, or no wallet.
   *
   * @param identity null for a wallet that the registry does not know
   * @param wallet null for an identity that the registry does not know
   */
  public record Person(@Nullable Hash identity, @Nullable Address wallet) {}

  /** A person's standing with the registry, as the API gives it. */
  public record Investor(
      @Nullable Hash identity,
      @Nullable Address wallet,
      boolean attested,
      boolean eligible,
      @Nullable Category category,
      @Nullable String country,
      @Nullable Instant expiresAt,
      @Nullable Integer persons,
      @Nullable Integer withholdingBps,
      @Nullable Hash dossier,
      boolean revoked,
      List<Limit> limits) {
    public Investor {
      limits = List.copyOf(limits);
    }
  }

  /** What a person may commit in twelve months, and what counts against it. */
  public record Limit(String regime, String currency, @Nullable String attested, String used) {}

  private record Attestation(
      Hash identity,
      Address wallet,
      int country,
      Category category,
      Instant expiresAt,
      int persons,
      int withholdingBps,
      Hash dossier,
      boolean revoked) {}

  private record Regime(String regime, String currency) implements Comparable<Regime> {
    @Override
    public int compareTo(Regime other) {
      int byRegime = regime.compareTo(other.regime);
      return byRegime != 0 ? byRegime : currency.compareTo(other.currency);
    }
  }

  /** The other name of a person: the wallet of an identity, the identity of a wallet. */
  public static Person person(Handle handle, PersonKey key, long block) {
    return attestation(handle, key, block)
        .map(known -> new Person(known.identity(), known.wallet()))
        .orElseGet(() ->
            switch (key) {
              case PersonKey.Identity(Hash hash) -> new Person(hash, null);
              case PersonKey.Wallet(Address address) -> new Person(null, address);
            });
  }

  /**
   * All through which a person may be entitled: the wallets that act or acted for it, and those of
   * persons whose estates passed to it.
   *
   * @param identities none for a wallet that the registry does not know
   */
  public record Entitled(List<Hash> identities, List<Address> wallets) {
    public Entitled {
      identities = List.copyOf(identities);
      wallets = List.copyOf(wallets);
    }
  }

  /**
   * The wallets that act or acted for a person; a wallet that the registry does not know is one.
   */
  public static List<Address> wallets(Handle handle, PersonKey key, long block) {
    Person person = person(handle, key, block);
    if (person.identity() == null) {
      return List.of(Objects.requireNonNull(person.wallet()));
    }
    return handle
        .createQuery(
            """
            select distinct wallet
            from investor
            where identity = :identity and block_number <= :block
            """)
        .bind("identity", person.identity())
        .bind("block", block)
        .mapTo(Address.class)
        .list();
  }

  /** Through what a person may be entitled after a block. */
  public static Entitled entitled(Handle handle, PersonKey key, long block) {
    Person person = person(handle, key, block);
    Hash identity = person.identity();
    if (identity == null) {
      return new Entitled(List.of(), List.of(Objects.requireNonNull(person.wallet())));
    }
    List<Hash> identities =
        handle
            .createQuery(
                """
                with recursive left_to (identity) as (
                  select identity from estate where heir = :identity and block_number <= :block
                  union
                  select e.identity
                  from left_to l
                  join estate e on e.heir = l.identity and e.block_number <= :block
                )
                select identity from left_to
                """)
            .bind("identity", identity)
            .bind("block", block)
            .mapTo(Hash.class)
            .list();
    List<Hash> all = Stream.concat(Stream.of(identity), identities.stream()).toList();
    List<Address> wallets =
        handle
            .createQuery(
                """
                select distinct wallet
                from investor
                where identity in (<identities>) and block_number <= :block
                """)
            .bindList("identities", all)
            .bind("block", block)
            .mapTo(Address.class)
            .list();
    return new Entitled(all, wallets);
  }

  /** A person's standing after a block. */
  public static Investor investor(Handle handle, PersonKey key, BlockRef block) {
    return attestation(handle, key, block.number())
        .map(known -> attested(handle, known, block))
        .orElseGet(() -> {
          Person person = person(handle, key, block.number());
          return new Investor(
              person.identity(),
              person.wallet(),
              false,
              false,
              null,
              null,
              null,
              null,
              null,
              null,
              false,
              List.of());
        });
  }

  private static Investor attested(Handle handle, Attestation known, BlockRef block) {
    return new Investor(
        known.identity(),
        known.wallet(),
        true,
        block.time().isBefore(known.expiresAt()),
        known.category(),
        "%03d".formatted(known.country()),
        known.expiresAt(),
        known.persons(),
        known.withholdingBps(),
        known.dossier(),
        known.revoked(),
        limits(handle, known.identity(), block));
  }

  private static Optional<Attestation> attestation(Handle handle, PersonKey key, long block) {
    String column =
        switch (key) {
          case PersonKey.Identity _ -> "identity";
          case PersonKey.Wallet _ -> "wallet";
        };
    Object value =
        switch (key) {
          case PersonKey.Identity(Hash hash) -> hash;
          case PersonKey.Wallet(Address address) -> address;
        };
    return handle
        .createQuery(
            """
            select identity, wallet, country, category, expires_at, persons, withholding_bps, dossier,
              revoked
            from investor i
            where <column> = :value
              and block_number =
                (select max(x.block_number) from investor x
                 where x.identity = i.identity and x.block_number <= :block)
            order by expires_at desc
            limit 1
            """)
        .define("column", column)
        .bind("value", value)
        .bind("block", block)
        .map(Investors::readAttestation)
        .findOne();
  }

  private static List<Limit> limits(Handle handle, Hash identity, BlockRef block) {
    Map<Regime, TokenAmount> attested = attestedLimits(handle, identity, block.number());
    Map<Regime, TokenAmount> used = usage(handle, identity, block);
    List<Regime> regimes = new ArrayList<>(attested.keySet());
    used.keySet().stream().filter(regime -> !attested.containsKey(regime)).forEach(regimes::add);
    return regimes.stream()
        .sorted()
        .map(regime ->
            new Limit(
                regime.regime(),
                regime.currency(),
                text(attested.get(regime)),
                Money.text(used.getOrDefault(regime, TokenAmount.ZERO), MILLIONTHS)))
        .toList();
  }

  private static @Nullable String text(@Nullable TokenAmount amount) {
    return amount == null || amount.isZero() ? null : Money.text(amount, MILLIONTHS);
  }

  private static Map<Regime, TokenAmount> attestedLimits(Handle handle, Hash identity, long block) {
    Map<Regime, TokenAmount> limits = new TreeMap<>();
    handle
        .createQuery(
            """
            select regime, currency, amount
            from yearly_limit y
            where identity = :identity
              and block_number =
                (select max(block_number) from yearly_limit x
                 where x.identity = y.identity and x.regime = y.regime
                   and x.currency = y.currency and x.block_number <= :block)
            """)
        .bind("identity", identity)
        .bind("block", block)
        .map(Investors::readAmount)
        .forEach(amount -> limits.put(amount.getKey(), amount.getValue()));
    return limits;
  }

  private static Map<Regime, TokenAmount> usage(Handle handle, Hash identity, BlockRef block) {
    Map<Regime, TokenAmount> used = new TreeMap<>();
    handle
        .createQuery(
            """
            select regime, currency, amount
            from limit_usage u
            where identity = :identity
              and counted_until > :today
              and block_number =
                (select max(block_number) from limit_usage x
                 where x.identity = u.identity and x.regime = u.regime
                   and x.currency = u.currency and x.day = u.day
                   and x.block_number <= :block)
            """)
        .bind("identity", identity)
        .bind("today", block.time().getEpochSecond() / Duration.ofDays(1).toSeconds())
        .bind("block", block.number())
        .map(Investors::readAmount)
        .forEach(amount -> used.merge(amount.getKey(), amount.getValue(), TokenAmount::plus));
    return used;
  }

  private static Map.Entry<Regime, TokenAmount> readAmount(ResultSet row, StatementContext context)
      throws SQLException {
    Regime regime = new Regime(ShortText.of(row.getBytes("regime")), row.getString("currency"));
    return Map.entry(regime, TokenAmount.of(Hash.of(row.getBytes("amount")).toUint()));
  }

  private static Attestation readAttestation(ResultSet row, StatementContext context)
      throws SQLException {
    return new Attestation(
        Hash.of(row.getBytes("identity")),
        Address.of(row.getBytes("wallet")),
        row.getInt("country"),
        Category.of(row.getInt("category")),
        Instant.ofEpochSecond(row.getLong("expires_at")),
        row.getInt("persons"),
        row.getInt("withholding_bps"),
        Hash.of(row.getBytes("dossier")),
        row.getBoolean("revoked"));
  }
}
