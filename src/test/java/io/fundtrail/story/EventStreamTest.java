package io.fundtrail.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.api.ApiClient.Reply;
import io.fundtrail.api.DescribedAnswers;
import io.fundtrail.api.StreamClient;
import io.fundtrail.api.StreamClient.Sent;
import io.fundtrail.app.DevelopmentAccount;
import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.store.Database;
import io.fundtrail.store.OnBothDatabases;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

/** Who follows a stream sees each event once and in order, wherever they begin and break off. */
class EventStreamTest {
  private static final DescribedAnswers DESCRIPTION = new DescribedAnswers();
  private static final DevelopmentAccount ISSUER = new DevelopmentAccount("issuer");
  private static final DevelopmentAccount I1 = new DevelopmentAccount("I1");
  private static final DevelopmentAccount I2 = new DevelopmentAccount("I2");

  @OnBothDatabases
  void followsTheLedger(Database database, @TempDir Path folder) throws IOException {
    try (ServedLedger ledger = ServedLedger.start(database, folder)) {
      ledger.at("2017-05-08T00:00:00Z");
      beginsWithWhatComes(ledger);
      goesOnExactlyBehindTheEventThatWasSeen(ledger);
      sendsOnlyWhatIsAskedFor(ledger);
      beginsAnewBehindAnIdThatNobodyKnows(ledger);
      refusesWhatIsNoIdAndNoQuestion(ledger);
      takesNoOtherHeaderOutOfAnId(ledger);
      holdsSoManyStreamsOfOneClient(ledger);
    }
  }

  private static void beginsWithWhatComes(ServedLedger ledger) {
    try (StreamClient stream = open(ledger, "", null)) {
      Address shareClass = ledger.openShareClass(ISSUER, "WindowMirror Inc");
      List<JsonNode> sent = new ArrayList<>();
      sent.add(stream.next().json());
      assertThat(sent.getFirst().get("name").textValue()).isEqualTo("CompanyRegistered");
      long first = sent.getFirst().get("blockNumber").longValue();
      JsonNode listed = ledger.read("/v1/events?limit=200&fromBlock=" + first).get("events");
      while (sent.size() < listed.size()) {
        sent.add(stream.next().json());
      }
      assertThat(sent).containsExactlyElementsOf(listed);
      assertThat(sent.getLast().get("contract").textValue()).isEqualTo(shareClass.toString());
      sent.forEach(event ->
          DESCRIPTION.checkJson(
              "an event", DESCRIPTION.root().at("/components/schemas/Event"), event.toString()));
      assertThat(stream.hasMore()).isFalse();
    }
  }

  private static void goesOnExactlyBehindTheEventThatWasSeen(ServedLedger ledger) {
    JsonNode all = ledger.read("/v1/events?limit=200").get("events");
    List<String> ids = new ArrayList<>();
    try (StreamClient stream = open(ledger, "?fromBlock=0", null)) {
      for (JsonNode event : all) {
        Sent sent = stream.next();
        assertThat(sent.json()).isEqualTo(event);
        assertThat(sent.id())
            .isEqualTo(event.get("blockHash").textValue() + ":" + event.get("logIndex").intValue());
        ids.add(sent.id());
      }
    }
    for (int seen : List.of(0, all.size() / 2, all.size() - 2)) {
      try (StreamClient stream = open(ledger, "", ids.get(seen))) {
        for (int i = seen + 1; i < all.size(); i++) {
          assertThat(stream.next().json()).isEqualTo(all.get(i));
        }
        assertThat(stream.hasMore()).isFalse();
      }
    }
    whoSawNothingMissesNothing(ledger, ids.getLast());
  }

  /** The place is told before the first event, so that a break in between loses none. */
  private static void whoSawNothingMissesNothing(ServedLedger ledger, String newest) {
    String place;
    try (StreamClient stream = open(ledger, "", null)) {
      Hash identity = ledger.attest(I1, "retail");
      assertThat(stream.next().data()).contains(identity.toString());
    }
    try (StreamClient stream = open(ledger, "?kind=RoundOpened", newest)) {
      place = stream.lastEventId();
    }
    assertThat(place).isEqualTo(newest);
    try (StreamClient stream = open(ledger, "", place)) {
      assertThat(stream.next().json().get("name").textValue()).isEqualTo("InvestorAttested");
    }
  }

  private static void sendsOnlyWhatIsAskedFor(ServedLedger ledger) {
    try (StreamClient person = open(ledger, "?person=" + I2.address(), null);
        StreamClient kind = open(ledger, "?kind=RoundOpened&fromBlock=0", null);
        StreamClient contract =
            open(ledger, "?contract=" + ledger.deployment().directory(), null)) {
      ledger.attest(I2, "retail");
      Address shareClass = ledger.newest("ShareClassOpened");
      Address round = ledger.openRound(ISSUER, ledger.terms(shareClass));
      for (JsonNode event : ledger.read("/v1/events?person=" + I2.address()).get("events")) {
        assertThat(person.next().json()).isEqualTo(event);
      }
      assertThat(kind.next().json().get("contract").textValue()).isEqualTo(round.toString());
      assertThat(contract.next().json().get("contract").textValue())
          .isEqualTo(ledger.deployment().directory().toString());
      assertThat(person.hasMore() || kind.hasMore()).isFalse();
    }
  }

  private static void beginsAnewBehindAnIdThatNobodyKnows(ServedLedger ledger) {
    try (StreamClient stream =
        open(ledger, "?kind=InvestorAttested", "0x" + "ab".repeat(32) + ":0")) {
      Sent reset = stream.next();
      assertThat(reset.name()).isEqualTo("reset");
      DESCRIPTION.checkJson(
          "a reset", DESCRIPTION.root().at("/components/schemas/StreamReset"), reset.data());
      assertThat(reset.json().get("asOf")).isEqualTo(ledger.read("/v1/status").get("asOf"));
      assertThat(stream.lastEventId()).doesNotContain("abab");
      ledger.attest(new DevelopmentAccount("after the reset"), "retail");
      assertThat(stream.next().json().get("name").textValue()).isEqualTo("InvestorAttested");
    }
  }

  private static void refusesWhatIsNoIdAndNoQuestion(ServedLedger ledger) {
    for (String id :
        List.of(
            "1",
            "0x" + "ab".repeat(32),
            "0x" + "AB".repeat(32) + ":0",
            "0x" + "ab".repeat(32) + ":-1",
            "0x" + "ab".repeat(32) + ":01",
            "0x" + "ab".repeat(32) + ":1234567890",
            "' or 1=1 --",
            "x".repeat(2_000))) {
      try (StreamClient stream = StreamClient.ask(url(ledger, ""), id)) {
        assertThat(stream.status()).as(id).isEqualTo(400);
      }
    }
    for (String query :
        List.of(
            "kind=NoSuchEvent",
            "contract=0x12",
            "person=me",
            "fromBlock=-1",
            "from=now",
            "to=2017-01-01T00:00:00Z",
            "order=desc",
            "limit=1",
            "fromBlock=1&fromBlock=2")) {
      Reply reply = ledger.client().get("/v1/events/stream?" + query);
      assertThat(reply.status()).as(query).isEqualTo(400);
    }
    assertThat(
            ledger
                .client()
                .send("POST", "/v1/events/stream", BodyPublishers.noBody(), "application/json")
                .status())
        .isEqualTo(405);
  }

  /** Raw bytes, since clients refuse to send such headers. */
  private static void takesNoOtherHeaderOutOfAnId(ServedLedger ledger) throws IOException {
    String id = "0x" + "ab".repeat(32) + ":0";
    assertThat(raw(ledger, "GET", "Last-Event-ID: " + id + "\r\n Set-Cookie: a=b\r\n"))
        .doesNotContain("Set-Cookie")
        .contains(" 400 ");
    assertThat(raw(ledger, "GET", "Last-Event-ID: " + id + "%0d%0aSet-Cookie: a=b\r\n"))
        .doesNotContain("Set-Cookie: a=b\r\n")
        .contains(" 400 ");
    assertThat(raw(ledger, "GET", "Last-Event-ID: " + id + "\rSet-Cookie: a=b\r\n"))
        .doesNotContain("Set-Cookie: a=b\r\n")
        .contains(" 400 ");
    assertThat(raw(ledger, "GET", "Last-Event-ID: " + id + "\r\nLast-Event-ID: " + id + "\r\n"))
        .contains(" 400 ");
    assertThat(raw(ledger, "HEAD", "")).doesNotContain("data:");
  }

  private static String raw(ServedLedger ledger, String method, String header) throws IOException {
    String request =
        method
            + " /v1/events/stream HTTP/1.1\r\nHost: a\r\n"
            + header
            + "Connection: close\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), ledger.url().getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void holdsSoManyStreamsOfOneClient(ServedLedger ledger) {
    List<StreamClient> open = new ArrayList<>();
    try {
      StreamClient last = StreamClient.ask(url(ledger, ""), null);
      while (last.status() == 200 && open.size() < 100) {
        open.add(last);
        last = StreamClient.ask(url(ledger, ""), null);
      }
      assertThat(last.status()).isEqualTo(429);
      assertThat(last.headers().firstValue("retry-after")).contains("30");
      last.close();
      assertThat(open.size()).as("those that went may still count").isBetween(20, 32);
      assertThat(ledger.client().get("/v1/events?limit=1").status())
          .as("streams leave room for requests")
          .isEqualTo(200);
    } finally {
      open.forEach(StreamClient::close);
    }
  }

  private static StreamClient open(ServedLedger ledger, String query, @Nullable String after) {
    return StreamClient.open(url(ledger, query), after);
  }

  private static URI url(ServedLedger ledger, String query) {
    return ledger.url().resolve("/v1/events/stream" + query);
  }
}
