package io.fundtrail.api;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An answer that is no problem. Its bytes are not copied: who makes one gives them away. */
public final class Answer {
  static final String JSON_TYPE = "application/json";
  static final String ETAG = "ETag";
  private static final Pattern OWN_POLICY =
      Pattern.compile("http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\"");
  private static final String LASTING = "public, max-age=31536000, immutable";
  public static final String HTML_TYPE = "text/html; charset=utf-8";

  private final int status;
  private final String contentType;
  private final Body body;
  private final Map<String, String> headers;

  /** What is written to whoever asked. */
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** What an answer consists of: bytes that are there, or something to make when it is sent. */
  sealed interface Body {
    final class Whole implements Body {
      private final byte[] bytes;

      private Whole(byte[] bytes) {
        this.bytes = bytes;
      }

      byte[] bytes() {
        return bytes;
      }
    }

    record Streamed(Supplier<Content> content) implements Body {}
  }

  private Answer(int status, String contentType, Body body, Map<String, String> headers) {
    this.status = status;
    this.contentType = contentType;
    this.body = body;
    this.headers = headers;
  }

  private Answer(int status, String contentType, byte[] body, Map<String, String> headers) {
    this(status, contentType, new Body.Whole(body), headers);
  }

  /**
   * 200 with a record, list or map as JSON. What is {@link Dated} is tagged, and kept for good
   * where it cannot change.
   */
  public static Answer json(Object value) {
    byte[] json = Json.write(value);
    return new Answer(
        200,
        JSON_TYPE,
        json,
        value instanceof Dated dated ? kept(EntityTag.of(json), dated.asOf().lasting()) : Map.of());
  }

  /** 202 with JSON and where to ask what became of it. */
  public static Answer accepted(Object value, String location) {
    return new Answer(202, JSON_TYPE, Json.write(value), Map.of("Location", location));
  }

  /**
   * 200 with JSON that is made and sent only to those who do not have it by its tag already.
   *
   * @param json throws a {@link Problem} where there is no answer
   * @param lasting whether the same question never has another answer, so that nobody need ask
   *     again
   */
  public static Answer tagged(Supplier<Content> json, String tag, boolean lasting) {
    return new Answer(200, JSON_TYPE, new Body.Streamed(json), kept(tag, lasting));
  }

  private static Map<String, String> kept(String tag, boolean lasting) {
    return Map.of(ETAG, '"' + tag + '"', "Cache-Control", lasting ? LASTING : "no-cache");
  }

  static Answer html(String page) {
    return new Answer(200, HTML_TYPE, page.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  /** 200 with a file that is kept under a name. */
  public static Answer download(String contentType, byte[] content, String name) {
    return new Answer(
        200,
        contentType,
        content,
        Map.of(
            "Content-Disposition",
            "attachment; filename=\"" + name + '"',
            "Cache-Control",
            "no-cache"));
  }

  /**
   * 200 with a page of one file that says itself, in a {@code meta} element, what it may run and
   * load; the header says the same, and what only a header can say.
   *
   * @throws IllegalArgumentException if it does not say so
   */
  public static Answer standalone(byte[] page) {
    Matcher policy = OWN_POLICY.matcher(new String(page, StandardCharsets.UTF_8));
    if (!policy.find()) {
      throw new IllegalArgumentException("the page does not say what it may run and load");
    }
    return file(
        HTML_TYPE,
        page,
        Map.of("Content-Security-Policy", policy.group(1) + "; frame-ancestors 'none'"));
  }

  /** 200 with the content of a file. */
  public static Answer file(String contentType, byte[] content, Map<String, String> headers) {
    return new Answer(200, contentType, content, headers);
  }

  static Answer problem(Problem problem) {
    return new Answer(
        problem.type().status(),
        "application/problem+json",
        Json.write(problem.json()),
        problem.headers());
  }

  /** The bytes of an answer that was read from the index. */
  Optional<byte[]> indexed() {
    return body instanceof Body.Whole whole && headers.containsKey(ETAG)
        ? Optional.of(whole.bytes())
        : Optional.empty();
  }

  int status() {
    return status;
  }

  String contentType() {
    return contentType;
  }

  Body body() {
    return body;
  }

  Map<String, String> headers() {
    return headers;
  }
}
