package io.fundtrail.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads a stream as a browser does: fields, events, the id to come again with. */
public final class StreamClient implements AutoCloseable {
  private static final long LIMIT_SECONDS = 20;

  private final HttpClient http = HttpClient.newHttpClient();
  private final BlockingQueue<Sent> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> comments = new LinkedBlockingQueue<>();
  private final BlockingQueue<Boolean> ends = new LinkedBlockingQueue<>();
  private final HttpResponse<InputStream> response;
  private volatile String lastEventId;

  /**
   * An event; its name is {@code message} where it has none.
   *
   * @param id the last id that was sent, with this event or before
   */
  public record Sent(String id, String name, String data) {
    public JsonNode json() {
      try {
        return Json.read(data.getBytes(StandardCharsets.UTF_8));
      } catch (JsonProcessingException e) {
        throw new AssertionError("not JSON: " + data, e);
      }
    }
  }

  private StreamClient(URI url, @Nullable String after) {
    HttpRequest.Builder request = HttpRequest.newBuilder(url).header("Accept-Encoding", "gzip");
    this.lastEventId = after == null ? "" : after;
    if (after != null) {
      request.header("Last-Event-ID", after);
    }
    try {
      this.response = http.send(request.build(), BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a stream opens", e);
    }
    if (response.statusCode() == 200) {
      Thread.ofVirtual().start(this::read);
    }
  }

  /** Opens a stream and waits for the first that it says. */
  public static StreamClient open(URI url, @Nullable String after) {
    StreamClient client = new StreamClient(url, after);
    assertThat(client.status()).isEqualTo(200);
    assertThat(client.headers().firstValue("content-type").orElse(""))
        .startsWith("text/event-stream");
    assertThat(client.headers().firstValue("content-encoding")).isEmpty();
    client.comment();
    return client;
  }

  /** Asks for a stream that may be refused. */
  public static StreamClient ask(URI url, @Nullable String after) {
    return new StreamClient(url, after);
  }

  public int status() {
    return response.statusCode();
  }

  public HttpHeaders headers() {
    return response.headers();
  }

  /** The id to come again with. */
  public String lastEventId() {
    return lastEventId;
  }

  /** The next event, which must come. */
  public Sent next() {
    return Objects.requireNonNull(poll(events), "no event came");
  }

  /** A comment, which must come. */
  public String comment() {
    return Objects.requireNonNull(poll(comments), "no comment came");
  }

  /** Waits until the service ends the stream. */
  public void awaitEnd() {
    Objects.requireNonNull(poll(ends), "the stream did not end");
  }

  /** Whether an event has come that was not asked for. */
  public boolean hasMore() {
    return !events.isEmpty();
  }

  @Override
  public void close() {
    try {
      response.body().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      http.shutdownNow();
    }
  }

  private static <T> @Nullable T poll(BlockingQueue<T> queue) {
    try {
      return queue.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a stream is read", e);
    }
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      String id = lastEventId;
      String name = "message";
      StringBuilder data = new StringBuilder();
      String line = lines.readLine();
      while (line != null) {
        if (line.isEmpty()) {
          lastEventId = id;
          if (!data.isEmpty()) {
            events.add(new Sent(id, name, data.toString()));
          }
          name = "message";
          data.setLength(0);
        } else if (line.startsWith(":")) {
          comments.add(line);
        } else if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("event: ")) {
          name = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data.append(line.substring(6));
        } else {
          throw new AssertionError("no field of a stream: " + line);
        }
        line = lines.readLine();
      }
    } catch (IOException e) {
      // The connection ended.
    } finally {
      ends.add(true);
    }
  }
}
