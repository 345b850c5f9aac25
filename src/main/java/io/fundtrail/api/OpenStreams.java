package io.fundtrail.api;

import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streams that are open: each on its virtual thread, which waits or writes. A client that does
 * not take what it is sent is disconnected; so are all when the service ends.
 */
final class OpenStreams implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpenStreams.class);
  private static final long LOOK_MILLIS = 500;

  private final ApiSettings.Streams limits;
  private final Set<Client> clients = ConcurrentHashMap.newKeySet();
  private final Map<String, Integer> byAddress = new HashMap<>();
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("streams").daemon().factory());
  private int entered;
  private volatile boolean closed;

  OpenStreams(ApiSettings.Streams limits) {
    this.limits = limits;
  }

  void start() {
    var _ =
        looks.scheduleWithFixedDelay(
            this::disconnectSlow, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** How many are open. */
  int count() {
    synchronized (byAddress) {
      return entered;
    }
  }

  /** Counts a stream in, until the place is closed. */
  Place enter(InetAddress address) {
    String key = ClientLimits.keyOf(address);
    synchronized (byAddress) {
      int ofOne = byAddress.getOrDefault(key, 0);
      if (ofOne >= limits.ofOneClient()) {
        throw tooMany("One client may have at most %d streams open".formatted(ofOne));
      }
      if (entered >= limits.ofAll()) {
        throw tooMany("The service has %d streams open, as many as it holds".formatted(entered));
      }
      byAddress.put(key, ofOne + 1);
      entered++;
    }
    return () -> {
      synchronized (byAddress) {
        byAddress.computeIfPresent(key, (_, count) -> count == 1 ? null : count - 1);
        entered--;
      }
    };
  }

  /** Sends what the stream has until the client goes, or has to. */
  void serve(EventStream stream, Context context) {
    Client client =
        new Client(
            Thread.currentThread(),
            ServletContextRequest.getServletContextRequest(context.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint());
    clients.add(client);
    try {
      String first = stream.next(Duration.ZERO);
      context.status(200).contentType(ServerSentEvents.TYPE);
      context.header("X-Accel-Buffering", "no");
      ServletOutputStream out = context.res().getOutputStream();
      client.write(out, ServerSentEvents.HEARTBEAT + first);
      while (!closed) {
        String next = stream.next(limits.heartbeat());
        client.write(out, next.isEmpty() ? ServerSentEvents.HEARTBEAT : next);
      }
    } catch (IOException e) {
      // The client went, or was too slow: neither is news.
      client.endPoint.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      client.endPoint.close();
    } catch (RuntimeException e) {
      LOG.warn("A stream ends, since what follows cannot be read: {}", e.toString());
      client.endPoint.close();
    } finally {
      clients.remove(client);
    }
  }

  @Override
  public void close() {
    closed = true;
    looks.shutdownNow();
    clients.forEach(client -> {
      client.endPoint.close();
      client.thread.interrupt();
    });
  }

  private void disconnectSlow() {
    long now = System.nanoTime();
    for (Client client : clients) {
      if (client.hasWaited(now, limits.patience().toNanos())) {
        client.endPoint.close();
      }
    }
  }

  private static Problem tooMany(String what) {
    return Problem.of(ProblemType.TOO_MANY_REQUESTS, what + "; try again later.")
        .with("Retry-After", "30");
  }

  /** A stream's place among those that are allowed. */
  interface Place extends AutoCloseable {
    @Override
    void close();
  }

  private static final class Client {
    private final Thread thread;
    private final EndPoint endPoint;
    private volatile boolean writing;
    private volatile long since;

    private Client(Thread thread, EndPoint endPoint) {
      this.thread = thread;
      this.endPoint = endPoint;
    }

    private void write(ServletOutputStream out, String text) throws IOException {
      since = System.nanoTime();
      writing = true;
      try {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
      } finally {
        writing = false;
      }
    }

    private boolean hasWaited(long now, long limit) {
      return writing && now - since > limit;
    }
  }
}
