package io.fundtrail.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks a server on this machine, and holds every answer against the description. */
public final class ApiClient implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final DescribedAnswers description = new DescribedAnswers();
  private final URI root;

  public ApiClient(int port) {
    this.root = URI.create("http://127.0.0.1:" + port);
  }

  /** An answer that fits the description. */
  public record Reply(int status, java.net.http.HttpHeaders headers, String body) {
    public JsonNode json() {
      try {
        return Json.read(body.getBytes(StandardCharsets.UTF_8));
      } catch (JsonProcessingException e) {
        throw new AssertionError("not JSON: " + body, e);
      }
    }

    public String header(String name) {
      return headers.firstValue(name).orElse("");
    }
  }

  public Reply get(String path) {
    return send("GET", path, BodyPublishers.noBody(), "application/json");
  }

  /** The answer's JSON, after checking that it is no problem. */
  public JsonNode read(String path) {
    Reply reply = get(path);
    if (reply.status() != 200) {
      throw new AssertionError("GET " + path + ": " + reply.body());
    }
    return reply.json();
  }

  public Reply post(String path, String json) {
    return send("POST", path, BodyPublishers.ofString(json), "application/json");
  }

  public Reply send(String method, String path, BodyPublisher body, String contentType) {
    HttpRequest request =
        request(path).header("content-type", contentType).method(method, body).build();
    return exchange(request, path);
  }

  /** Asks for what has another tag than one that is known. */
  public Reply getUnless(String path, String tag) {
    return exchange(request(path).header("If-None-Match", tag).build(), path);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(root.resolve(path)).timeout(Duration.ofSeconds(30));
  }

  private Reply exchange(HttpRequest request, String path) {
    try {
      var response = http.send(request, BodyHandlers.ofString());
      Reply reply = new Reply(response.statusCode(), response.headers(), response.body());
      description.check(
          request.method(), path, reply.status(), reply.header("content-type"), reply.body());
      return reply;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + path, e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
