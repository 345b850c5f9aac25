package io.fundtrail.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.fundtrail.chain.HeadSubscription.Timing;
import io.fundtrail.testnode.Anvil;
import io.fundtrail.testnode.Hardhat;
import io.fundtrail.testnode.Relay;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HeadSubscriptionTest {
  private static final Timing QUICK =
      new Timing(
          Duration.ofSeconds(2),
          Duration.ofMillis(200),
          Duration.ofMillis(50),
          Duration.ofMillis(400),
          Duration.ofMillis(20));
  private static final String AGREED = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0xabc\"}";
  private static final String HEAD =
      "{\"jsonrpc\":\"2.0\",\"method\":\"eth_subscription\",\"params\":"
          + "{\"subscription\":\"0xabc\",\"result\":{\"number\":\"0x1\"}}}";
  private static final long MOST_BUFFERED = 32L << 20;

  record Running(URI url, AutoCloseable node) implements AutoCloseable {
    static <N extends AutoCloseable> Running of(N node, Function<N, URI> url) {
      return new Running(url.apply(node), node);
    }

    @Override
    public void close() throws Exception {
      node.close();
    }
  }

  private final Semaphore wakes = new Semaphore(0);

  static Stream<Arguments> nodes() {
    Supplier<Running> anvil = () -> Running.of(Anvil.start(), Anvil::rpcUrl);
    Supplier<Running> hardhat = () -> Running.of(Hardhat.start(), Hardhat::rpcUrl);
    return Stream.of(Arguments.of("anvil", anvil), Arguments.of("Hardhat", hardhat));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("nodes")
  void wakesForEachBlockAndConnectsAgainWhenItIsCut(String name, Supplier<Running> start)
      throws Exception {
    try (Running node = start.get();
        ChainReader chain = ChainReader.of(node.url().toString());
        Relay relay = new Relay(node.url());
        HeadSubscription subscription = open(relay.webSocketUrl())) {
      awaitOpen(subscription, true);
      for (int i = 0; i < 3; i++) {
        mine(chain);
        assertThat(woken()).isTrue();
      }
      relay.cut(true);
      awaitOpen(subscription, false);
      assertThat(woken()).as("woken by the end").isTrue();
      relay.cut(false);
      awaitOpen(subscription, true);
      assertThat(woken()).as("woken by the new beginning").isTrue();
      mine(chain);
      assertThat(woken()).isTrue();
    }
  }

  static Stream<Arguments> uselessAnswers() {
    String refusal = "{\"id\":1,\"error\":{\"code\":-32601,\"message\":\"no such method\"}}";
    return Stream.of(
        useless("a refusal", frames -> frames.text(refusal)),
        useless("another id", frames -> frames.text(AGREED.replace(":1,", ":2,"))),
        useless("garbage", frames -> frames.text("not JSON at all")),
        useless("bytes", frames -> frames.binary(new byte[] {1, 2, 3})),
        useless("nothing", _ -> {}),
        useless("no frame", frames -> frames.raw(new byte[] {(byte) 0xff, (byte) 0xff, 0, 1})),
        useless("a frame of 2^62 bytes", frames -> frames.announce(1L << 62)));
  }

  private static Arguments useless(String name, ScriptedSocket.Script script) {
    return Arguments.of(name, script);
  }

  /** Not open, woken only by ends, and tried again ever less often. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("uselessAnswers")
  void anAnswerThatAgreesToNothingOpensNothing(String name, ScriptedSocket.Script script)
      throws Exception {
    try (ScriptedSocket server =
            new ScriptedSocket(frames -> {
              script.play(frames);
              Thread.sleep(500);
            });
        HeadSubscription subscription = open(server.url())) {
      for (int i = 0; i < 20; i++) {
        assertThat(subscription.isOpen()).isFalse();
        Thread.sleep(100);
      }
      assertThat(server.connections()).isBetween(2, 10);
      assertThat(wakes.availablePermits()).isLessThanOrEqualTo(server.connections());
    }
  }

  @Test
  void aMessageWithoutEndIsNotKept() throws Exception {
    AtomicLong most = new AtomicLong();
    byte[] part = "[".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
    try (ScriptedSocket server =
            new ScriptedSocket(frames -> {
              frames.text(AGREED);
              Thread.sleep(300);
              frames.announce(1L << 40);
              for (long sent = 0; sent < 1L << 28; sent += part.length) {
                frames.raw(part);
                most.accumulateAndGet(sent, Math::max);
              }
            });
        HeadSubscription subscription = open(server.url())) {
      awaitOpen(subscription, true);
      awaitOpen(subscription, false);
      assertThat(most.get()).isLessThan(MOST_BUFFERED);
    }
  }

  @Test
  void aFloodOfBlocksWakesSomeTimesASecond() throws Exception {
    try (ScriptedSocket server =
            new ScriptedSocket(frames -> {
              frames.text(AGREED);
              while (true) {
                frames.text(HEAD);
              }
            });
        HeadSubscription subscription = open(server.url())) {
      awaitOpen(subscription, true);
      Thread.sleep(2_000);
      assertThat(wakes.availablePermits()).isBetween(20, 150);
    }
  }

  @Test
  void blocksOfAnotherSubscriptionWakeNobody() throws Exception {
    List<String> foreign =
        List.of(
            HEAD.replace("0xabc", "0xabd"),
            HEAD.replace("eth_subscription", "eth_other"),
            HEAD.replace("{\"number\":\"0x1\"}", "null"),
            AGREED,
            "[]",
            "7");
    try (ScriptedSocket server =
            new ScriptedSocket(frames -> {
              frames.text(AGREED);
              Thread.sleep(300);
              for (String message : foreign) {
                frames.text(message);
              }
              frames.text(HEAD);
              Thread.sleep(10_000);
            });
        HeadSubscription subscription = open(server.url(), Duration.ofSeconds(30))) {
      awaitOpen(subscription, true);
      assertThat(woken()).as("woken by the beginning").isTrue();
      assertThat(woken()).as("woken by the block").isTrue();
      assertThat(wakes.tryAcquire(100, TimeUnit.MILLISECONDS)).isFalse();
    }
  }

  @Test
  void anEndpointThatNoLongerAnswersIsLeft() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (ScriptedSocket server =
            new ScriptedSocket(frames -> {
              frames.text(AGREED);
              over.await();
            });
        HeadSubscription subscription = open(server.url())) {
      awaitOpen(subscription, true);
      awaitOpen(subscription, false);
    } finally {
      over.countDown();
    }
  }

  private HeadSubscription open(URI url) {
    return open(url, QUICK.ping());
  }

  private HeadSubscription open(URI url, Duration ping) {
    Timing timing =
        new Timing(
            QUICK.answer(),
            ping,
            QUICK.firstPause(),
            QUICK.longestPause(),
            QUICK.betweenMessages());
    return HeadSubscription.open(url, timing, wakes::release);
  }

  private boolean woken() throws InterruptedException {
    return wakes.tryAcquire(10, TimeUnit.SECONDS);
  }

  private static void mine(ChainReader chain) {
    chain.rawCall("hardhat_mine", List.of(TextNode.valueOf("0x1")));
  }

  private static void awaitOpen(HeadSubscription subscription, boolean open)
      throws InterruptedException, IOException {
    long until = System.nanoTime() + Duration.ofSeconds(15).toNanos();
    while (subscription.isOpen() != open) {
      assertThat(System.nanoTime()).as("becomes %s", open ? "open" : "closed").isLessThan(until);
      Thread.sleep(5);
    }
  }
}
