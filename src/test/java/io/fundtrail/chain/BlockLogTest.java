package io.fundtrail.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockLogTest {
  private static final Instant GENESIS = Instant.parse("2016-05-16T00:00:00Z");
  private static final LogHeader HEADER =
      new LogHeader(ChainOrigin.of(31337, GENESIS), "anvil/v1.7.1", WordStore.word(99));
  private static final LoggedBlock FIRST =
      new LoggedBlock(
          1,
          GENESIS.plusSeconds(1),
          List.of(Bytes.parse("0x01"), Bytes.EMPTY, Bytes.parse("0x020202")),
          Optional.of(WordStore.word(1)));
  private static final LoggedBlock SECOND =
      new LoggedBlock(2, GENESIS.plusSeconds(60), List.of(), Optional.of(WordStore.word(2)));
  private static final LoggedBlock THIRD =
      new LoggedBlock(
          3,
          GENESIS.plusSeconds(61),
          List.of(Bytes.of("FTBLFTBLB".getBytes(StandardCharsets.US_ASCII))),
          Optional.empty());

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void writeALog() {
    file = folder.resolve(BlockLog.FILE);
    BlockLog.create(folder, HEADER);
    try (BlockLog log = BlockLog.open(folder)) {
      write(log, FIRST);
      write(log, SECOND);
      write(log, THIRD);
    }
  }

  @Test
  void givesBackWhatWasWritten() {
    try (BlockLog log = BlockLog.open(folder)) {
      assertThat(log.header()).isEqualTo(HEADER);
      assertThat(log.blocks()).isEqualTo(3);
      assertThat(log.lastTime()).isEqualTo(THIRD.time());
      assertThat(blocks(log)).containsExactly(FIRST, SECOND, THIRD);
    }
  }

  @Test
  void goesOnWhereItEnded() {
    LoggedBlock fourth =
        new LoggedBlock(
            4, THIRD.time().plusSeconds(1), List.of(Bytes.parse("0x04")), Optional.empty());
    try (BlockLog log = BlockLog.open(folder)) {
      log.appendMined(WordStore.word(3));
      write(log, fourth);
    }
    assertThat(blocks())
        .containsExactly(
            FIRST,
            SECOND,
            new LoggedBlock(3, THIRD.time(), THIRD.transactions(), Optional.of(WordStore.word(3))),
            fourth);
  }

  @Test
  void keepsWhatWasAcceptedUntilItsBlock() throws IOException {
    Bytes one = Bytes.parse("0x0a");
    Bytes other = Bytes.parse("0x0b");
    try (BlockLog log = BlockLog.open(folder)) {
      assertThat(log.waiting()).isEmpty();
      log.appendAccepted(List.of(one));
      log.appendAccepted(List.of(other));
      assertThat(log.waiting()).containsExactly(one, other);
      assertThat(log.blocks()).isEqualTo(3);
    }
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 1));
    try (BlockLog log = BlockLog.open(folder)) {
      assertThat(log.waiting()).containsExactly(one);
      log.appendAccepted(List.of(other));
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    Instant time = THIRD.time().plusSeconds(1);
    try (BlockLog log = BlockLog.open(folder)) {
      assertThat(log.waiting()).containsExactly(one, other);
      log.append(time, List.of(one, other));
      assertThat(log.waiting()).isEmpty();
    }
    try (BlockLog log = BlockLog.open(folder)) {
      assertThat(log.waiting()).isEmpty();
      assertThat(blocks(log))
          .last()
          .isEqualTo(new LoggedBlock(4, time, List.of(one, other), Optional.empty()));
    }
  }

  @Test
  void refusesABlockThatLacksWhatWasAccepted() {
    try (BlockLog log = BlockLog.open(folder)) {
      log.appendAccepted(List.of(Bytes.parse("0x0a")));
      log.append(THIRD.time().plusSeconds(1), List.of(Bytes.parse("0x0b")));
    }
    assertThatThrownBy(() -> BlockLog.open(folder))
        .isInstanceOf(ChainException.class)
        .hasMessageEndingWith("it lacks transactions that were accepted before it");
  }

  @Test
  void cutsOffALastRecordThatEndsAtAnyOfItsBytes() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    int lastRecord = startOf(THIRD, whole);
    for (int end = lastRecord; end < whole.length; end++) {
      Files.write(file, Arrays.copyOf(whole, end));
      assertThat(blocks()).as("cut at %d", end).containsExactly(FIRST, SECOND);
      assertThat(file).hasSize(lastRecord);
      try (BlockLog log = BlockLog.open(folder)) {
        write(log, THIRD);
      }
      assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    }
  }

  @Test
  void cutsOffALastRecordOfWhichAnyByteWasNotYetWritten() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    int lastRecord = startOf(THIRD, whole);
    for (int zeroed = lastRecord; zeroed < whole.length; zeroed++) {
      byte[] torn = whole.clone();
      Arrays.fill(torn, zeroed, torn.length, (byte) 0);
      Files.write(file, torn);
      assertThat(blocks()).as("zero from %d", zeroed).containsExactly(FIRST, SECOND);
    }
  }

  @Test
  void refusesADamagedRecordWithAWholeOneBehindItAndNamesItsOffset() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    int first = startOf(FIRST, whole);
    int lastRecord = startOf(THIRD, whole);
    for (int flipped = first; flipped < lastRecord; flipped++) {
      byte[] damaged = whole.clone();
      damaged[flipped] ^= 1;
      Files.write(file, damaged);
      assertThatThrownBy(() -> BlockLog.open(folder))
          .as("flipped at %d", flipped)
          .isInstanceOf(ChainException.class)
          .hasMessageMatching(".* is damaged at the record at \\d+: a whole record follows at .*");
      assertThat(Files.readAllBytes(file)).as("left as it was").isEqualTo(damaged);
    }
    byte[] damaged = whole.clone();
    damaged[first + 20] ^= 1;
    Files.write(file, damaged);
    assertThatThrownBy(() -> BlockLog.open(folder))
        .hasMessageContaining("is damaged at the record at " + first + ":");
  }

  @Test
  void refusesADamagedHeader() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int flipped = 0; flipped < startOf(FIRST, whole); flipped++) {
      byte[] damaged = whole.clone();
      damaged[flipped] ^= 1;
      Files.write(file, damaged);
      assertThatThrownBy(() -> BlockLog.open(folder))
          .hasMessageContaining("is damaged at the record at 0: its header is not whole");
    }
  }

  @Test
  void countsNoRecordThatWasMovedFromWhereItWasWritten() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    int second = startOf(SECOND, whole);
    int third = startOf(THIRD, whole);
    byte[] repeated = Arrays.copyOf(whole, whole.length + third - second);
    System.arraycopy(whole, second, repeated, third, third - second);
    System.arraycopy(whole, third, repeated, third + third - second, whole.length - third);
    Files.write(file, repeated);
    assertThat(blocks()).as("the moved records count for nothing").containsExactly(FIRST, SECOND);
  }

  @Test
  void refusesBlocksOutOfOrder() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    LogFrame again = new LogFrame(whole.length, (byte) 'B', block(3));
    Files.write(file, join(whole, again.encode().array()));
    assertThatThrownBy(() -> BlockLog.open(folder))
        .hasMessageContaining("at the record at " + whole.length)
        .hasMessageContaining("it holds block 3 of")
        .hasMessageContaining("where block 4 after");
    LogFrame hash = new LogFrame(whole.length, (byte) 'M', mined(2));
    Files.write(file, join(whole, hash.encode().array()));
    assertThatThrownBy(() -> BlockLog.open(folder))
        .hasMessageContaining("it holds the hash of block 2 out of order");
  }

  @Test
  void refusesAnotherFormat() throws IOException {
    Bytes text = Bytes.of("{\"format\":2}".getBytes(StandardCharsets.UTF_8));
    Files.write(file, new LogFrame(0, (byte) 'H', text).encode().array());
    assertThatThrownBy(() -> BlockLog.open(folder))
        .hasMessage("the block log has the format 2, this version reads 1");
  }

  private static void write(BlockLog log, LoggedBlock block) {
    log.append(block.time(), block.transactions());
    block.hash().ifPresent(log::appendMined);
  }

  private List<LoggedBlock> blocks() {
    try (BlockLog log = BlockLog.open(folder)) {
      return blocks(log);
    }
  }

  private static List<LoggedBlock> blocks(BlockLog log) {
    List<LoggedBlock> blocks = new ArrayList<>();
    log.forEach(blocks::add);
    return blocks;
  }

  /** The offset of the record whose payload starts with the block's number and time. */
  private static int startOf(LoggedBlock block, byte[] log) {
    ByteBuffer bytes = ByteBuffer.wrap(log);
    for (int payload = 9; payload + 16 <= log.length; payload++) {
      if (log[payload - 5] == 'B'
          && bytes.getLong(payload) == block.number()
          && bytes.getLong(payload + 8) == block.time().getEpochSecond()) {
        return payload - 9;
      }
    }
    throw new AssertionError("no record of block " + block.number());
  }

  private static Bytes block(long number) {
    return Bytes.of(
        ByteBuffer.allocate(20).putLong(number).putLong(THIRD.time().getEpochSecond() + 5).array());
  }

  private static Bytes mined(long number) {
    return Bytes.of(ByteBuffer.allocate(8 + Hash.SIZE).putLong(number).array());
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
