package io.fundtrail.index;

import io.fundtrail.app.Application;
import io.fundtrail.chain.ChainReader;
import io.fundtrail.chain.Finality;
import io.fundtrail.model.Address;
import io.fundtrail.model.RawLog;
import io.fundtrail.proof.HistoryFold;
import io.fundtrail.proof.SyntheticChain;
import io.fundtrail.share.ShareProjection;
import io.fundtrail.store.BulkWriter;
import io.fundtrail.store.Database;
import io.fundtrail.store.DatabaseUrl;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Indexes the share class of a {@link SyntheticChain}, or does a part of that work alone, in a
 * program of its own. Prints the seconds that it took and the most memory that it had, in KiB; of
 * an index also the seconds of its second fifth and of its fourth.
 */
final class IndexedChain {
  private static final int RANGE = 5_000;
  private static final FollowedContract SHARES =
      new FollowedContract(SyntheticChain.SHARES, ShareProjection.SHARE_CLASS, 1);

  private IndexedChain() {}

  static void main(String[] args) throws IOException, InterruptedException {
    try (ChainReader chain = ChainReader.of(args[1]);
        Database database = Database.open(DatabaseUrl.parse(args[2]))) {
      prepare(database);
      long blocks = chain.head().number();
      int span = RANGE / Integer.parseInt(args[3]);
      List<FetchedRange> fetched = new ArrayList<>();
      if (args[0].equals("store")) {
        fetch(chain, blocks, span, fetched::add);
      }
      String fifths = "";
      long started = System.nanoTime();
      switch (args[0]) {
        case "index" -> fifths = index(chain, database, blocks);
        case "fetch" -> fetch(chain, blocks, span, _ -> {});
        case "store" -> store(database, fetched);
        default -> throw new IllegalArgumentException(args[0]);
      }
      System.out.println((System.nanoTime() - started) / 1e9 + " " + mostMemory() + fifths);
    }
  }

  private static long mostMemory() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  /** A share class is opened by an event that the chain does not have. */
  private static void prepare(Database database) {
    Application.schema().apply(database);
    database.write(handle ->
        BulkWriter.of(handle)
            .append(
                "share_class_state",
                List.of(
                    "share_class", "block_number", "authorised", "issued", "reserved", "holders"),
                List.of(
                    Arrays.<@Nullable Object>asList(
                        SyntheticChain.SHARES, 0L, 100_000_000L, 0L, 0L, 0))));
  }

  /** As the service does it. */
  private static String index(ChainReader chain, Database database, long blocks)
      throws InterruptedException {
    Discovery discovery =
        new Discovery() {
          @Override
          public List<FollowedContract> roots() {
            return List.of(SHARES);
          }

          @Override
          public List<FollowedContract> announcedBy(Collection<LogEntry> entries) {
            return List.of();
          }
        };
    IndexSettings settings =
        IndexSettings.external(SyntheticChain.SHARES, new Finality.Immediate());
    try (Indexer indexer =
        new Indexer(database, chain, settings, discovery, List.of(new ShareProjection()))) {
      indexer.start();
      double[] fifths = new double[5];
      for (int i = 0; i < fifths.length; i++) {
        long began = System.nanoTime();
        long block = blocks * (i + 1) / fifths.length;
        await(indexer, at -> at.number() >= block);
        fifths[i] = (System.nanoTime() - began) / 1e9;
      }
      await(indexer, at -> at.verifiedThrough() == blocks);
      return " " + fifths[1] + " " + fifths[3];
    }
  }

  private static void await(Indexer indexer, Predicate<Checkpoint> reached)
      throws InterruptedException {
    if (!indexer.await(
        status -> status.checkpoint().filter(reached).isPresent(), Duration.ofMinutes(30))) {
      throw new IllegalStateException("not indexed: " + indexer.status());
    }
  }

  /** Reads, decodes, checks and folds all of it, and stores nothing. */
  private static void fetch(
      ChainReader chain, long blocks, int span, Consumer<FetchedRange> taken) {
    var head = HistoryFold.birth(BigInteger.valueOf(SyntheticChain.CHAIN_ID), SHARES.address());
    long from = 1;
    while (from <= blocks) {
      long to = Math.min(blocks, from + span - 1);
      List<RawLog> logs = chain.logs(from, to, List.<Address>of(SHARES.address()));
      Map<Long, CheckedHeader> headers = new HashMap<>();
      chain.headers(from, to).forEach(each -> headers.put(each.number(), CheckedHeader.of(each)));
      List<LogEntry> entries = new ArrayList<>();
      List<Heads.Change> changes = new ArrayList<>();
      for (RawLog log : logs) {
        CheckedHeader header = Objects.requireNonNull(headers.get(log.ref().blockNumber()));
        head =
            HistoryFold.fold(
                head,
                header.number(),
                header.ref().time().getEpochSecond(),
                log.topics(),
                log.data());
        entries.add(new LogEntry(SHARES, header.ref(), log));
        changes.add(new Heads.Change(SHARES.address(), header.number(), head));
      }
      taken.accept(
          new FetchedRange(
              from,
              headers.values().stream()
                  .sorted((one, other) -> Long.compare(one.number(), other.number()))
                  .toList(),
              true,
              List.of(),
              entries,
              List.of(),
              lastOfEachBlock(changes),
              Map.of()));
      from = to + 1;
    }
  }

  private static List<Heads.Change> lastOfEachBlock(List<Heads.Change> changes) {
    Map<Long, Heads.Change> last = new HashMap<>();
    changes.forEach(change -> last.put(change.blockNumber(), change));
    return List.copyOf(last.values());
  }

  /** Stores what was read before, without its meaning. */
  private static void store(Database database, List<FetchedRange> ranges) {
    for (FetchedRange range : ranges) {
      database.write(handle -> {
        Blocks.add(handle, range.headers());
        Journal.append(handle, range.entries());
        Heads.add(handle, range.changes());
      });
    }
  }
}
