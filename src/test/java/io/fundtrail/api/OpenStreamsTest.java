package io.fundtrail.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one client can and cannot do to the streams of all. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OpenStreamsTest {
  private static final String MUCH = ": " + "x".repeat(1 << 20) + "\n\n";
  private static final Duration SHORT = Duration.ofMillis(300);

  private final AtomicInteger asked = new AtomicInteger();

  /** Never has anything to tell. */
  private static EventStream silent(RequestParams request) {
    return patience -> {
      Thread.sleep(patience);
      return "";
    };
  }

  /** Always has a megabyte more to tell. */
  private EventStream much(RequestParams request) {
    return _ -> {
      asked.incrementAndGet();
      return MUCH;
    };
  }

  private static EventStream failing(RequestParams request) {
    return patience -> {
      if (patience.isZero()) {
        return "";
      }
      throw new IllegalStateException("the database password is hunter2");
    };
  }

  private ApiServer serve(int ofOneClient, int ofAll) {
    Routes streams =
        () ->
            List.of(
                Route.stream("/silent", OpenStreamsTest::silent),
                Route.stream("/much", this::much),
                Route.stream("/failing", OpenStreamsTest::failing));
    return new ApiServer(
            new ApiSettings(
                "127.0.0.1",
                0,
                1_000,
                1_000,
                100,
                Duration.ofSeconds(5),
                new ApiSettings.Streams(ofOneClient, ofAll, SHORT, SHORT)),
            List.of(streams),
            () -> 0)
        .start();
  }

  @Test
  void disconnectsWhoDoesNotTakeWhatItIsSent() throws Exception {
    try (ApiServer server = serve(10, 10);
        Socket socket = ask(server, "/much")) {
      while (asked.get() == 0 || server.openStreams() > 0) {
        Thread.sleep(20);
      }
      assertThat(asked.get()).as("megabytes, all in the network's buffers").isLessThan(100);
      assertThatThrownBy(() -> drain(socket)).isInstanceOf(IOException.class);
    }
  }

  /** Who reads a little now and then takes too long for a page, and does not hold it for ever. */
  @Test
  void disconnectsWhoTakesAFewBytesNowAndThen() throws Exception {
    try (ApiServer server = serve(10, 10);
        Socket socket = ask(server, "/much")) {
      long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      int taken = 0;
      while (System.nanoTime() < until && (taken == 0 || server.openStreams() > 0)) {
        taken += Math.max(0, socket.getInputStream().read(new byte[16]));
        Thread.sleep(50);
      }
      assertThat(server.openStreams()).isZero();
    }
  }

  @Test
  void saysNowAndThenThatItIsThere() {
    try (ApiServer server = serve(10, 10);
        StreamClient stream = StreamClient.open(url(server, "/silent"), null)) {
      assertThat(stream.headers().firstValue("cache-control")).contains("no-store");
      assertThat(stream.headers().firstValue("x-accel-buffering")).contains("no");
      for (int i = 0; i < 3; i++) {
        assertThat(stream.comment()).isEqualTo(":");
      }
      assertThat(stream.hasMore()).isFalse();
    }
  }

  @Test
  void noticesWhoWentAndGivesTheirPlaceToOthers() throws Exception {
    try (ApiServer server = serve(3, 10)) {
      for (int round = 0; round < 3; round++) {
        List<StreamClient> open = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          open.add(StreamClient.open(url(server, "/silent"), null));
        }
        try (StreamClient refused = StreamClient.ask(url(server, "/silent"), null)) {
          assertThat(refused.status()).isEqualTo(429);
        }
        open.forEach(StreamClient::close);
        while (server.openStreams() > 0) {
          Thread.sleep(20);
        }
      }
    }
  }

  @Test
  void holdsSoManyInAll() {
    try (ApiServer server = serve(10, 2);
        StreamClient first = StreamClient.open(url(server, "/silent"), null);
        StreamClient second = StreamClient.open(url(server, "/silent"), null);
        StreamClient third = StreamClient.ask(url(server, "/silent"), null)) {
      assertThat(List.of(first.status(), second.status(), third.status()))
          .containsExactly(200, 200, 429);
    }
  }

  @Test
  void endsAllStreamsWhenTheServiceEnds() throws Exception {
    ApiServer server = serve(10, 10);
    List<StreamClient> open = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      open.add(StreamClient.open(url(server, "/silent"), null));
    }
    CountDownLatch closed = new CountDownLatch(1);
    Thread.ofVirtual()
        .start(() -> {
          server.close();
          closed.countDown();
        });
    open.forEach(StreamClient::awaitEnd);
    assertThat(closed.await(4, TimeUnit.SECONDS)).as("does not wait for clients").isTrue();
    open.forEach(StreamClient::close);
  }

  @Test
  void endsAStreamThatFailsWithoutSayingWhy() throws IOException {
    try (ApiServer server = serve(10, 10);
        Socket socket = ask(server, "/failing")) {
      assertThat(drain(socket)).contains(" 200 ").doesNotContain("hunter2");
    }
  }

  private static URI url(ApiServer server, String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  private static Socket ask(ApiServer server, String path) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(10_000);
    socket
        .getOutputStream()
        .write(
            ("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /** Reads what is left; a connection that is cut in the midst of a chunk is an error. */
  private static String drain(Socket socket) throws IOException {
    byte[] all = socket.getInputStream().readAllBytes();
    String text = new String(all, StandardCharsets.UTF_8);
    if (all.length > MUCH.length() && !text.endsWith("0\r\n\r\n")) {
      throw new IOException("cut off");
    }
    return text;
  }
}
