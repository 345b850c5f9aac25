package io.fundtrail.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.fundtrail.store.Database;
import io.fundtrail.store.DatabaseUrl;
import io.fundtrail.store.OnBothDatabases;
import io.fundtrail.testnode.TestChain;
import io.fundtrail.testnode.TestNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/** A program killed within a transaction loses and doubles nothing. */
@TestNode
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class KillTest {
  private static final int LOGS_OF_A_LIFE = 25;
  private static LedgerChain ledger;

  @BeforeAll
  static void deploy(TestChain chain) {
    ledger = LedgerChain.deploy(chain.rpcUrl().toString());
    for (int i = 0; i < 100; i++) {
      ledger.attest();
    }
  }

  @AfterAll
  static void disconnect() {
    ledger.close();
  }

  @OnBothDatabases
  void goesOnFromWhatWasCommitted(Database database, DatabaseUrl url) throws Exception {
    EventCounts.SCHEMA.apply(database);
    try (Scratch scratch = Scratch.create();
        TestIndex whole = TestIndex.start(scratch.database(), ledger)) {
      whole.awaitHead();
      int deployment = logsOfTheFirstBlock(scratch.database());
      for (int life = 1; life <= 4; life++) {
        int before = TestIndex.journal(database).size();
        int taken = life == 1 ? deployment + LOGS_OF_A_LIFE : LOGS_OF_A_LIFE;

        killWithinATransaction(url, taken);

        int stored = TestIndex.journal(database).size();
        assertThat(stored).isBetween(before + taken - 4, before + taken);
      }

      try (TestIndex index = TestIndex.start(database, ledger)) {
        index.awaitHead();
      }
      assertThat(StoredRows.of(database)).isEqualTo(StoredRows.of(scratch.database()));
    }
  }

  /** The deployment's, which are stored in one transaction however many they are. */
  private static int logsOfTheFirstBlock(Database database) {
    List<LogEntry> journal = TestIndex.journal(database);
    long first = journal.getFirst().block().number();
    return (int) journal.stream().filter(entry -> entry.block().number() == first).count();
  }

  /** Lets a program take so many logs, and kills it while it takes the next one. */
  private static void killWithinATransaction(DatabaseUrl url, int logs) throws Exception {
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dorg.slf4j.simpleLogger.logFile=System.err",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-Dorg.slf4j.simpleLogger.log.io.fundtrail=warn",
                "-cp",
                System.getProperty("java.class.path"),
                Indexing.class.getName(),
                jdbcUrl(url),
                ledger.rpcUrl())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader taking = program.inputReader();
        Writer go = program.outputWriter()) {
      for (int i = 0; i < logs; i++) {
        assertThat(taking.readLine()).isNotNull();
        go.write('\n');
        go.flush();
      }
      assertThat(taking.readLine()).isNotNull();
    } finally {
      program.destroyForcibly().waitFor();
    }
  }

  private static String jdbcUrl(DatabaseUrl url) {
    return switch (url) {
      case DatabaseUrl.Sqlite sqlite -> sqlite.toString();
      case DatabaseUrl.Postgres postgres -> postgres.jdbcUrl();
    };
  }

  /** Indexes a few logs at a time, and says and waits before it takes one. */
  static final class Indexing {
    static void main(String[] args) throws InterruptedException {
      LedgerChain chain = LedgerChain.at(args[1]);
      TestIndex.start(
          Database.open(DatabaseUrl.parse(args[0])),
          chain,
          TestIndex.Plan.of(chain).inRangesOf(16, 4).with(new Stepwise()));
      Thread.currentThread().join();
    }
  }

  /** Counts events when it is told to. */
  private static final class Stepwise implements Projection {
    private final Projection counts = EventCounts.ofEveryKind();

    @Override
    public String version() {
      return counts.version();
    }

    @Override
    public Set<ContractKind> kinds() {
      return counts.kinds();
    }

    @Override
    public List<String> historyTables() {
      return counts.historyTables();
    }

    @Override
    public void apply(Handle handle, LogEntry entry) {
      System.out.println(entry.log().ref());
      try {
        if (System.in.read() < 0) {
          throw new IllegalStateException("nobody says to go on");
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      counts.apply(handle, entry);
    }
  }
}
