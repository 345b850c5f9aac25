package io.fundtrail.api;

import io.fundtrail.app.Application;
import io.fundtrail.app.IndexedMoments;
import io.fundtrail.audit.EventRoutes;
import io.fundtrail.chain.Finality;
import io.fundtrail.index.Commits;
import io.fundtrail.index.FollowedContract;
import io.fundtrail.index.LogEntry;
import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.model.LogRef;
import io.fundtrail.model.RawLog;
import io.fundtrail.portfolio.PortfolioRoutes;
import io.fundtrail.proof.Keccak;
import io.fundtrail.share.ShareProjection;
import io.fundtrail.share.ShareRoutes;
import io.fundtrail.store.BulkWriter;
import io.fundtrail.store.Database;
import io.fundtrail.store.DatabaseUrl;
import io.fundtrail.transact.LiveChain;
import io.fundtrail.transact.PreparedTransactions;
import io.fundtrail.transact.Refusals;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The service's reading half over an index of 200,000 transfers among 5,000 holders of one class,
 * in a program of its own: whose memory is its own. Ends with its standard input.
 */
final class ServedIndex {
  static final int EVENTS = 200_000;
  static final int HOLDERS = 5_000;
  static final int PER_BLOCK = 100;
  static final int BLOCKS = EVENTS / PER_BLOCK;
  static final Address SHARES = Address.ofWord(word(1));

  private static final int ENTRIES_AT_ONCE = 5_000;
  private static final Address DIRECTORY = Address.ofWord(word(2));
  private static final long START = 1_500_000_000;
  private static final Hash TRANSFER =
      Keccak.hash("Transfer(address,address,uint256)".getBytes(StandardCharsets.US_ASCII));

  private ServedIndex() {}

  static void main(String[] args) throws IOException {
    try (Database database = Database.open(DatabaseUrl.parse(args[0]))) {
      fill(database);
      try (ApiServer server = serve(database).start()) {
        System.out.println("port " + server.port());
        while (System.in.read() >= 0) {
          System.out.println("streams " + server.openStreams());
        }
      }
    }
  }

  static Address holder(int number) {
    return Address.of(Arrays.copyOf(Keccak.hash(word(number + 10).bytes()).bytes(), Address.SIZE));
  }

  private static ApiServer serve(Database database) {
    IndexedMoments moments = new IndexedMoments(new Finality.Immediate());
    PreparedTransactions preparer =
        new PreparedTransactions(new LiveChain(), new Refusals(), 31_337);
    Routes bare =
        () ->
            List.of(
                Route.get("/bare", _ -> Answer.json(Map.of("status", "live"))),
                Route.get("/health/live", _ -> Answer.json(Map.of("status", "live"))));
    return new ApiServer(
        new ApiSettings(
            "127.0.0.1",
            0,
            1_000,
            100_000_000,
            10_000,
            Duration.ofSeconds(60),
            new ApiSettings.Streams(
                10_000, 10_000, Duration.ofSeconds(15), Duration.ofSeconds(10))),
        List.of(
            bare,
            new ShareRoutes(database, moments, preparer, DIRECTORY),
            new PortfolioRoutes(database, moments),
            new EventRoutes(database, moments, new Still())),
        () -> 0);
  }

  /** An index that is not going on. */
  private static final class Still implements Commits {
    @Override
    public long count() {
      return 0;
    }

    @Override
    public boolean awaitMore(long than, Duration limit) throws InterruptedException {
      Thread.sleep(limit);
      return false;
    }
  }

  private static void fill(Database database) {
    Application.schema().apply(database);
    database.write(ServedIndex::fill);
  }

  static void fill(Handle handle) {
    List<List<@Nullable Object>> blocks = new ArrayList<>();
    List<List<@Nullable Object>> journal = new ArrayList<>();
    List<LogEntry> entries = new ArrayList<>();
    List<List<@Nullable Object>> investors = new ArrayList<>();
    for (int i = 0; i < HOLDERS; i++) {
      Address wallet = holder(i);
      investors.add(
          Arrays.asList(
              word(1_000_000 + i), 1L, wallet, 840, 2, 4_000_000_000L, 1, 0, Hash.ZERO, false));
      entries.add(transfer(1, Address.ZERO, wallet, 1_000L + i));
    }
    for (int block = 1; block <= BLOCKS; block++) {
      blocks.add(Arrays.asList((long) block, word(block), word(block - 1), START + 12L * block));
      for (int i = 0; i < PER_BLOCK; i++) {
        int count = (block - 1) * PER_BLOCK + i;
        journal.add(
            Arrays.asList(
                (long) block,
                i,
                word(count),
                i,
                SHARES,
                TRANSFER,
                holder(count % HOLDERS).toWord(),
                holder((count + 1) % HOLDERS).toWord(),
                null,
                Bytes.of(word(1).bytes())));
        entries.add(transfer(block, holder(count % HOLDERS), holder((count + 1) % HOLDERS), 1));
      }
    }
    BulkWriter writer = BulkWriter.of(handle);
    writer.append("block", List.of("number", "hash", "parent_hash", "time"), blocks);
    writer.append(
        "followed_contract",
        List.of("address", "kind", "born_block", "announced_block"),
        List.of(Arrays.<@Nullable Object>asList(SHARES, "share-class", 1L, 1L)));
    writer.append(
        "journal",
        List.of(
            "block_number",
            "log_index",
            "tx_hash",
            "tx_index",
            "address",
            "topic0",
            "topic1",
            "topic2",
            "topic3",
            "data"),
        journal);
    writer.append(
        "investor",
        List.of(
            "identity",
            "block_number",
            "wallet",
            "country",
            "category",
            "expires_at",
            "persons",
            "withholding_bps",
            "dossier",
            "revoked"),
        investors);
    writer.append(
        "checkpoint",
        List.of(
            "only_row", "number", "hash", "time", "verified_through", "final_number", "final_hash"),
        List.of(
            Arrays.<@Nullable Object>asList(
                1,
                (long) BLOCKS,
                word(BLOCKS),
                START + 12L * BLOCKS,
                (long) BLOCKS,
                (long) BLOCKS,
                word(BLOCKS))));
    fillCompany(writer);
    ShareProjection projection = new ShareProjection();
    for (int start = 0; start < entries.size(); start += ENTRIES_AT_ONCE) {
      projection.applyAll(
          handle, entries.subList(start, Math.min(entries.size(), start + ENTRIES_AT_ONCE)));
    }
  }

  private static LogEntry transfer(long block, Address from, Address to, long shares) {
    BlockRef at = new BlockRef(block, word(block), Instant.ofEpochSecond(START + 12L * block));
    return new LogEntry(
        new FollowedContract(SHARES, ShareProjection.SHARE_CLASS, 1),
        at,
        new RawLog(
            new LogRef(block, 0),
            at.hash(),
            word(block),
            0,
            SHARES,
            List.of(TRANSFER, from.toWord(), to.toWord()),
            Bytes.of(word(shares).bytes())));
  }

  private static void fillCompany(BulkWriter writer) {
    writer.append(
        "company",
        List.of(
            "company_id",
            "block_number",
            "directory",
            "number",
            "controller",
            "proposed",
            "fee_bps",
            "name",
            "registration",
            "search"),
        List.of(
            Arrays.<@Nullable Object>asList(
                1L, 1L, DIRECTORY, 1L, DIRECTORY, null, 100, "Many Inc", "US-DE", "many inc")));
    writer.append(
        "share_class",
        List.of(
            "address",
            "block_number",
            "log_index",
            "company_id",
            "name",
            "symbol",
            "votes_per_share",
            "seniority",
            "conversion_numerator",
            "conversion_denominator",
            "holder_cap",
            "smallest_holding",
            "excluded_countries",
            "search",
            "opened_at"),
        List.of(
            Arrays.<@Nullable Object>asList(
                SHARES,
                1L,
                0,
                1L,
                "Common Stock",
                "COM",
                1L,
                0,
                0L,
                0L,
                0L,
                0L,
                "",
                "many inc",
                START)));
    writer.append(
        "share_class_state",
        List.of("share_class", "block_number", "authorised", "issued", "reserved", "holders"),
        List.of(Arrays.<@Nullable Object>asList(SHARES, 0L, 100_000_000L, 0L, 0L, 0)));
  }

  private static Hash word(long number) {
    return Hash.ofUint(BigInteger.valueOf(number));
  }
}
