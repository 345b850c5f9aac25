package io.fundtrail.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.api.ApiClient.Reply;
import io.fundtrail.app.DevelopmentAccount;
import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.store.Database;
import io.fundtrail.store.OnBothDatabases;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.io.TempDir;

/** A register over two years: what changed between, what one person held, which block was when. */
class PastStoryTest {
  private static final DevelopmentAccount ISSUER = new DevelopmentAccount("issuer");
  private static final DevelopmentAccount I1 = new DevelopmentAccount("I1");
  private static final DevelopmentAccount I2 = new DevelopmentAccount("I2");
  private static final DevelopmentAccount I3 = new DevelopmentAccount("I3");
  private static final DevelopmentAccount K2 = new DevelopmentAccount("I1's other wallet");
  private static final Hash DOCUMENT = Hash.parse("0x" + "cd".repeat(32));

  @OnBothDatabases
  void tellsWhatWasWhen(Database database, @TempDir Path folder)
      throws IOException, InterruptedException {
    try (ServedLedger ledger = ServedLedger.start(database, folder)) {
      ledger.at("2017-07-12T00:00:00Z");
      Hash person = ledger.attest(I1, "accredited");
      ledger.attest(I2, "accredited");
      ledger.attest(I3, "accredited");
      Address shares = ledger.openShareClass(ISSUER, "WindowMirror Inc");
      issue(ledger, shares, I1, 4_000);
      issue(ledger, shares, I2, 2_500);
      move(ledger, "2018-03-01T10:00:00Z", shares, I1, I3, 1_000);
      move(ledger, "2018-08-01T10:00:00Z", shares, I2, I3, 300);
      move(ledger, "2018-09-01T10:00:00Z", shares, I3, I2, 300);
      recover(ledger, person, shares);
      changes(ledger, shares);
      pagesOfChanges(ledger, shares);
      historyOfOnePerson(ledger, person, shares);
      blocksAndTimes(ledger);
      keepsForGoodWhatCannotChange(ledger, shares);
      compresses(ledger);
      refuses(ledger, shares, person);
    }
  }

  private static void changes(ServedLedger ledger, Address shares) {
    assertThat(changes(ledger, shares, "from=2017-12-31T00:00:00Z&to=2018-12-31T00:00:00Z"))
        .containsExactlyInAnyOrder(I1.address() + " 4000 3000", I3.address() + " 0 1000");
    assertThat(changes(ledger, shares, "from=2018-04-01T00:00:00Z&to=2018-12-31T00:00:00Z"))
        .as("what was bought back is no change")
        .isEmpty();
    assertThat(changes(ledger, shares, "from=2018-04-01T00:00:00Z&to=2018-08-15T00:00:00Z"))
        .containsExactlyInAnyOrder(I2.address() + " 2500 2200", I3.address() + " 1000 1300");
    assertThat(changes(ledger, shares, "from=2018-12-31T00:00:00Z"))
        .containsExactlyInAnyOrder(I1.address() + " 3000 0", K2.address() + " 0 3000");
    long block = ledger.read("/v1/blocks?at=2018-04-01T00:00:00Z").at("/block/number").longValue();
    JsonNode answer =
        ledger.read(
            "/v1/share-classes/" + shares + "/changes?from=" + block + "&to=" + (block + 1));
    assertThat(answer.at("/from/number").longValue()).isEqualTo(block);
    assertThat(answer.at("/asOf/blockNumber").longValue()).isEqualTo(block + 1);
    assertThat(answer.get("changes")).hasSize(2);
  }

  private static void pagesOfChanges(ServedLedger ledger, Address shares) {
    String path = "/v1/share-classes/" + shares + "/changes?from=2017-07-12T00:00:00Z&limit=1";
    List<String> wallets = new ArrayList<>();
    JsonNode page = ledger.read(path);
    while (true) {
      page.get("changes").forEach(change -> wallets.add(change.get("wallet").textValue()));
      if (page.get("next").isNull()) {
        break;
      }
      page = ledger.read(path + "&cursor=" + page.get("next").textValue());
    }
    assertThat(wallets)
        .isSorted()
        .containsExactlyInAnyOrder(
            I2.address().toString(), I3.address().toString(), K2.address().toString());
  }

  private static List<String> changes(ServedLedger ledger, Address shares, String query) {
    List<String> changes = new ArrayList<>();
    for (JsonNode change :
        ledger.read("/v1/share-classes/" + shares + "/changes?" + query).get("changes")) {
      changes.add(
          change.get("wallet").textValue()
              + " "
              + change.get("before").textValue()
              + " "
              + change.get("after").textValue());
    }
    return changes;
  }

  private static void historyOfOnePerson(ServedLedger ledger, Hash person, Address shares) {
    String path = "/v1/investors/" + person + "/holdings/history";
    List<String> expected =
        List.of(
            "2017-07-12 " + I1.address() + " 0 4000",
            "2018-03-01 " + I1.address() + " 4000 3000",
            "2019-02-20 " + I1.address() + " 3000 0",
            "2019-02-20 " + K2.address() + " 0 3000");
    assertThat(steps(ledger.read(path))).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(steps(ledger.read(path + "?shareClass=" + shares))).hasSize(4);
    assertThat(steps(ledger.read(path + "?shareClass=" + I1.address()))).isEmpty();
    assertThat(steps(ledger.read(path + "?at=2018-12-31T00:00:00Z")))
        .containsExactlyElementsOf(expected.subList(0, 2));
    assertThat(steps(ledger.read("/v1/investors/" + K2.address() + "/holdings/history")))
        .as("a wallet stands for its person")
        .hasSize(4);
    List<String> paged = new ArrayList<>();
    JsonNode page = ledger.read(path + "?limit=1");
    paged.addAll(steps(page));
    while (!page.get("next").isNull()) {
      page = ledger.read(path + "?limit=1&cursor=" + page.get("next").textValue());
      paged.addAll(steps(page));
    }
    assertThat(paged).isEqualTo(steps(ledger.read(path)));
  }

  private static List<String> steps(JsonNode answer) {
    List<String> steps = new ArrayList<>();
    for (JsonNode step : answer.get("steps")) {
      steps.add(
          step.get("time").textValue().substring(0, 10)
              + " "
              + step.get("wallet").textValue()
              + " "
              + step.get("before").textValue()
              + " "
              + step.get("after").textValue());
    }
    return steps;
  }

  /** By the node's own headers, for blocks that the index keeps and for those that it does not. */
  private static void blocksAndTimes(ServedLedger ledger) {
    for (int i = 0; i < 3; i++) {
      ledger.mineEmpty(100);
    }
    long last = ledger.read("/v1/blocks/latest").at("/block/number").longValue();
    assertThat(last).isEqualTo(ledger.reader().head().number());
    for (long number = 1; number <= last; number += 7) {
      var head = ledger.reader().header(number).ref();
      Reply reply = ledger.client().get("/v1/blocks/" + number);
      assertThat(reply.json().at("/block/hash").textValue()).isEqualTo(head.hash().toString());
      assertThat(reply.json().at("/block/time").textValue()).isEqualTo(head.time().toString());
      JsonNode at = ledger.read("/v1/blocks?at=" + head.time());
      assertThat(at.at("/block/number").longValue()).isEqualTo(number);
      assertThat(at.at("/block/hash").textValue()).isEqualTo(head.hash().toString());
    }
    var kept = ledger.reader().header(last).ref();
    assertThat(ledger.read("/v1/blocks/" + kept.hash()).at("/block/number").longValue())
        .isEqualTo(last);
    var next = ledger.reader().header(last - 1).ref();
    assertThat(
            ledger
                .read("/v1/blocks?at=" + kept.time().minusSeconds(1))
                .at("/block/number")
                .longValue())
        .isEqualTo(next.number());
  }

  private static void keepsForGoodWhatCannotChange(ServedLedger ledger, Address shares)
      throws IOException, InterruptedException {
    String holders = "/v1/share-classes/" + shares + "/holders";
    long last = ledger.read("/v1/blocks/latest").at("/block/number").longValue();
    HttpResponse<byte[]> now = get(ledger, holders);
    assertThat(header(now, "cache-control")).isEqualTo("no-cache");
    assertThat(header(now, "etag")).matches("\"[0-9a-f]{32}\"");
    for (String named :
        List.of(
            holders + "?block=" + last,
            holders + "?at=2018-12-31T00:00:00Z",
            "/v1/share-classes/" + shares + "/changes?from=0000-01-01T00:00:00Z",
            "/v1/share-classes/" + shares + "/changes?from=" + (last - 1) + "&to=" + last,
            "/v1/blocks/" + last,
            "/v1/rounds?block=" + last)) {
      HttpResponse<byte[]> answer = get(ledger, named);
      if (named.contains("0000")) {
        assertThat(answer.statusCode()).isEqualTo(404);
        continue;
      }
      assertThat(header(answer, "cache-control")).as(named).contains("immutable");
      HttpResponse<byte[]> again =
          get(ledger, named, "If-None-Match", "\"x\", W/" + header(answer, "etag"));
      assertThat(again.statusCode()).as(named).isEqualTo(304);
      assertThat(again.body()).isEmpty();
      assertThat(header(again, "etag")).isEqualTo(header(answer, "etag"));
    }
    assertThat(get(ledger, holders, "If-None-Match", header(now, "etag")).statusCode())
        .isEqualTo(304);
    ledger.attest(new DevelopmentAccount("somebody else"), "retail");
    HttpResponse<byte[]> later = get(ledger, holders, "If-None-Match", header(now, "etag"));
    assertThat(later.statusCode()).isEqualTo(200);
    assertThat(header(later, "etag")).isNotEqualTo(header(now, "etag"));
    HttpResponse<byte[]> past = get(ledger, holders + "?block=" + last);
    assertThat(header(past, "cache-control")).contains("immutable");
    assertThat(header(get(ledger, "/v1/status"), "cache-control")).isEqualTo("no-store");
    assertThat(header(get(ledger, holders + "?block=" + (last + 99)), "cache-control"))
        .isEqualTo("no-store");
  }

  private static void compresses(ServedLedger ledger) throws IOException, InterruptedException {
    String events = "/v1/events?limit=50";
    HttpResponse<byte[]> plain = get(ledger, events);
    HttpResponse<byte[]> packed = get(ledger, events, "Accept-Encoding", "gzip");
    assertThat(header(packed, "content-encoding")).isEqualTo("gzip");
    assertThat(header(plain, "vary").toLowerCase(Locale.ROOT)).contains("accept-encoding");
    assertThat(header(packed, "vary").toLowerCase(Locale.ROOT)).contains("accept-encoding");
    assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes())
        .isEqualTo(plain.body());
    assertThat(packed.body().length).isLessThan(plain.body().length / 3);
    assertThat(header(packed, "etag")).isNotEqualTo(header(plain, "etag"));
    assertThat(
            get(ledger, events, "Accept-Encoding", "gzip", "If-None-Match", header(packed, "etag"))
                .statusCode())
        .isEqualTo(304);
    HttpResponse<byte[]> tiny = get(ledger, "/health/live", "Accept-Encoding", "gzip");
    assertThat(header(tiny, "content-encoding")).isEmpty();
    HttpResponse<byte[]> refused = get(ledger, events, "Accept-Encoding", "gzip;q=0");
    assertThat(header(refused, "content-encoding")).isEmpty();
  }

  private static void refuses(ServedLedger ledger, Address shares, Hash person) {
    String changes = "/v1/share-classes/" + shares + "/changes";
    for (String query :
        List.of(
            "",
            "?from=x",
            "?from=-1",
            "?from=01",
            "?from=99999999999999999",
            "?from=2018-08-15T00:00:00Z&to=2018-06-01T00:00:00Z",
            "?from=2018-01-01T00:00:00Z&to=x",
            "?from=2018-01-01T00:00:00Z&limit=1001",
            "?to=5")) {
      assertThat(ledger.client().get(changes + query).status()).as(query).isEqualTo(400);
    }
    assertThat(ledger.client().get(changes + "?from=9007199254740991").status()).isEqualTo(404);
    String nothing = "/v1/share-classes/" + person.toString().substring(0, 42) + "/changes?from=3";
    assertThat(ledger.client().get(nothing).status()).isEqualTo(404);
    for (String block : List.of("-1", "0x12", "newest", "01", "1e3", "99999999999999999")) {
      assertThat(ledger.client().get("/v1/blocks/" + block).status()).as(block).isEqualTo(400);
    }
    assertThat(ledger.client().get("/v1/blocks/" + Hash.ZERO).status()).isEqualTo(404);
    assertThat(ledger.client().get("/v1/blocks/999999").status()).isEqualTo(404);
    assertThat(ledger.client().get("/v1/blocks").status()).isEqualTo(400);
    assertThat(ledger.client().get("/v1/blocks/latest%3Fat=1").status()).isEqualTo(400);
    assertThat(ledger.client().get("/v1/blocks/3%3F").status()).isEqualTo(400);
    assertThat(ledger.client().get("/v1/blocks?at=2999-01-01T00:00:00Z").status()).isEqualTo(404);
    assertThat(ledger.client().get("/v1/blocks?at=1999-01-01T00:00:00Z").status()).isEqualTo(404);
  }

  private static void issue(
      ServedLedger ledger, Address shares, DevelopmentAccount to, long count) {
    ledger.call(
        ISSUER,
        shares,
        "issueByCompany",
        Map.of("to", to.address(), "shares", String.valueOf(count), "lockedUntil", "0"));
  }

  private static void move(
      ServedLedger ledger,
      String time,
      Address shares,
      DevelopmentAccount from,
      DevelopmentAccount to,
      long count) {
    ledger.at(time);
    ledger.call(
        from, shares, "transfer", Map.of("to", to.address(), "value", String.valueOf(count)));
  }

  private static void recover(ServedLedger ledger, Hash person, Address shares) {
    Address recovery = ledger.deployment().recovery();
    ledger.at("2019-02-01T10:00:00Z");
    ledger.call(
        DevelopmentAccount.REGISTRAR,
        recovery,
        "announceWallet",
        Map.of(
            "kind", "1", "identity", person, "newWallet", K2.address(), "documentHash", DOCUMENT));
    ledger.call(
        DevelopmentAccount.RECOVERY,
        recovery,
        "confirm",
        Map.of("subject", person, "documentHash", DOCUMENT));
    ledger.at("2019-02-20T10:00:00Z");
    ledger.call(I2, recovery, "execute", Map.of("subject", person));
    ledger.call(I2, shares, "recover", Map.of("oldWallet", I1.address()));
  }

  private static HttpResponse<byte[]> get(ServedLedger ledger, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(ledger.url().resolve(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), BodyHandlers.ofByteArray());
    }
  }

  private static String header(HttpResponse<byte[]> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
