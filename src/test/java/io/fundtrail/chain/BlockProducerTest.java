package io.fundtrail.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a block when the log or the node fails under it. */
@Timeout(60)
class BlockProducerTest {
  private static final Instant GENESIS = EmbeddedNodeTest.GENESIS;
  private static final ChainOrigin ORIGIN = ChainOrigin.of(EmbeddedNode.DEFAULT_CHAIN_ID, GENESIS);

  @TempDir private Path folder;
  private AnvilProcess process;
  private JsonRpc rpc;
  private BlockLog log;
  private AnvilChain anvil;
  private BlockProducer producer;

  @BeforeEach
  void start() {
    process =
        AnvilProcess.start(
            EmbeddedNodeTest.anvil(), ORIGIN.anvilArguments(), folder.resolve("node"));
    rpc = new JsonRpc(process.url(), Duration.ofSeconds(10));
    anvil = new AnvilChain(rpc);
    BlockLog.create(folder, new LogHeader(ORIGIN, "anvil/v1.7.1", Hash.ZERO));
    log = BlockLog.open(folder);
    producer = new BlockProducer(anvil, log, new SteppingClock(GENESIS), anvil.newest().block());
    producer.start();
  }

  @AfterEach
  void end() {
    producer.close();
    rpc.close();
    process.close();
    log.close();
  }

  @Test
  void minesNothingThatCouldNotBeLogged() {
    log.close();
    assertThatThrownBy(() -> producer.send(transaction(1)))
        .isInstanceOf(ChainException.class)
        .hasMessageContaining("the block could not be made");
    assertThat(anvil.newest().block().number()).isZero();
    assertThat(producer.stopped()).isPresent();
    assertThatThrownBy(() -> producer.send(transaction(2)))
        .hasMessageContaining("the embedded node takes no transactions");
  }

  @Test
  void leavesWhatItLoggedToTheNextStartWhenTheNodeEnds() {
    producer.send(transaction(1));
    process.close();
    assertThatThrownBy(() -> producer.mine(GENESIS.plusSeconds(900), List.of()))
        .hasMessageContaining("the next start may still mine it");
    log.close();
    log = BlockLog.open(folder);
    assertThat(log.blocks()).isEqualTo(2);
    assertThat(log.lastTime()).isEqualTo(GENESIS.plusSeconds(900));
  }

  @Test
  void stopsWhenSomeoneElseMinesOnItsNode() {
    rpc.call("evm_mine");
    assertThatThrownBy(() -> producer.send(transaction(1)))
        .hasRootCauseInstanceOf(ChainException.class)
        .rootCause()
        .hasMessageMatching("block 2 of .* was mined where block 1 of .* was due");
    assertThat(producer.stopped()).isPresent();
  }

  private static SignedTransaction transaction(int seed) {
    return SignedTransaction.decode(new Wallet(seed).call(Wallet.NOBODY, Bytes.EMPTY));
  }
}
