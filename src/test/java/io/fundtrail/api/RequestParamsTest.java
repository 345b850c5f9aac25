package io.fundtrail.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fundtrail.api.Moment.AtBlock;
import io.fundtrail.api.Moment.AtTime;
import io.fundtrail.api.Moment.Latest;
import io.fundtrail.api.Moment.Pinned;
import io.fundtrail.api.Paging.Page;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import io.fundtrail.model.TokenAmount;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestParamsTest {
  private static final BlockRef BLOCK = new BlockRef(7, Hash.ofUint(BigInteger.TEN), Instant.EPOCH);
  private static final Route LIST =
      Route.get(
          "/v1/things/{address}", _ -> Answer.json(1), "block", "at", "limit", "cursor", "color");

  @Test
  void readsTheMomentThatIsAskedFor() {
    assertThat(list().moment()).isEqualTo(new Latest());
    assertThat(list("block", "17").moment()).isEqualTo(new AtBlock(17));
    assertThat(list("at", "2017-07-08T00:00:00Z").moment())
        .isEqualTo(new AtTime(Instant.parse("2017-07-08T00:00:00Z")));
  }

  @Test
  void refusesTwoMomentsAtOnce() {
    refuses(() -> list("block", "1", "at", "2017-07-08T00:00:00Z").moment(), "not both");
    String cursor = cursorOf(list());
    refuses(() -> list("block", "1", "cursor", cursor).moment(), "beside a cursor");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "01", "1e3", "1.0", "", "9007199254740992", "99999999999999999999"})
  void refusesABlockThatIsNoNumber(String block) {
    refuses(() -> list("block", block).moment(), "a whole number from 0 to 9007199254740991");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2017-07-08",
        "2017-07-08T00:00:00",
        "2017-07-08T00:00:00.5Z",
        "2017-02-30T00:00:00Z",
        "2017-07-08T00:00:00+02:00",
        "1499472000"
      })
  void refusesATimeThatIsNotUtcToTheSecond(String time) {
    refuses(() -> list("at", time).moment(), "2017-07-08T00:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-5", "201", "ten"})
  void refusesALimitOutOfRange(String limit) {
    refuses(() -> list("limit", limit).paging(), "a whole number from 1 to 200");
  }

  @Test
  void goesOnAfterTheLastItemOfAPageAtTheSameBlock() {
    RequestParams next = list("cursor", cursorOf(list()), "limit", "5");
    assertThat(next.moment()).isEqualTo(new Pinned(BLOCK.number(), BLOCK.hash()));
    assertThat(next.paging().after().orElseThrow().part(0).text(1, 9)).isEqualTo("b");
  }

  @Test
  void hasNoNextPageWhenEverythingIsShown() {
    Page<String> page = list("limit", "2").paging().page(List.of("a", "b"), BLOCK, List::of);
    assertThat(page.next()).isNull();
  }

  @Test
  void refusesACursorOfAnotherFilterOrAnotherList() {
    String cursor = cursorOf(list());
    refuses(() -> list("cursor", cursor, "color", "red").paging(), "with the same filter");
    refuses(() -> of("0xother", Map.of("cursor", List.of(cursor))).moment(), "the same filter");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "!", "AAAA", "bnVsbA", "WzEsMl0", "WyJhIiwieCIsIjB4IixbXV0"})
  void refusesACursorThatIsNone(String cursor) {
    refuses(() -> list("cursor", cursor).moment(), "«next»");
  }

  @Test
  void refusesAParameterGivenTwice() {
    refuses(() -> of("0x1", Map.of("color", List.of("red", "blue"))), "one value");
  }

  @ParameterizedTest
  @CsvSource({
    "0,6,0.00",
    "1,6,0.000001",
    "13594280000,6,13594.28",
    "100000000,6,100.00",
    "100500000,6,100.50",
    "7,0,7",
    "15,1,1.5",
    "20,1,2.0",
    "1000000000000000000,18,1.00",
    "1,18,0.000000000000000001"
  })
  void writesMoneyExactlyWithAtLeastTwoPlaces(String units, int decimals, String text) {
    assertThat(Money.text(TokenAmount.parseUnits(units), decimals)).isEqualTo(text);
  }

  @Test
  void tellsNumbersFromTextInABody() {
    BodyFields body = body("{\"count\":3,\"shares\":\"7\",\"paused\":true}");
    assertThat(body.field("count").integer(1, 10)).isEqualTo(3);
    assertThat(body.field("shares").shares().shares()).isEqualTo(7);
    assertThat(body.field("paused").flag()).isTrue();
    refuses(() -> body.field("count").shares(), "as a string");
    refuses(() -> body.field("shares").integer(1, 10), "a whole number");
    refuses(() -> body.field("shares").flag(), "true or false");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"0\"",
        "\"-1\"",
        "\"1.5\"",
        "\"1e3\"",
        "\"\"",
        "\"9223372036854775808\"",
        "null"
      })
  void refusesSharesThatAreNotAPositiveWholeNumber(String shares) {
    BodyFields body = body("{\"count\":1,\"shares\":" + shares + ",\"paused\":true}");
    refuses(() -> body.field("shares").shares(), "a whole number of shares");
  }

  private static BodyFields body(String json) {
    return RequestParams.of(
            Route.post("/x", _ -> Answer.json(1)),
            Map.of(),
            Map.of(),
            () -> json.getBytes(StandardCharsets.UTF_8))
        .body("count", "shares", "paused");
  }

  private static String cursorOf(RequestParams request) {
    Page<String> page =
        new Paging(filterOf(request), 2, null).page(List.of("a", "b", "c"), BLOCK, List::of);
    assertThat(page.items()).containsExactly("a", "b");
    return Objects.requireNonNull(page.next());
  }

  /** The filter that the request's own cursor would carry. */
  private static String filterOf(RequestParams request) {
    String next = request.paging().page(Collections.nCopies(51, "x"), BLOCK, List::of).next();
    return Cursor.parse(Objects.requireNonNull(next)).filter();
  }

  private static RequestParams list(String... query) {
    Map<String, List<String>> given = new HashMap<>();
    for (int i = 0; i < query.length; i += 2) {
      given.put(query[i], List.of(query[i + 1]));
    }
    return of("0x1", given);
  }

  private static RequestParams of(String address, Map<String, List<String>> query) {
    return RequestParams.of(LIST, Map.of("address", address), query, () -> new byte[0]);
  }

  private static void refuses(ThrowingCallable request, String expected) {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(request)
        .withMessageContaining(expected)
        .matches(problem -> problem.type() == ProblemType.INVALID_REQUEST);
  }
}
