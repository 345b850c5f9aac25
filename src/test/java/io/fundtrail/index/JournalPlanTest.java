package io.fundtrail.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fundtrail.index.Journal.Order;
import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.model.LogRef;
import io.fundtrail.model.RawLog;
import io.fundtrail.store.Database;
import io.fundtrail.store.OnBothDatabases;
import java.io.IOException;
import java.math.BigInteger;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Whatever events are asked for, an index leads to them: nobody can have the journal read through.
 */
class JournalPlanTest {
  private static final int BLOCKS = 2_000;
  private static final int PER_BLOCK = 10;
  private static final int LIMIT = 51;

  /** One event in so many is by the rare contract, of the rare kind, names the rare person. */
  private static final int RARELY = 1_000;

  private static final ContractKind KIND = new ContractKind("round");
  private static final FollowedContract COMMON = contract(1);
  private static final FollowedContract RARE = contract(2);
  private static final Hash COMMON_KIND = word(100);
  private static final Hash RARE_KIND = word(101);
  private static final Hash RARE_PERSON = word(7);

  /** One question: which filters it has. */
  private record Asked(EventFilter filter, Order order, Optional<LogRef> after) {}

  @OnBothDatabases
  void readsOnlyWhatAnIndexLeadsTo(Database database) throws IOException {
    fill(database);
    List<Asked> questions = questions();
    assertThat(questions).hasSize(216);
    for (Asked asked : questions) {
      if (database.read(JournalPlanTest::product).equals("SQLite")) {
        List<String> plan =
            database.read(handle -> explained(handle, "explain query plan ", asked));
        checkSqlite(asked, plan);
      } else {
        List<String> lines =
            database.read(handle -> explained(handle, "explain (analyze, format json) ", asked));
        checkPostgres(
            asked, new ObjectMapper().readTree(String.join("", lines)).get(0).get("Plan"));
      }
    }
  }

  private static void checkSqlite(Asked asked, List<String> plan) {
    List<String> onJournal =
        plan.stream().filter(line -> line.matches("(SEARCH|SCAN) j\\b.*")).toList();
    assertThat(onJournal).as("%s: %s", asked, plan).isNotEmpty();
    for (String line : onJournal) {
      assertThat(line).as("%s: %s", asked, plan).startsWith("SEARCH j USING INDEX ");
      assertThat(line).as("%s: %s", asked, plan).contains(leading(asked.filter()));
    }
  }

  /** What the index is to be searched by. */
  private static String leading(EventFilter filter) {
    if (!filter.persons().isEmpty()) {
      return "(topic";
    }
    if (!filter.contracts().isEmpty()) {
      return filter.kinds().isEmpty() ? "(address=?" : "(address=? AND topic0=?";
    }
    return filter.kinds().isEmpty() ? "(block_number" : "(topic0=?";
  }

  private static void checkPostgres(Asked asked, JsonNode plan) {
    long read = read(plan);
    long most = isNarrow(asked.filter()) ? (long) BLOCKS * PER_BLOCK / 50 : 2 * LIMIT;
    assertThat(read).as("%s: %s", asked, plan.toPrettyString()).isLessThanOrEqualTo(most);
  }

  /** How many rows of the journal a plan touched. */
  private static long read(JsonNode node) {
    long read = 0;
    if (node.path("Alias").asText().equals("j")) {
      read =
          (node.path("Actual Rows").asLong()
                  + node.path("Rows Removed by Filter").asLong()
                  + node.path("Rows Removed by Index Recheck").asLong())
              * node.path("Actual Loops").asLong(1);
    }
    for (JsonNode part : node.path("Plans")) {
      read += read(part);
    }
    return read;
  }

  private static boolean isNarrow(EventFilter filter) {
    return filter.contracts().contains(RARE.address())
        || filter.kinds().contains(RARE_KIND)
        || !filter.persons().isEmpty();
  }

  private static List<Asked> questions() {
    List<Asked> questions = new ArrayList<>();
    for (Set<Address> contracts :
        List.of(Set.<Address>of(), Set.of(RARE.address()), Set.of(COMMON.address()))) {
      for (Set<Hash> kinds : List.of(Set.<Hash>of(), Set.of(RARE_KIND), Set.of(COMMON_KIND))) {
        for (Set<Hash> persons : List.of(Set.<Hash>of(), Set.of(RARE_PERSON, word(8)))) {
          for (EventFilter range :
              List.of(
                  EventFilter.between(0, 1L << 53),
                  EventFilter.between(BLOCKS / 2, BLOCKS / 2 + 400))) {
            for (Order order : Order.values()) {
              for (Optional<LogRef> after :
                  List.of(
                      Optional.<LogRef>empty(),
                      Optional.of(new LogRef(BLOCKS / 2 + 200, 3)),
                      Optional.of(new LogRef(1, 0)))) {
                questions.add(
                    new Asked(range.by(contracts).ofKinds(kinds).naming(persons), order, after));
              }
            }
          }
        }
      }
    }
    return questions;
  }

  private static List<String> explained(Handle handle, String how, Asked asked) {
    return Journal.query(handle, how, asked.filter(), asked.order(), asked.after(), LIMIT)
        .map((row, context) -> row.getString(row.getMetaData().getColumnCount()))
        .list();
  }

  private static String product(Handle handle) {
    try {
      return handle.getConnection().getMetaData().getDatabaseProductName();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void fill(Database database) {
    EventCounts.SCHEMA.apply(database);
    database.write(handle -> {
      Contracts.add(handle, List.of(COMMON, RARE));
      PreparedBatch blocks =
          handle.prepareBatch(
              "insert into block (number, hash, parent_hash, time) values (:n, :hash, :hash, :t)");
      List<LogEntry> entries = new ArrayList<>();
      for (int number = 1; number <= BLOCKS; number++) {
        BlockRef block = new BlockRef(number, word(number), Instant.ofEpochSecond(number));
        blocks.bind("n", number).bind("hash", block.hash()).bind("t", block.time()).add();
        for (int index = 0; index < PER_BLOCK; index++) {
          entries.add(entry(block, index, number * PER_BLOCK + index));
        }
      }
      blocks.execute();
      Journal.append(handle, entries);
    });
    database.write(handle -> {
      if (!product(handle).equals("SQLite")) {
        handle.execute("analyze");
      }
    });
  }

  private static LogEntry entry(BlockRef block, int index, int count) {
    FollowedContract contract = count % RARELY == 1 ? RARE : COMMON;
    Hash kind = count % RARELY <= 2 ? RARE_KIND : COMMON_KIND;
    Hash person = count % RARELY == 1 || count % RARELY == 3 ? RARE_PERSON : word(1_000 + count);
    List<Hash> topics =
        switch (count % 3) {
          case 0 -> List.of(kind, person);
          case 1 -> List.of(kind, word(2_000_000 + count), person);
          default -> List.of(kind, word(2_000_000 + count), word(3_000_000), person);
        };
    RawLog log =
        new RawLog(
            new LogRef(block.number(), index),
            block.hash(),
            word(count),
            index,
            contract.address(),
            topics,
            Bytes.of((byte) 1));
    return new LogEntry(contract, block, log);
  }

  private static FollowedContract contract(int number) {
    return new FollowedContract(Address.ofWord(word(number)), KIND, 1);
  }

  private static Hash word(long number) {
    return Hash.ofUint(BigInteger.valueOf(number));
  }
}
