package io.fundtrail.chain;

import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The durable source of the embedded chain: one append-only file that holds the chain's origin and,
 * in order, each block's time and raw transactions, written and synced before the block is mined,
 * and the hash that it was mined to. Transactions that were accepted before the time of their block
 * was there are written and synced by themselves; the next block begins with them.
 *
 * <p>A record that was being written when the process or the machine stopped is cut off on opening.
 * A damaged record with a whole one behind it is an error, since a block would be lost.
 */
final class BlockLog implements AutoCloseable {
  static final String FILE = "blocks.log";

  private static final byte HEADER = 'H';
  private static final byte BLOCK = 'B';
  private static final byte MINED = 'M';
  private static final byte ACCEPTED = 'A';

  /** The last block's number and time. */
  private record Tip(long number, Instant time) {}

  /** Takes blocks one after the other. */
  interface Visitor {
    void visit(LoggedBlock block);
  }

  private final Path path;
  private final FileChannel file;
  private final LogHeader header;
  private final long firstBlock;
  private volatile Tip tip;
  private List<Bytes> waiting = List.of();
  private long end;
  private long cut;

  private BlockLog(Path path, FileChannel file, LogFrame first) {
    this.path = path;
    this.file = file;
    this.header = LogHeader.decode(first.payload());
    this.firstBlock = first.end();
    this.tip = new Tip(0, header.origin().genesisTime());
    this.end = first.end();
  }

  static Path in(Path folder) {
    return folder.resolve(FILE);
  }

  static boolean exists(Path folder) {
    return Files.exists(in(folder));
  }

  /** Starts the log of a new chain in a folder that has none, and syncs the folder's own entry. */
  static void create(Path folder, LogHeader header) {
    Path path = in(folder);
    Path unfinished = folder.resolve(FILE + ".new");
    try {
      try (FileChannel file =
          FileChannel.open(
              unfinished,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        writeFully(file, new LogFrame(0, HEADER, header.encode()).encode(), 0);
        file.force(true);
      }
      Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
      sync(folder);
      sync(folder.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new ChainException("the block log " + path + " could not be created", e);
    }
  }

  /**
   * Opens a folder's log, checks every record, and cuts off one that was never finished.
   *
   * @throws ChainException if the log is damaged, with the offset
   */
  static BlockLog open(Path folder) {
    Path path = in(folder);
    try {
      FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        LogFrame first =
            LogFrame.read(file, 0)
                .filter(frame -> frame.type() == HEADER)
                .orElseThrow(() -> damaged(path, 0, "its header is not whole"));
        BlockLog log = new BlockLog(path, file, first);
        log.recover();
        return log;
      } catch (IOException | RuntimeException e) {
        file.close();
        throw e;
      }
    } catch (IOException e) {
      throw new ChainException("the block log " + path + " cannot be read", e);
    }
  }

  LogHeader header() {
    return header;
  }

  /** How many blocks are logged, which is the number of the last. */
  long blocks() {
    return tip.number();
  }

  /** The time of the last block, or of the genesis block. */
  Instant lastTime() {
    return tip.time();
  }

  /** What was accepted, in this order, and is in no block yet. */
  List<Bytes> waiting() {
    return waiting;
  }

  /** How many bytes of an unfinished record were cut off on opening. */
  long cut() {
    return cut;
  }

  /**
   * Writes the next block; when this returns, it survives the loss of power.
   *
   * @param transactions which begin with those that wait for it
   */
  void append(Instant time, List<Bytes> transactions) {
    long number = tip.number() + 1;
    append(new LogFrame(end, BLOCK, encode(number, time, transactions)));
    sync();
    tip = new Tip(number, time);
    waiting = List.of();
  }

  /** Writes transactions of the next block before it; when this returns, they survive as well. */
  void appendAccepted(List<Bytes> transactions) {
    append(new LogFrame(end, ACCEPTED, encode(tip.number() + 1, tip.time(), transactions)));
    sync();
    waiting = joined(waiting, transactions);
  }

  /**
   * Notes what the last block was mined to. Not synced: without it the block is replayed unchecked.
   */
  void appendMined(Hash hash) {
    ByteBuffer payload = ByteBuffer.allocate(Long.BYTES + Hash.SIZE);
    payload.putLong(tip.number()).put(hash.bytes());
    append(new LogFrame(end, MINED, Bytes.of(payload.array())));
  }

  /** Reads every block from the first. */
  void forEach(Visitor visitor) {
    try {
      readBlocks(visitor);
    } catch (IOException e) {
      throw new ChainException("the block log " + path + " cannot be read", e);
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new ChainException("the block log " + path + " could not be closed", e);
    }
  }

  private void recover() throws IOException {
    long whole = readBlocks(block -> tip = new Tip(block.number(), block.time()));
    long size = file.size();
    if (whole < size) {
      Optional<LogFrame> behind = LogFrame.next(file, whole);
      if (behind.isPresent()) {
        throw damaged(
            path,
            whole,
            "a whole record follows at " + behind.get().offset() + ", so it was not the last");
      }
      cut = size - whole;
      file.truncate(whole);
      file.force(true);
    }
    end = whole;
  }

  /** Gives the blocks and returns the end of the last whole record. */
  private long readBlocks(Visitor visitor) throws IOException {
    long offset = firstBlock;
    LoggedBlock pending = null;
    List<Bytes> accepted = List.of();
    long number = 0;
    Instant time = header.origin().genesisTime();
    for (Optional<LogFrame> next = LogFrame.read(file, offset);
        next.isPresent();
        next = LogFrame.read(file, offset)) {
      LogFrame frame = next.get();
      switch (frame.type()) {
        case BLOCK -> {
          deliver(pending, visitor);
          pending = decode(path, frame);
          number++;
          if (pending.number() != number || !pending.time().isAfter(time)) {
            throw damaged(
                path,
                offset,
                "it holds block %d of %s where block %d after %s is due"
                    .formatted(pending.number(), pending.time(), number, time));
          }
          if (!startsWith(pending.transactions(), accepted)) {
            throw damaged(path, offset, "it lacks transactions that were accepted before it");
          }
          accepted = List.of();
          time = pending.time();
        }
        case ACCEPTED -> {
          LoggedBlock part = decode(path, frame);
          if (part.number() != number + 1) {
            throw damaged(
                path, offset, "it is of block %d after block %d".formatted(part.number(), number));
          }
          accepted = joined(accepted, part.transactions());
        }
        case MINED -> {
          pending = mined(path, pending, frame);
          deliver(pending, visitor);
          pending = null;
        }
        default -> throw damaged(path, offset, "its type is " + frame.type());
      }
      offset = frame.end();
    }
    deliver(pending, visitor);
    waiting = accepted;
    return offset;
  }

  private static boolean startsWith(List<Bytes> transactions, List<Bytes> first) {
    return transactions.size() >= first.size()
        && transactions.subList(0, first.size()).equals(first);
  }

  private static List<Bytes> joined(List<Bytes> first, List<Bytes> others) {
    return Stream.concat(first.stream(), others.stream()).toList();
  }

  private static void deliver(@Nullable LoggedBlock block, Visitor visitor) {
    if (block != null) {
      visitor.visit(block);
    }
  }

  private static LoggedBlock mined(Path path, @Nullable LoggedBlock pending, LogFrame frame) {
    ByteBuffer payload = ByteBuffer.wrap(frame.payload().bytes());
    if (payload.remaining() != Long.BYTES + Hash.SIZE) {
      throw damaged(path, frame.offset(), "it is no hash of a block");
    }
    long number = payload.getLong();
    if (pending == null || pending.number() != number) {
      throw damaged(path, frame.offset(), "it holds the hash of block " + number + " out of order");
    }
    byte[] hash = new byte[Hash.SIZE];
    payload.get(hash);
    return new LoggedBlock(
        number, pending.time(), pending.transactions(), Optional.of(Hash.of(hash)));
  }

  private void append(LogFrame frame) {
    try {
      writeFully(file, frame.encode(), frame.offset());
    } catch (IOException e) {
      throw new ChainException("the block log " + path + " cannot be written", e);
    }
    end = frame.end();
  }

  private static void sync(@Nullable Path folder) throws IOException {
    if (folder != null) {
      try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
        directory.force(true);
      }
    }
  }

  private void sync() {
    try {
      file.force(false);
    } catch (IOException e) {
      throw new ChainException("the block log " + path + " cannot be synced", e);
    }
  }

  private static Bytes encode(long number, Instant time, List<Bytes> transactions) {
    int size = 2 * Long.BYTES + Integer.BYTES;
    for (Bytes transaction : transactions) {
      size = Math.addExact(size, Integer.BYTES + transaction.size());
    }
    if (size > LogFrame.MAX_PAYLOAD) {
      throw new ChainException(
          "a block of " + size + " bytes, where " + LogFrame.MAX_PAYLOAD + " are the most");
    }
    ByteBuffer payload = ByteBuffer.allocate(size);
    payload.putLong(number).putLong(time.getEpochSecond()).putInt(transactions.size());
    for (Bytes transaction : transactions) {
      payload.putInt(transaction.size()).put(transaction.bytes());
    }
    return Bytes.of(payload.array());
  }

  private static LoggedBlock decode(Path path, LogFrame frame) {
    ByteBuffer payload = ByteBuffer.wrap(frame.payload().bytes());
    try {
      long number = payload.getLong();
      Instant time = Instant.ofEpochSecond(payload.getLong());
      int count = payload.getInt();
      List<Bytes> transactions = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        byte[] transaction = new byte[payload.getInt()];
        payload.get(transaction);
        transactions.add(Bytes.of(transaction));
      }
      return new LoggedBlock(number, time, transactions, Optional.empty());
    } catch (BufferUnderflowException | NegativeArraySizeException e) {
      throw damaged(path, frame.offset(), "it is no block");
    }
  }

  private static void writeFully(FileChannel file, ByteBuffer bytes, long offset)
      throws IOException {
    long position = offset;
    while (bytes.hasRemaining()) {
      position += file.write(bytes, position);
    }
  }

  private static ChainException damaged(Path path, long offset, String why) {
    return new ChainException(
        "the block log " + path + " is damaged at the record at " + offset + ": " + why);
  }
}
