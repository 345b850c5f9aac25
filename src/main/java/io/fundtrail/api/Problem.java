package io.fundtrail.api;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is an error, as RFC 9457 has it. Thrown by whoever finds out; {@link ApiServer}
 * alone writes it. Its detail is for people and never tells of the service's insides.
 */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int MOST_OF_GIVEN = 200;

  private final ProblemType type;
  private final transient Map<String, @Nullable Object> members;
  private final transient Map<String, String> headers;

  private Problem(
      ProblemType type,
      String detail,
      Map<String, @Nullable Object> members,
      Map<String, String> headers) {
    super(detail, null, false, false);
    this.type = type;
    this.members = members;
    this.headers = headers;
  }

  public static Problem of(ProblemType type, String detail) {
    return new Problem(type, detail, Map.of(), Map.of());
  }

  /** A problem with members of its own beside the four that every problem has. */
  public static Problem of(
      ProblemType type, String detail, Map<String, @Nullable Object> ownMembers) {
    return new Problem(type, detail, ownMembers, Map.of());
  }

  public static Problem notFound(String what) {
    return of(ProblemType.NOT_FOUND, "There is no " + what + ".");
  }

  public static Problem notReady(String why) {
    return of(ProblemType.NOT_READY, why);
  }

  /**
   * A parameter or field that is not right.
   *
   * @param in path, query or body
   * @param given null when it is missing
   * @param expected what would be right, to follow "expected"
   */
  public static Problem invalid(String in, String name, @Nullable String given, String expected) {
    String shown = given == null ? null : shorten(given);
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("in", in);
    members.put("parameter", name);
    members.put("given", shown);
    members.put("expected", expected);
    String what = shown == null ? "is missing" : "is «" + shown + "»";
    return of(
        ProblemType.INVALID_REQUEST,
        name + " (" + in + ") " + what + "; expected " + expected + ".",
        members);
  }

  public ProblemType type() {
    return type;
  }

  /** A member of its own, if it has it. */
  public Optional<Object> member(String name) {
    return Optional.ofNullable(members.get(name));
  }

  Map<String, String> headers() {
    return headers;
  }

  Problem with(String header, String value) {
    return new Problem(type, String.valueOf(getMessage()), members, Map.of(header, value));
  }

  /** The members in the order in which they are written. */
  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("type", type.uri());
    json.put("title", type.title());
    json.put("status", type.status());
    json.put("detail", getMessage());
    json.putAll(members);
    return json;
  }

  private static String shorten(String given) {
    return given.codePointCount(0, given.length()) <= MOST_OF_GIVEN
        ? given
        : given.substring(0, given.offsetByCodePoints(0, MOST_OF_GIVEN)) + "…";
  }
}
