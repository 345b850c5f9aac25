package io.fundtrail.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.model.ShareCount;
import io.fundtrail.model.TokenAmount;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

class ColumnTypesTest {
  private static final List<String> COLUMNS =
      List.of("id", "holder", "head", "payload", "amount", "shares", "at", "note");
  private static final TokenAmount MOST =
      TokenAmount.of(BigInteger.TWO.pow(256).subtract(BigInteger.ONE));

  public record Entry(
      int id,
      @Nullable Address holder,
      @Nullable Hash head,
      @Nullable Bytes payload,
      @Nullable TokenAmount amount,
      @Nullable ShareCount shares,
      @Nullable Instant at,
      @Nullable String note) {
    List<@Nullable Object> values() {
      List<@Nullable Object> values = new ArrayList<>();
      values.add(id);
      values.add(holder);
      values.add(head);
      values.add(payload);
      values.add(amount);
      values.add(shares);
      values.add(at);
      values.add(note);
      return values;
    }
  }

  private static final Entry FULL =
      new Entry(
          1,
          Address.parse("0x00000000000000000000000000000000000000ff"),
          Hash.ofUint(BigInteger.TWO.pow(255)),
          Bytes.of((byte) 0, (byte) 0x5c, (byte) -1),
          MOST,
          ShareCount.of(Long.MAX_VALUE),
          Instant.ofEpochSecond(1_463_356_800L),
          "tab\tline\nreturn\rback\\slash 'quote' \u00fc \\N");
  private static final Entry EMPTY = new Entry(2, null, null, null, null, null, null, null);

  @OnBothDatabases
  void giveBackWhatWasBound(Database database) {
    createTable(database);
    database.write(handle -> {
      for (Entry entry : List.of(FULL, EMPTY)) {
        handle
            .createUpdate(
                """
                insert into entry (id, holder, head, payload, amount, shares, at, note)
                values (:id, :holder, :head, :payload, :amount, :shares, :at, :note)
                """)
            .bindMethods(entry)
            .execute();
      }
    });

    assertThat(entries(database)).containsExactly(FULL, EMPTY);
  }

  @OnBothDatabases
  void giveBackWhatWasBoundOneByOne(Database database) {
    createTable(database);
    database.write(handle ->
        handle
            .createUpdate(
                """
                insert into entry (id, holder, head, payload, amount, shares, at, note)
                values (:id, :holder, :head, :payload, :amount, :shares, :at, :note)
                """)
            .bind("id", FULL.id())
            .bind("holder", FULL.holder())
            .bind("head", FULL.head())
            .bind("payload", FULL.payload())
            .bind("amount", FULL.amount())
            .bind("shares", FULL.shares())
            .bind("at", FULL.at())
            .bind("note", FULL.note())
            .execute());

    assertThat(entries(database)).containsExactly(FULL);
    assertThat(
            database.<Long>read(
                handle -> handle.createQuery("select at from entry").mapTo(Long.class).one()))
        .isEqualTo(1_463_356_800L);
  }

  @OnBothDatabases
  void standInForTheCharacterThatTextCannotHold(Database database) {
    createTable(database);
    database.write(handle -> {
      handle
          .createUpdate("insert into entry (id, note) values (1, :note)")
          .bind("note", "a\0b")
          .execute();
      BulkWriter.of(handle).append("entry", List.of("id", "note"), List.of(List.of(2, "\0c")));
    });

    assertThat(entries(database)).extracting(Entry::note).containsExactly("a\uFFFDb", "\uFFFDc");
  }

  @OnBothDatabases
  void giveBackWhatWasAppendedInBulk(Database database) {
    createTable(database);

    database.write(handle ->
        BulkWriter.of(handle).append("entry", COLUMNS, List.of(FULL.values(), EMPTY.values())));

    assertThat(entries(database)).containsExactly(FULL, EMPTY);
  }

  @OnBothDatabases
  void appendMoreRowsThanOneBatchHolds(Database database) {
    createTable(database);
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (int i = 0; i < 12_345; i++) {
      rows.add(List.of(i, Hash.ofUint(BigInteger.valueOf(i))));
    }

    database.write(handle -> BulkWriter.of(handle).append("entry", List.of("id", "head"), rows));

    List<Hash> heads =
        database.read(handle ->
            handle.createQuery("select head from entry order by id").mapTo(Hash.class).list());
    assertThat(heads).hasSize(12_345).last().isEqualTo(Hash.ofUint(BigInteger.valueOf(12_344)));
  }

  @OnBothDatabases
  void sortAmountsAsNumbers(Database database) {
    createTable(database);
    List<TokenAmount> ascending =
        List.of(TokenAmount.ZERO, TokenAmount.of(255), TokenAmount.of(256), MOST);
    database.write(handle -> {
      for (int i = 0; i < ascending.size(); i++) {
        handle
            .createUpdate("insert into entry (id, amount) values (:id, :amount)")
            .bind("id", -i)
            .bind("amount", ascending.get(i))
            .execute();
      }
    });

    List<TokenAmount> sorted =
        database.read(handle ->
            handle
                .createQuery("select amount from entry order by amount")
                .mapTo(TokenAmount.class)
                .list());
    assertThat(sorted).isEqualTo(ascending);
  }

  @OnBothDatabases
  void refuseShareCountsThatNoColumnHolds(Database database) {
    createTable(database);
    ShareCount tooMany = ShareCount.of(BigInteger.TWO.pow(63));

    assertThatThrownBy(() ->
            database.write(handle ->
                handle
                    .createUpdate("insert into entry (id, shares) values (1, :shares)")
                    .bind("shares", tooMany)
                    .execute()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 9223372036854775807, not 9223372036854775808");
  }

  @OnBothDatabases
  void rollBackRowsAppendedInBulk(Database database) {
    createTable(database);

    assertThatThrownBy(() ->
            database.write(handle ->
                BulkWriter.of(handle)
                    .append("entry", COLUMNS, List.of(FULL.values(), FULL.values()))))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("entry");

    assertThat(entries(database)).isEmpty();
  }

  private static void createTable(Database database) {
    new Migrations(
            List.of(
                new Migration(
                    "0001-entry",
                    """
                    create table entry (
                      id      integer not null primary key,
                      holder  ${bytes},
                      head    ${bytes},
                      payload ${bytes},
                      amount  ${bytes},
                      shares  bigint,
                      at      bigint,
                      note    text
                    );
                    """)))
        .apply(database);
  }

  private static List<Entry> entries(Database database) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                select id, holder, head, payload, amount, shares, at, note
                from entry
                order by id
                """)
            .map(ConstructorMapper.of(Entry.class))
            .list());
  }
}
