package io.fundtrail.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.testnode.JavaProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the data folder guards: one process, one node, one chain. */
@Timeout(120)
class NodeFolderTest {
  private static final LogHeader OTHER_NODE =
      new LogHeader(
          ChainOrigin.of(EmbeddedNode.DEFAULT_CHAIN_ID, EmbeddedNodeTest.GENESIS),
          "anvil/v0.9.9",
          Hash.ZERO);

  @TempDir private Path folder;

  @Test
  void keepsEverythingAcceptedWhenTheServiceIsKilled() throws Exception {
    List<Hash> accepted = new ArrayList<>();
    Process service = startService();
    ProcessHandle node;
    try (BufferedReader lines = service.inputReader()) {
      node = ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();
      while (accepted.size() < 200) {
        accepted.add(Hash.parse(lines.readLine()));
      }
    } finally {
      service.destroyForcibly().waitFor();
    }
    assertThat(node.isAlive()).as("the killed service left its node").isTrue();
    try (EmbeddedNode restarted = EmbeddedNodeTest.start(folder);
        ChainReader chain = ChainReader.of(restarted.rpcUrl())) {
      assertThat(node.isAlive()).as("the next start ended it").isFalse();
      assertThat(accepted)
          .allSatisfy(hash -> assertThat(chain.receipt(hash).orElseThrow().succeeded()).isTrue());
    }
  }

  @Test
  void letsOneProcessHoldTheFolderAndNamesIt() throws Exception {
    Process service = startService();
    try (BufferedReader lines = service.inputReader()) {
      assertThat(lines.readLine()).isNotNull();
      assertThatThrownBy(() -> EmbeddedNodeTest.open(folder))
          .isInstanceOf(ChainException.class)
          .hasMessage(
              "the data folder %s is in use by the process %d"
                  .formatted(folder.toRealPath(), service.pid()));
    } finally {
      service.destroyForcibly().waitFor();
      EmbeddedNodeTest.open(folder).close();
    }
  }

  @Test
  void refusesTheFolderToASecondNodeInTheSameProcessAndKeepsOthersOut() throws Exception {
    try (EmbeddedNode node = EmbeddedNodeTest.start(folder)) {
      assertThatThrownBy(() -> EmbeddedNodeTest.open(folder))
          .hasMessageContaining("is in use by the process " + ProcessHandle.current().pid());
      Process service = startService();
      try (BufferedReader lines = service.inputReader()) {
        assertThat(lines.readLine()).isNull();
      }
      assertThat(service.waitFor()).as("it could not start").isNotZero();
      assertThat(node.isReady()).isTrue();
      assertThat(nodes()).hasSize(1);
    }
  }

  @Test
  void endsOnlyTheNodeOfThisFolder(@TempDir Path elsewhere) throws IOException {
    Path states = folder.toRealPath().resolve("node");
    List<String> arguments = ChainOrigin.of(1, EmbeddedNodeTest.GENESIS).anvilArguments();
    try (AnvilProcess stale = AnvilProcess.start(EmbeddedNodeTest.anvil(), arguments, states);
        AnvilProcess foreign =
            AnvilProcess.start(EmbeddedNodeTest.anvil(), arguments, elsewhere.resolve("node"))) {
      try (EmbeddedNode node = EmbeddedNodeTest.start(folder)) {
        assertThat(stale.isAlive()).isFalse();
        assertThat(foreign.isAlive()).isTrue();
        assertThat(node.nodePid()).isNotEqualTo(stale.pid());
      }
    }
  }

  @Test
  void leavesNoNodeBehindWhenItIsClosedOrCannotStart() throws IOException {
    ProcessHandle process;
    try (EmbeddedNode node = EmbeddedNodeTest.start(folder)) {
      process = ProcessHandle.of(node.nodePid()).orElseThrow();
      node.close();
      assertThat(process.isAlive()).isFalse();
      assertThatThrownBy(() -> node.send(new Wallet(1).call(Wallet.NOBODY, Bytes.EMPTY)))
          .hasMessageContaining("it is closed");
    }
    EmbeddedNode.Settings otherChain =
        new EmbeddedNode.Settings(folder, EmbeddedNodeTest.anvil(), 5, EmbeddedNodeTest.GENESIS);
    assertThatThrownBy(() -> EmbeddedNode.open(otherChain, Instant::now))
        .hasMessageContaining("is of chain 31337, not of chain 5");
    assertThat(nodes()).isEmpty();
    EmbeddedNodeTest.start(folder).close();
  }

  @Test
  void refusesALogThatAnotherVersionOfTheNodeWrote() throws IOException {
    BlockLog.create(folder, OTHER_NODE);
    assertThatThrownBy(() -> EmbeddedNodeTest.open(folder))
        .isInstanceOf(ChainException.class)
        .hasMessageStartingWith(
            "the block log was written with anvil/v0.9.9, this node is anvil/v1.7.1");
    assertThat(nodes()).isEmpty();
  }

  @Test
  void refusesALogThatStartsFromAnotherGenesisBlock() {
    BlockLog.create(folder, new LogHeader(OTHER_NODE.origin(), "anvil/v1.7.1", Hash.ZERO));
    assertThatThrownBy(() -> EmbeddedNodeTest.open(folder))
        .hasMessageContaining("the block log starts from the genesis block " + Hash.ZERO);
  }

  @Test
  void stopsAtTheBlockThatComesOutDifferently() {
    BlockRef third;
    try (EmbeddedNode node = EmbeddedNodeTest.start(folder)) {
      Wallet wallet = new Wallet(1);
      for (int i = 1; i <= 2; i++) {
        node.mine(
            EmbeddedNodeTest.GENESIS.plusSeconds(i),
            List.of(wallet.call(Wallet.NOBODY, Bytes.EMPTY)));
      }
      third = node.mine(EmbeddedNodeTest.GENESIS.plusSeconds(3), List.of());
    }
    try (BlockLog log = BlockLog.open(folder)) {
      log.append(EmbeddedNodeTest.GENESIS.plusSeconds(4), List.of());
      log.appendMined(third.hash());
    }
    try (EmbeddedNode node = EmbeddedNodeTest.open(folder)) {
      assertThatThrownBy(() -> node.replay((blocks, total) -> {}))
          .isInstanceOf(ChainException.class)
          .hasMessageStartingWith("block 4 of the block log gives the hash 0x")
          .hasMessageEndingWith(third.hash() + " was recorded");
      assertThat(node.isReady()).isFalse();
    }
  }

  @Test
  void minesABlockThatWasLoggedButNotYetMined() {
    try (EmbeddedNode node = EmbeddedNodeTest.start(folder)) {
      node.mine(EmbeddedNodeTest.GENESIS.plusSeconds(1), List.of());
    }
    Wallet wallet = new Wallet(1);
    Bytes raw = wallet.call(Wallet.NOBODY, Bytes.EMPTY);
    try (BlockLog log = BlockLog.open(folder)) {
      log.append(EmbeddedNodeTest.GENESIS.plusSeconds(2), List.of(raw));
    }
    BlockRef mined;
    try (EmbeddedNode node = EmbeddedNodeTest.start(folder);
        ChainReader chain = ChainReader.of(node.rpcUrl())) {
      mined = node.head();
      assertThat(mined.number()).isEqualTo(2);
      assertThat(chain.receipt(SignedTransaction.decode(raw).hash())).isPresent();
    }
    try (BlockLog log = BlockLog.open(folder)) {
      log.forEach(block -> assertThat(block.hash()).isPresent());
    }
  }

  @Test
  void startsAgainWithALastRecordCutAtAnyByte() throws IOException {
    Wallet wallet = new Wallet(1);
    BlockRef first;
    try (EmbeddedNode node = EmbeddedNodeTest.start(folder)) {
      first =
          node.mine(
              EmbeddedNodeTest.GENESIS.plusSeconds(1),
              List.of(wallet.call(Wallet.NOBODY, Bytes.EMPTY)));
    }
    Path file = folder.resolve(BlockLog.FILE);
    int kept = Math.toIntExact(Files.size(file));
    Bytes second = wallet.call(Wallet.NOBODY, Bytes.EMPTY);
    try (BlockLog log = BlockLog.open(folder)) {
      log.append(EmbeddedNodeTest.GENESIS.plusSeconds(2), List.of(second));
    }
    byte[] whole = Files.readAllBytes(file);
    for (int end = kept; end < whole.length; end += 1 + (whole.length - kept) / 8) {
      Files.write(file, Arrays.copyOf(whole, end));
      try (EmbeddedNode node = EmbeddedNodeTest.start(folder)) {
        assertThat(node.head()).as("cut at %d", end).isEqualTo(first);
        node.mine(EmbeddedNodeTest.GENESIS.plusSeconds(2), List.of(second));
      }
    }
  }

  @Test
  void saysWhatToDoWhereThereIsNoAnvil() {
    assertThatThrownBy(() -> AnvilBinary.under(folder))
        .isInstanceOf(ChainException.class)
        .hasMessageStartingWith("there is no anvil to run at " + folder)
        .hasMessageContaining("npm ci --ignore-scripts");
  }

  private List<ProcessHandle> nodes() throws IOException {
    return AnvilProcess.running(folder.toRealPath().resolve("node"));
  }

  private Process startService() throws IOException {
    return JavaProgram.of(SendingService.class, folder.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
