package io.fundtrail.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.model.RawLog;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.web3j.crypto.AccessListObject;
import org.web3j.crypto.RawTransaction;

@Timeout(120)
class EmbeddedNodeTest {
  static final Instant GENESIS = Instant.parse("2016-05-16T00:00:00Z");
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Address NOBODY = Wallet.NOBODY;

  @TempDir private Path folder;

  @Test
  void takesFreeTransactionsOfEveryKindAndKeepsGasFree() {
    Wallet wallet = new Wallet(1);
    try (EmbeddedNode node = start(folder);
        ChainReader chain = ChainReader.of(node.rpcUrl())) {
      Hash legacy =
          node.send(
              wallet.sign(
                  RawTransaction.createTransaction(
                      BigInteger.ZERO,
                      BigInteger.ZERO,
                      BigInteger.valueOf(21_000),
                      NOBODY.toString(),
                      "")));
      Hash accessList =
          node.send(
              wallet.signTyped(
                  RawTransaction.createTransaction(
                      EmbeddedNode.DEFAULT_CHAIN_ID,
                      BigInteger.ONE,
                      BigInteger.ZERO,
                      BigInteger.valueOf(30_000),
                      NOBODY.toString(),
                      BigInteger.ZERO,
                      "",
                      List.of(new AccessListObject(NOBODY.toString(), List.of())))));
      Hash feeMarket = node.send(wallet.callWithNonce(2, NOBODY, Bytes.EMPTY));
      for (Hash hash : List.of(legacy, accessList, feeMarket)) {
        assertThat(chain.receipt(hash).orElseThrow().succeeded()).isTrue();
      }
      assertThat(chain.gasPrice()).isZero();
      assertThat(node.suggestedFees()).isEqualTo(Fees.NONE);
      assertThat(chain.head().rlpFields().get(15)).as("base fee per gas").isEqualTo(Bytes.EMPTY);
      assertThat(node.head()).isEqualTo(chain.head().ref());
    }
  }

  @Test
  void makesBlocksOfExactlyTheGivenTransactionsAndTime() {
    Wallet one = new Wallet(1);
    Wallet two = new Wallet(2);
    Address store = one.contract(0);
    try (EmbeddedNode node = start(folder);
        ChainReader chain = ChainReader.of(node.rpcUrl())) {
      node.mine(GENESIS.plusSeconds(10), List.of(one.create(WordStore.INIT_CODE)));
      BlockRef block =
          node.mine(
              GENESIS.plusSeconds(1_000),
              List.of(
                  two.call(store, WordStore.put(1, 11)),
                  one.call(store, WordStore.put(2, 22)),
                  two.call(store, WordStore.put(1, 33))));
      BlockRef empty = node.mine(GENESIS.plusSeconds(1_001), List.of());
      assertThat(block.number()).isEqualTo(2);
      assertThat(block.time()).isEqualTo(GENESIS.plusSeconds(1_000));
      assertThat(chain.header(2).ref()).isEqualTo(block);
      assertThat(chain.header(3).ref()).isEqualTo(empty);
      assertThat(chain.logs(0, 3, List.of(store)))
          .extracting(RawLog::data)
          .containsExactly(word(11), word(22), word(33));
      assertThatThrownBy(() -> node.mine(empty.time(), List.of()))
          .hasMessageContaining("must be after the last block's " + empty.time());
      assertThatThrownBy(() -> node.mine(empty.time().plusMillis(1_500), List.of()))
          .hasMessageContaining("in whole seconds");
    }
  }

  @Test
  void buildsTheSameBlocksAgainAfterTheNodeWasKilled() {
    List<BlockHead> before;
    try (EmbeddedNode node = start(folder);
        ChainReader chain = ChainReader.of(node.rpcUrl())) {
      Wallet[] wallets = wallets(7);
      Address store = wallets[0].contract(0);
      node.mine(GENESIS.plusSeconds(1), List.of(wallets[0].create(WordStore.INIT_CODE)));
      for (int block = 2; block <= 40; block++) {
        List<Bytes> transactions = new ArrayList<>();
        for (int i = 0; i < block % 20; i++) {
          Wallet wallet = wallets[(block * 3 + i) % wallets.length];
          transactions.add(wallet.call(store, WordStore.put(i % 5, block * 100L + i)));
        }
        node.mine(GENESIS.plusSeconds(block * 3_600L), transactions);
      }
      before = chain.headers(0, 40);
      kill(node);
      assertThatThrownBy(() -> node.send(wallets[1].call(store, WordStore.put(1, 1))))
          .isInstanceOf(ChainException.class)
          .hasMessageContaining("the embedded node takes no transactions")
          .hasMessageContaining("anvil ended");
    }
    List<Long> progress = new ArrayList<>();
    try (EmbeddedNode node = open(folder)) {
      node.replay((blocks, total) -> {
        assertThat(total).isEqualTo(40);
        progress.add(blocks);
      });
      try (ChainReader chain = ChainReader.of(node.rpcUrl())) {
        assertThat(chain.headers(0, 40)).isEqualTo(before);
      }
      assertThat(progress).hasSize(40).isSorted().endsWith(40L);
      assertThat(node.head()).isEqualTo(before.getLast().ref());
      BlockRef next = node.mine(GENESIS.plusSeconds(1_000_000), List.of());
      assertThat(next.number()).isEqualTo(41);
    }
  }

  @Test
  void keepsWhatManySendersSendAtOnceAndLetsThemShareBlocks() throws Exception {
    int senders = 40;
    int each = 10;
    Wallet[] wallets = wallets(senders);
    Address store = wallets[0].contract(0);
    List<Hash> accepted = new ArrayList<>();
    List<BlockHead> before;
    try (EmbeddedNode node = start(folder);
        ChainReader chain = ChainReader.of(node.rpcUrl())) {
      node.send(wallets[0].create(WordStore.INIT_CODE));
      try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<List<Hash>>> sent = new ArrayList<>();
        for (Wallet wallet : wallets) {
          sent.add(executor.submit(() -> sendAll(node, chain, wallet, store, each)));
        }
        for (Future<List<Hash>> hashes : sent) {
          accepted.addAll(hashes.get());
        }
      }
      assertThat(accepted).hasSize(senders * each).doesNotHaveDuplicates();
      before = chain.headers(0, chain.head().number());
      assertThat(before).as("senders share blocks").hasSizeLessThan(senders * each / 2);
      assertThat(before).extracting(BlockHead::time).isSorted().doesNotHaveDuplicates();
    }
    try (EmbeddedNode node = start(folder);
        ChainReader chain = ChainReader.of(node.rpcUrl())) {
      assertThat(chain.headers(0, chain.head().number())).isEqualTo(before);
      assertThat(chain.logs(0, chain.head().number(), List.of(store)))
          .extracting(RawLog::txHash)
          .containsExactlyInAnyOrderElementsOf(accepted);
    }
  }

  @Test
  void servesReadersButTakesNothingUntilTheLogIsReplayed() throws Exception {
    Wallet wallet = new Wallet(1);
    try (EmbeddedNode node = start(folder)) {
      node.mine(GENESIS.plusSeconds(1), List.of(wallet.call(NOBODY, Bytes.EMPTY)));
      node.mine(GENESIS.plusSeconds(2), List.of(wallet.call(NOBODY, Bytes.EMPTY)));
    }
    try (EmbeddedNode node = open(folder);
        ChainReader chain = ChainReader.of(node.rpcUrl())) {
      assertThat(node.isReady()).isFalse();
      assertThat(chain.head().number()).isZero();
      assertThat(node.nextBlockTime()).isAfter(GENESIS.plusSeconds(2));
      Bytes transaction = wallet.call(NOBODY, Bytes.EMPTY);
      assertThatThrownBy(() -> node.send(transaction))
          .isInstanceOf(ChainUnavailable.class)
          .hasMessage("the block log is being replayed: 0 of 2 blocks are done");
      CountDownLatch half = new CountDownLatch(1);
      CountDownLatch seen = new CountDownLatch(1);
      try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<?> replay =
            executor.submit(() ->
                node.replay((blocks, total) -> {
                  if (blocks == 1) {
                    half.countDown();
                    await(seen);
                  }
                }));
        await(half);
        assertThat(chain.head().number()).isEqualTo(1);
        assertThatThrownBy(() -> node.send(transaction))
            .hasMessage("the block log is being replayed: 1 of 2 blocks are done");
        seen.countDown();
        replay.get();
      }
      assertThat(node.isReady()).isTrue();
      assertThat(chain.receipt(node.send(transaction))).isPresent();
      assertThatThrownBy(() -> node.replay((blocks, total) -> {}))
          .hasMessage("the block log is replayed once only");
    }
  }

  @Test
  void letsBlockTimesRunAFewSecondsAheadOfTheClockAndNoFurther() {
    AdjustableClock clock = new AdjustableClock(NOW);
    Wallet wallet = new Wallet(1);
    try (EmbeddedNode node = EmbeddedNode.open(settings(folder), clock);
        ChainReader chain = ChainReader.of(node.rpcUrl())) {
      node.replay((blocks, total) -> {});
      for (int i = 0; i <= 5; i++) {
        assertThat(node.nextBlockTime()).isEqualTo(NOW.plusSeconds(i));
        node.send(wallet.call(NOBODY, Bytes.EMPTY));
        assertThat(chain.head().time()).isEqualTo(NOW.plusSeconds(i));
      }
      clock.advanceOnRead(Duration.ofMillis(100));
      node.send(wallet.call(NOBODY, Bytes.EMPTY));
      assertThat(chain.head().time()).isEqualTo(NOW.plusSeconds(6));
      assertThat(clock.now()).as("the sender waited").isAfterOrEqualTo(NOW.plusSeconds(1));
      clock.advanceOnRead(Duration.ZERO);
      node.mine(NOW.plus(Duration.ofDays(1)), List.of());
      Bytes tooEarly = wallet.call(NOBODY, Bytes.EMPTY);
      assertThatThrownBy(() -> node.send(tooEarly))
          .isInstanceOf(ChainUnavailable.class)
          .hasMessageContaining("the chain's last block is of 2026-01-02T00:00:00Z, ahead of");
    }
  }

  @Test
  void acceptsWhatTheClockDoesNotLetItMineYet() {
    AdjustableClock clock = new AdjustableClock(NOW);
    Wallet wallet = new Wallet(1);
    List<Hash> accepted = new ArrayList<>();
    try (EmbeddedNode node = EmbeddedNode.open(settings(folder), clock);
        ChainReader chain = ChainReader.of(node.rpcUrl())) {
      node.replay((blocks, total) -> {});
      for (int i = 0; i <= 5; i++) {
        Hash hash = node.accepting(next(wallet)).accepted();
        assertThat(chain.receipt(hash)).as("mined while the clock allows").isPresent();
      }
      for (int i = 0; i < 3; i++) {
        accepted.add(node.accepting(next(wallet)).accepted());
      }
      assertThat(chain.head().number()).isEqualTo(6);
      SignedTransaction gap =
          SignedTransaction.decode(wallet.callWithNonce(10, NOBODY, Bytes.EMPTY));
      assertThatThrownBy(() -> node.accepting(gap).accepted())
          .isInstanceOf(TransactionRefused.class)
          .hasMessageContaining("is 9, not 10");
    }
    clock.advanceOnRead(Duration.ofMillis(100));
    try (EmbeddedNode node = EmbeddedNode.open(settings(folder), clock);
        ChainReader chain = ChainReader.of(node.rpcUrl())) {
      node.replay((blocks, total) -> {});
      Hash sent = node.send(wallet.call(NOBODY, Bytes.EMPTY));
      assertThat(chain.receipt(sent)).as("behind what was accepted").isPresent();
      for (Hash hash : accepted) {
        assertThat(chain.receipt(hash)).isPresent();
      }
      assertThat(chain.nonce(wallet.address())).isEqualTo(10);
      clock.advanceOnRead(Duration.ZERO);
      node.mine(NOW.plus(Duration.ofDays(1)), List.of());
      SignedTransaction tooEarly = next(wallet);
      assertThatThrownBy(() -> node.accepting(tooEarly).accepted())
          .isInstanceOf(ChainUnavailable.class)
          .hasMessageContaining("ahead of this machine's clock");
    }
  }

  @Test
  void acceptsNoMoreThanItCanComputeSoon() {
    AdjustableClock clock = new AdjustableClock(NOW);
    Wallet wallet = new Wallet(1);
    try (EmbeddedNode node = EmbeddedNode.open(settings(folder), clock)) {
      node.replay((blocks, total) -> {});
      for (int i = 0; i <= 5; i++) {
        node.accepting(next(wallet)).accepted();
      }
      long most = BlockProducer.MAX_WAITING_GAS / AdmissionRules.MAX_GAS.longValueExact();
      long nonce = 6;
      for (; nonce < 6 + most; nonce++) {
        node.accepting(greedy(wallet, nonce)).accepted();
      }
      SignedTransaction tooMuch = greedy(wallet, nonce);
      assertThatThrownBy(() -> node.accepting(tooMuch))
          .isInstanceOf(ChainBusy.class)
          .hasMessageStartingWith(
              "it asks for 100,000,000 gas, and what waits to be mined may ask");
      clock.advanceOnRead(Duration.ofMillis(100));
      while (!takes(node, tooMuch)) {
        Thread.onSpinWait();
      }
    }
  }

  private static boolean takes(EmbeddedNode node, SignedTransaction transaction) {
    try {
      return node.accepting(transaction).accepted().equals(transaction.hash());
    } catch (ChainBusy e) {
      return false;
    }
  }

  private static SignedTransaction greedy(Wallet wallet, long nonce) {
    RawTransaction transaction =
        RawTransaction.createTransaction(
            BigInteger.valueOf(nonce),
            BigInteger.ZERO,
            AdmissionRules.MAX_GAS,
            NOBODY.toString(),
            "");
    return SignedTransaction.decode(wallet.sign(transaction, EmbeddedNode.DEFAULT_CHAIN_ID));
  }

  private static SignedTransaction next(Wallet wallet) {
    return SignedTransaction.decode(wallet.call(NOBODY, Bytes.EMPTY));
  }

  private static List<Hash> sendAll(
      EmbeddedNode node, ChainReader chain, Wallet wallet, Address store, int count) {
    List<Hash> hashes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Hash hash = node.send(wallet.call(store, WordStore.put(i + 1, i)));
      assertThat(chain.receipt(hash)).as("mined when accepted").isPresent();
      hashes.add(hash);
    }
    return hashes;
  }

  static EmbeddedNode.Settings settings(Path folder) {
    return new EmbeddedNode.Settings(folder, anvil(), EmbeddedNode.DEFAULT_CHAIN_ID, GENESIS);
  }

  static Path anvil() {
    return AnvilBinary.under(Path.of(System.getProperty("fundtrail.home")));
  }

  static EmbeddedNode open(Path folder) {
    return EmbeddedNode.open(settings(folder), new SteppingClock(NOW));
  }

  static EmbeddedNode start(Path folder) {
    EmbeddedNode node = open(folder);
    node.replay((blocks, total) -> {});
    return node;
  }

  /** Ends the node's process as kill -9 does, and waits until it is noticed. */
  static void kill(EmbeddedNode node) {
    ProcessHandle process = ProcessHandle.of(node.nodePid()).orElseThrow();
    process.destroyForcibly();
    process.onExit().join();
    Instant limit = Instant.now().plusSeconds(10);
    while (node.failure().isEmpty()) {
      assertThat(Instant.now()).as("the end of the node is noticed").isBefore(limit);
      Thread.onSpinWait();
    }
  }

  private static Wallet[] wallets(int count) {
    Wallet[] wallets = new Wallet[count];
    for (int i = 0; i < count; i++) {
      wallets[i] = new Wallet(i);
    }
    return wallets;
  }

  private static Bytes word(long number) {
    return Bytes.of(WordStore.word(number).bytes());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  private static final class AdjustableClock implements InstantSource {
    private Instant now;
    private Duration step = Duration.ZERO;

    private AdjustableClock(Instant now) {
      this.now = now;
    }

    @Override
    public synchronized Instant instant() {
      now = now.plus(step);
      return now;
    }

    private synchronized void advanceOnRead(Duration change) {
      step = change;
    }

    private synchronized Instant now() {
      return now;
    }
  }
}
