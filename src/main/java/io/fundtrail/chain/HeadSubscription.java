package io.fundtrail.chain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of new blocks over a WebSocket (eth_subscribe), and connects again whenever that ends. What
 * it hears is not believed: it is only a reason to look at the chain now rather than later. So an
 * endpoint that invents blocks makes its reader look too often, some fifty times a second at most,
 * and one that keeps silent makes it look too late, for which it must go on looking by itself.
 */
public final class HeadSubscription implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HeadSubscription.class);

  /** In characters; what a node says of a new block has some two thousand. */
  private static final int LONGEST_MESSAGE = 1 << 16;

  private static final int QUESTION = 1;
  private static final String SUBSCRIBE =
      "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"eth_subscribe\",\"params\":[\"newHeads\"]}"
          .formatted(QUESTION);

  /**
   * How long to wait for what.
   *
   * @param answer longest wait for the connection, and for the answer to a question
   * @param ping between two questions whether the endpoint is still there
   * @param firstPause before connecting again; doubled each time until a block is heard of
   * @param longestPause most that the pause becomes
   * @param betweenMessages least time from one message to the next
   */
  public record Timing(
      Duration answer,
      Duration ping,
      Duration firstPause,
      Duration longestPause,
      Duration betweenMessages) {
    public static final Timing DEFAULT =
        new Timing(
            Duration.ofSeconds(10),
            Duration.ofSeconds(15),
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            Duration.ofMillis(20));
  }

  private final URI url;
  private final Timing timing;
  private final Runnable wake;
  private final HttpClient http;
  private final Executor nextMessage;
  private final Thread thread;
  private volatile boolean open;
  private volatile boolean closed;

  private HeadSubscription(URI url, Timing timing, Runnable wake) {
    this.url = url;
    this.timing = timing;
    this.wake = wake;
    this.http = HttpClient.newBuilder().connectTimeout(timing.answer()).build();
    this.nextMessage =
        CompletableFuture.delayedExecutor(timing.betweenMessages().toNanos(), TimeUnit.NANOSECONDS);
    this.thread = Thread.ofPlatform().name("head-subscription").daemon().unstarted(this::run);
  }

  /**
   * Begins to listen.
   *
   * @param url ws or wss
   * @param wake called when there may be a new block, and when listening begins or ends
   */
  public static HeadSubscription open(URI url, Timing timing, Runnable wake) {
    HeadSubscription subscription = new HeadSubscription(url, timing, wake);
    subscription.thread.start();
    return subscription;
  }

  /** Whether the endpoint has agreed to tell, and the connection stands. */
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    http.shutdownNow();
  }

  private void run() {
    Duration pause = timing.firstPause();
    boolean said = false;
    try {
      while (!closed) {
        Connection connection = new Connection();
        String ended = connection.listen();
        if (connection.heard) {
          pause = timing.firstPause();
          said = false;
        }
        if (!said && !closed) {
          LOG.warn(
              "New blocks are looked for, since the endpoint does not tell of them: {}", ended);
          said = true;
        }
        wake.run();
        Thread.sleep(pause);
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(timing.longestPause()) < 0 ? doubled : timing.longestPause();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One connection, from its beginning to its end. */
  private final class Connection implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();
    private final CompletableFuture<String> subscribed = new CompletableFuture<>();
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private volatile boolean alive = true;
    private volatile boolean heard;

    /** Listens until it ends, and says why it did. */
    String listen() throws InterruptedException {
      WebSocket socket = null;
      try {
        socket = within(http.newWebSocketBuilder().buildAsync(url, this));
        within(socket.sendText(SUBSCRIBE, true));
        within(CompletableFuture.anyOf(subscribed, ended));
        if (ended.isDone()) {
          return ended.join();
        }
        open = true;
        LOG.info("The endpoint tells of new blocks");
        wake.run();
        return untilItEnds(socket);
      } catch (TimeoutException e) {
        return "no answer within " + timing.answer();
      } catch (ExecutionException e) {
        return reason(e.getCause());
      } finally {
        open = false;
        if (socket != null) {
          socket.abort();
        }
      }
    }

    private String untilItEnds(WebSocket socket)
        throws InterruptedException, ExecutionException, TimeoutException {
      while (alive) {
        alive = false;
        within(socket.sendPing(ByteBuffer.allocate(0)));
        try {
          return ended.get(timing.ping().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
          LOG.trace("Still connected", e);
        }
      }
      return "it no longer answers";
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      alive = true;
      message.append(part);
      if (message.length() > LONGEST_MESSAGE) {
        ended.complete("a message has more than %d characters".formatted(LONGEST_MESSAGE));
        socket.abort();
      } else if (last) {
        read(message.toString());
        message.setLength(0);
        nextMessage.execute(() -> socket.request(1));
      } else {
        socket.request(1);
      }
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean last) {
      ended.complete("a message is not text");
      socket.abort();
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer part) {
      alive = true;
      nextMessage.execute(() -> socket.request(1));
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer part) {
      nextMessage.execute(() -> socket.request(1));
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      ended.complete("it closed the connection with status " + status);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      ended.complete(reason(error));
    }

    private void read(String text) {
      JsonNode json;
      try {
        json = JsonRpc.MAPPER.readTree(text);
      } catch (JsonProcessingException e) {
        ended.complete("a message is broken JSON");
        return;
      }
      JsonNode params = json.path("params");
      if (json.path("id").asInt() == QUESTION && !subscribed.isDone()) {
        if (json.path("result").isTextual()) {
          subscribed.complete(json.path("result").textValue());
        } else {
          ended.complete("it refuses: " + json.path("error").path("message").asText("no reason"));
        }
      } else if (json.path("method").asText().equals("eth_subscription")
          && params.path("result").isObject()
          && params.path("subscription").asText().equals(subscribed.getNow(""))) {
        heard = true;
        wake.run();
      }
    }

    private <T> T within(CompletableFuture<T> future)
        throws InterruptedException, ExecutionException, TimeoutException {
      return future.get(timing.answer().toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  /** By its kind alone: the message may have the URL, and that a key. */
  private static String reason(@Nullable Throwable error) {
    return error == null ? "no reason" : error.getClass().getSimpleName();
  }
}
