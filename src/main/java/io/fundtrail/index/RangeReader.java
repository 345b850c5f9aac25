package io.fundtrail.index;

import io.fundtrail.chain.BlockHead;
import io.fundtrail.chain.ChainReader;
import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.LogRef;
import io.fundtrail.model.RawLog;
import io.fundtrail.proof.LogsBloom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** Reads the next range of blocks from the chain, and checks that its pieces fit together. */
final class RangeReader {
  private static final int ADDRESSES_PER_QUESTION = 1_000;

  private final ChainReader chain;
  private final Discovery discovery;

  RangeReader(ChainReader chain, Discovery discovery) {
    this.chain = chain;
    this.discovery = discovery;
  }

  /**
   * Reads what follows the checkpoint.
   *
   * @param to last block to read; the range ends before it when it would hold too many logs
   * @param allHeadersFrom the block from which on every header is read
   * @param mostLogs most logs of contracts followed before, unless one block has more
   */
  FetchedRange read(Position position, long to, long allHeadersFrom, int mostLogs) {
    return new Reading(position, to, allHeadersFrom, mostLogs).run();
  }

  private record Emitter(long blockNumber, Address address) {}

  /** One range on its way. */
  private final class Reading {
    private final Position position;
    private final long from;
    private final TreeMap<Long, CheckedHeader> headers = new TreeMap<>();
    private final TreeMap<LogRef, LogEntry> entries = new TreeMap<>();
    private final Map<Address, FollowedContract> announced = new LinkedHashMap<>();
    private final Set<Emitter> emitters = new HashSet<>();
    private final long allHeadersFrom;
    private final int mostLogs;
    private long to;

    Reading(Position position, long to, long allHeadersFrom, int mostLogs) {
      this.position = position;
      this.from = position.checkpoint().number() + 1;
      this.to = to;
      this.allHeadersFrom = Math.max(from, allHeadersFrom);
      this.mostLogs = mostLogs;
    }

    FetchedRange run() {
      List<RawLog> first = logs(position.contracts());
      if (first.size() > mostLogs) {
        first = cut(first);
      }
      fetch(LongStream.rangeClosed(Math.min(to, allHeadersFrom), to).boxed().toList());
      Collection<FollowedContract> fresh = take(first);
      while (!fresh.isEmpty()) {
        List<RawLog> logs = past(fresh);
        logs.addAll(logs(fresh));
        fresh = take(logs);
      }
      checkLinks();
      return folded();
    }

    private List<RawLog> logs(Collection<FollowedContract> contracts) {
      List<Address> addresses =
          contracts.stream()
              .filter(contract -> contract.bornBlock() <= to)
              .map(FollowedContract::address)
              .toList();
      List<RawLog> logs = new ArrayList<>();
      for (int start = 0; start < addresses.size(); start += ADDRESSES_PER_QUESTION) {
        int end = Math.min(addresses.size(), start + ADDRESSES_PER_QUESTION);
        logs.addAll(chain.logs(from, to, addresses.subList(start, end)));
      }
      return logs;
    }

    /** What contracts logged before the range, of those that were not born in it. */
    private List<RawLog> past(Collection<FollowedContract> fresh) {
      List<RawLog> logs = new ArrayList<>();
      for (FollowedContract contract : fresh) {
        if (contract.bornBlock() < from) {
          logs.addAll(chain.logs(contract.bornBlock(), from - 1, List.of(contract.address())));
        }
      }
      return logs;
    }

    /**
     * Ends the range before the block with which it would hold too much, but takes one at least.
     */
    private List<RawLog> cut(List<RawLog> logs) {
      List<Long> blocks = logs.stream().map(log -> log.ref().blockNumber()).sorted().toList();
      long end = Math.max(blocks.get(mostLogs) - 1, blocks.getFirst());
      to = end;
      return logs.stream().filter(log -> log.ref().blockNumber() <= end).toList();
    }

    /** Enters logs and gives the contracts that they announce. */
    private Collection<FollowedContract> take(List<RawLog> logs) {
      fetch(logs.stream().map(log -> log.ref().blockNumber()).distinct().toList());
      Map<Address, FollowedContract> fresh = new LinkedHashMap<>();
      for (RawLog log : logs) {
        entries.put(log.ref(), entry(log));
      }
      for (FollowedContract contract : discovery.announcedBy(entries.values())) {
        if (!position.follows(contract.address())
            && announced.putIfAbsent(contract.address(), contract) == null) {
          fresh.put(contract.address(), contract);
        }
      }
      return fresh.values();
    }

    private LogEntry entry(RawLog log) {
      CheckedHeader header = header(log.ref().blockNumber());
      BlockRef block = header.ref();
      if (!log.blockHash().equals(block.hash())) {
        throw new ContradictoryAnswer(
            "a log was given for block %d with hash %s, whose hash is %s"
                .formatted(block.number(), log.blockHash(), block.hash()));
      }
      if (emitters.add(new Emitter(block.number(), log.address()))
          && !LogsBloom.of(header.header()).mayHoldLogsOf(log.address())) {
        throw new ContradictoryAnswer(
            "a log of %s was given for %s, whose bloom shows that it has none"
                .formatted(log.address(), block));
      }
      return new LogEntry(contract(log.address()), block, log);
    }

    private FollowedContract contract(Address address) {
      FollowedContract fresh = announced.get(address);
      return fresh != null ? fresh : position.contract(address);
    }

    private CheckedHeader header(long number) {
      CheckedHeader header = headers.get(number);
      if (header == null) {
        throw new IllegalStateException("the header of block " + number + " was not read");
      }
      return header;
    }

    private void fetch(List<Long> numbers) {
      List<Long> missing = numbers.stream().filter(n -> !headers.containsKey(n)).toList();
      for (BlockHead head : chain.headers(missing)) {
        headers.put(head.number(), CheckedHeader.of(head));
      }
    }

    private void checkLinks() {
      BlockRef before = position.checkpoint().block();
      for (CheckedHeader header : headers.tailMap(from).values()) {
        if (header.number() == before.number() + 1 && !header.parentHash().equals(before.hash())) {
          throw new ContradictoryAnswer(
              "%s has the parent %s, not %s".formatted(header.ref(), header.parentHash(), before));
        }
        before = header.ref();
      }
    }

    private FetchedRange folded() {
      Folding folding = new Folding(position);
      entries.values().forEach(folding::add);
      return new FetchedRange(
          from,
          List.copyOf(headers.tailMap(from).values()),
          headers.tailMap(from).size() == to - from + 1,
          List.copyOf(headers.headMap(from).values()),
          List.copyOf(entries.values()),
          List.copyOf(announced.values()),
          folding.changes(),
          folding.heads());
    }
  }
}
