package io.fundtrail.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.api.Field.Form;
import io.fundtrail.api.Moment.AtBlock;
import io.fundtrail.api.Moment.AtTime;
import io.fundtrail.api.Moment.Latest;
import io.fundtrail.api.Moment.Pinned;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** What a request asks, read into types. */
public final class RequestParams {
  private static final Pattern CURSOR = Pattern.compile("[A-Za-z0-9_-]{1,1000}");
  static final String LAST_EVENT_ID = "Last-Event-ID";

  private static final int USUAL_LIMIT = 50;
  private static final int HIGHEST_LIMIT = 200;

  private final Route route;
  private final Map<String, String> path;
  private final Map<String, String> query;
  private final Supplier<byte[]> body;
  private final List<String> lastEventIds;

  private RequestParams(
      Route route,
      Map<String, String> path,
      Map<String, String> query,
      Supplier<byte[]> body,
      List<String> lastEventIds) {
    this.route = route;
    this.path = path;
    this.query = query;
    this.body = body;
    this.lastEventIds = lastEventIds;
  }

  /** Refuses query parameters that the route does not take, or that are given twice. */
  static RequestParams of(
      Route route,
      Map<String, String> path,
      Map<String, List<String>> query,
      Supplier<byte[]> body) {
    Map<String, String> single = new TreeMap<>();
    if (route.kind() instanceof Route.Kind.Shows) {
      return new RequestParams(route, path, single, body, List.of());
    }
    query.forEach((name, values) -> {
      if (!route.query().contains(name)) {
        throw Problem.invalid("query", name, values.getFirst(), expectedParameters(route));
      }
      if (values.size() > 1) {
        throw Problem.invalid("query", name, String.join(", ", values), "one value");
      }
      single.put(name, values.getFirst());
    });
    return new RequestParams(route, path, single, body, List.of());
  }

  /** The same request with what its headers {@code Last-Event-ID} say. */
  RequestParams after(List<String> ids) {
    return new RequestParams(route, path, query, body, List.copyOf(ids));
  }

  /** The id of the last event that the client of a stream has seen. */
  public Optional<Field> lastEventId() {
    if (lastEventIds.size() > 1) {
      throw Problem.invalid("header", LAST_EVENT_ID, String.join(", ", lastEventIds), "one value");
    }
    return lastEventIds.stream()
        .filter(id -> !id.isEmpty())
        .map(given -> new Field("header", LAST_EVENT_ID, given, Form.URL))
        .findFirst();
  }

  public Field path(String name) {
    String given = path.get(name);
    if (given == null) {
      throw new IllegalStateException(route.path() + " has no part " + name);
    }
    return new Field("path", name, given, Form.URL);
  }

  public Optional<Field> query(String name) {
    if (!route.query().contains(name)) {
      throw new IllegalStateException(route.path() + " takes no parameter " + name);
    }
    return Optional.ofNullable(query.get(name))
        .map(given -> new Field("query", name, given, Form.URL));
  }

  /** The body as a JSON object with exactly these fields. */
  public BodyFields body(String... names) {
    return new BodyFields(json(), "", names);
  }

  /** The body as it came, at most as long as the server allows. */
  public byte[] bodyBytes() {
    return body.get();
  }

  /** The parameters {@code block}, {@code at} and {@code cursor}, of which at most one is given. */
  public Moment moment() {
    Optional<Field> block = known("block");
    Optional<Field> at = known("at");
    Optional<Cursor> cursor = cursor();
    if (block.isPresent() && at.isPresent()) {
      throw at.get().wrong("either block or at, not both");
    }
    if (cursor.isPresent()) {
      Optional<Field> other = block.or(() -> at);
      if (other.isPresent()) {
        throw other.get().wrong("nothing beside a cursor, which is bound to a block already");
      }
      return new Pinned(cursor.get().blockNumber(), cursor.get().blockHash());
    }
    return block
        .<Moment>map(field -> new AtBlock(field.blockNumber()))
        .or(() -> at.map(field -> new AtTime(field.time())))
        .orElseGet(Latest::new);
  }

  /** The parameters {@code limit} and {@code cursor}. */
  public Paging paging() {
    return paging(HIGHEST_LIMIT);
  }

  /** The same, where a page may have another number of items at most. */
  public Paging paging(int highest) {
    int limit = query("limit").map(field -> (int) field.integer(1, highest)).orElse(USUAL_LIMIT);
    return new Paging(filter(), limit, cursor().orElse(null));
  }

  private Optional<Cursor> cursor() {
    return known("cursor").map(this::cursor);
  }

  private Cursor cursor(Field field) {
    String expected = "the «next» of the page before, with the same filter";
    String text = field.matching(CURSOR, expected);
    Cursor cursor;
    try {
      cursor = Cursor.parse(text);
    } catch (IllegalArgumentException e) {
      throw field.wrong(expected);
    }
    if (!cursor.filter().equals(filter())) {
      throw field.wrong(expected);
    }
    return cursor;
  }

  /** The list that is asked for: path and filter, without the place in it. */
  private String filter() {
    List<String> parts = new ArrayList<>(List.of(route.path()));
    new TreeMap<>(path).forEach((name, value) -> parts.addAll(List.of(name, value)));
    query.forEach((name, value) -> {
      if (!List.of("limit", "cursor", "block", "at").contains(name)) {
        parts.addAll(List.of(name, value));
      }
    });
    return Cursor.filterOf(parts);
  }

  private Optional<Field> known(String name) {
    return route.query().contains(name) ? query(name) : Optional.empty();
  }

  private JsonNode json() {
    byte[] bytes = bodyBytes();
    if (bytes.length == 0) {
      throw Problem.invalid("body", "body", null, "a JSON object");
    }
    try {
      return Json.read(bytes);
    } catch (JsonProcessingException e) {
      throw Problem.invalid(
          "body", "body", "text that is not JSON at byte " + offset(e), "a JSON object");
    }
  }

  private static long offset(JsonProcessingException e) {
    return e.getLocation() == null ? 0 : e.getLocation().getByteOffset();
  }

  private static String expectedParameters(Route route) {
    return route.query().isEmpty()
        ? "no query parameter"
        : "one of the parameters " + String.join(", ", route.query().stream().sorted().toList());
  }
}
