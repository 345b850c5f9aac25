package io.fundtrail.index;

import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.chain.ChainException;
import io.fundtrail.chain.ChainReader;
import io.fundtrail.chain.RpcError;
import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import io.fundtrail.model.LogRef;
import io.fundtrail.model.RawLog;
import io.fundtrail.proof.LogsBloom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Compares the logs of a range with the receipts of its blocks, to which their headers commit: that
 * none is missing or invented, what each says, where it stands in its block, and which transaction
 * it is of. Blocks are passed over only if their bloom shows that they have no log of a followed
 * contract.
 */
final class ReceiptCheck {
  private static final int HEADERS_HELD = 1_000;
  private static final int BLOCKS_HELD = 10;

  private final ChainReader chain;

  private ReceiptCheck(ChainReader chain) {
    this.chain = chain;
  }

  static Optional<ReceiptCheck> of(ChainReader chain, Verification verification) {
    return switch (verification) {
      case HEADS -> Optional.empty();
      case RECEIPTS -> Optional.of(new ReceiptCheck(chain));
    };
  }

  /**
   * Checks all logs of a range, and the past of contracts that are announced in it.
   *
   * @param range with every header, each linked to the one before
   * @throws ContradictoryAnswer if a log is not the one of a receipt
   * @throws ChainException if the endpoint does not give receipts
   */
  void verify(Position position, FetchedRange range) {
    if (!range.dense()) {
      throw new IllegalArgumentException("a range without all of its headers cannot be verified");
    }
    Map<Long, List<RawLog>> given = new HashMap<>();
    for (LogEntry entry : range.entries()) {
      RawLog log = entry.log();
      given.computeIfAbsent(log.ref().blockNumber(), _ -> new ArrayList<>()).add(log);
    }
    verifyPast(range, given);
    Set<Address> followed = new HashSet<>();
    position.contracts().forEach(contract -> followed.add(contract.address()));
    range.announced().forEach(contract -> followed.add(contract.address()));
    verify(range.headers(), new Logs(followed, given));
  }

  /** What contracts logged that were there before they were announced. */
  private void verifyPast(FetchedRange range, Map<Long, List<RawLog>> given) {
    Set<Address> older = new HashSet<>();
    long first = range.from();
    for (FollowedContract contract : range.announced()) {
      if (contract.bornBlock() < range.from()) {
        older.add(contract.address());
        first = Math.min(first, contract.bornBlock());
      }
    }
    Logs logs = new Logs(older, given);
    Hash child = range.headers().getFirst().parentHash();
    for (long end = range.from() - 1; end >= first; end -= HEADERS_HELD) {
      long start = Math.max(first, end - HEADERS_HELD + 1);
      List<CheckedHeader> headers =
          chain.headers(start, end).stream().map(CheckedHeader::of).toList();
      for (CheckedHeader header : headers.reversed()) {
        if (!header.hash().equals(child)) {
          throw new ContradictoryAnswer(
              "%s was given, whose child has the parent %s".formatted(header.ref(), child));
        }
        child = header.parentHash();
      }
      verify(headers, logs);
    }
  }

  private void verify(List<CheckedHeader> headers, Logs logs) {
    List<CheckedHeader> blocks = headers.stream().filter(logs::mayBeIn).toList();
    for (int start = 0; start < blocks.size(); start += BLOCKS_HELD) {
      verifyTogether(blocks.subList(start, Math.min(blocks.size(), start + BLOCKS_HELD)), logs);
    }
  }

  private void verifyTogether(List<CheckedHeader> blocks, Logs logs) {
    List<JsonNode> receipts = ask("eth_getBlockReceipts", blocks, chain::receipts);
    Map<CheckedHeader, BlockReceipts> withLogs = new HashMap<>();
    for (int i = 0; i < blocks.size(); i++) {
      CheckedHeader block = blocks.get(i);
      BlockReceipts read = BlockReceipts.of(block, receipts.get(i), logs.contracts());
      if (read.hasLogs()) {
        withLogs.put(block, read);
      } else {
        logs.compare(block.ref(), List.of());
      }
    }
    List<CheckedHeader> logging = blocks.stream().filter(withLogs::containsKey).toList();
    List<JsonNode> whole = ask("eth_getBlockByNumber", logging, chain::wholeBlocks);
    for (int i = 0; i < logging.size(); i++) {
      CheckedHeader block = logging.get(i);
      BlockReceipts read = withLogs.get(block);
      if (read != null) {
        logs.compare(block.ref(), read.logs(whole.get(i)));
      }
    }
  }

  private static List<JsonNode> ask(
      String method, List<CheckedHeader> blocks, Function<List<Long>, List<JsonNode>> question) {
    try {
      return question.apply(blocks.stream().map(CheckedHeader::number).toList());
    } catch (RpcError e) {
      throw new ChainException(
          "the endpoint refuses %s for block %d, which \"--verify=receipts\" needs: %s; give another endpoint, or verify by heads"
              .formatted(method, blocks.getFirst().number(), e.reason()),
          e);
    }
  }

  /** The logs that an endpoint gave, by block, and the contracts of which they are to be all. */
  private static final class Logs {
    private final Set<Address> contracts;
    private final List<LogsBloom.Mark> marks;
    private final Map<Long, List<RawLog>> given;

    Logs(Set<Address> contracts, Map<Long, List<RawLog>> given) {
      this.contracts = contracts;
      this.marks = contracts.stream().map(LogsBloom.Mark::of).toList();
      this.given = given;
    }

    Set<Address> contracts() {
      return contracts;
    }

    boolean mayBeIn(CheckedHeader block) {
      LogsBloom bloom = LogsBloom.of(block.header());
      return !of(block.number()).isEmpty() || marks.stream().anyMatch(bloom::mayHold);
    }

    private List<RawLog> of(long block) {
      return given.getOrDefault(block, List.of()).stream()
          .filter(log -> contracts.contains(log.address()))
          .toList();
    }

    void compare(BlockRef block, List<RawLog> due) {
      List<RawLog> found = of(block.number());
      if (due.equals(found)) {
        return;
      }
      Set<LogRef> dueAt = places(due);
      Set<LogRef> foundAt = places(found);
      for (RawLog log : due) {
        if (due.size() > found.size() && !foundAt.contains(log.ref())) {
          throw lie(block, log, "log %d was left out".formatted(log.ref().logIndex()));
        }
      }
      for (RawLog log : found) {
        if (found.size() > due.size() && !dueAt.contains(log.ref())) {
          throw lie(block, log, "they have no log %d".formatted(log.ref().logIndex()));
        }
      }
      for (int i = 0; i < due.size(); i++) {
        if (!due.get(i).equals(found.get(i))) {
          throw lie(block, due.get(i), difference(due.get(i), found.get(i)));
        }
      }
    }

    private static Set<LogRef> places(List<RawLog> logs) {
      Set<LogRef> places = new HashSet<>();
      logs.forEach(log -> places.add(log.ref()));
      return places;
    }

    private static ContradictoryAnswer lie(BlockRef block, RawLog log, String difference) {
      return new ContradictoryAnswer(new IndexState.FalseLogs(block, log.address(), difference));
    }

    private static String difference(RawLog due, RawLog found) {
      int index = due.ref().logIndex();
      if (index != found.ref().logIndex()) {
        return "log %d was given as log %d".formatted(index, found.ref().logIndex());
      }
      if (due.txIndex() != found.txIndex()) {
        return "log %d is of transaction %d of the block, not %d"
            .formatted(index, due.txIndex(), found.txIndex());
      }
      if (!due.txHash().equals(found.txHash())) {
        return "log %d is of the transaction %s, not %s"
            .formatted(index, due.txHash(), found.txHash());
      }
      if (!due.address().equals(found.address())) {
        return "log %d is of that contract, not of %s".formatted(index, found.address());
      }
      if (!due.topics().equals(found.topics())) {
        return "log %d has the topics %s, not %s".formatted(index, due.topics(), found.topics());
      }
      return "log %d has other data".formatted(index);
    }
  }
}
