package io.fundtrail.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fundtrail.api.ApiClient.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ApiServerTest {
  private static final int MOST_BYTES = 1000;
  private static ApiServer server;
  private static ApiClient client;

  @BeforeAll
  static void start() {
    Routes echo =
        () ->
            List.of(
                Route.post(
                    "/rpc",
                    request -> Answer.json(request.body("method").field("method").text(1, 9))),
                Route.get(
                    "/v1/rounds/{address}",
                    request -> Answer.json(List.of(request.path("address").address()))),
                Route.get(
                    "/boom",
                    _ -> {
                      throw new IllegalStateException("the database password is hunter2");
                    }));
    ApiSettings settings =
        new ApiSettings(
            "127.0.0.1",
            0,
            MOST_BYTES,
            1000,
            100,
            Duration.ofSeconds(5),
            ApiSettings.Streams.USUAL);
    server = new ApiServer(settings, List.of(new PageRoutes(), echo), () -> 0).start();
    client = new ApiClient(server.port());
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  @Test
  void answersAnUnknownPathWithAProblem() {
    Reply reply = client.get("/v1/nothing");
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.json().get("type").textValue()).isEqualTo("/problems/not-found");
  }

  @Test
  void namesTheMethodsOfAPath() {
    Reply reply = client.send("DELETE", "/docs", BodyPublishers.noBody(), "application/json");
    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.header("Allow")).isEqualTo("GET");
    assertThat(client.send("GET", "/rpc", BodyPublishers.noBody(), "x/y").header("Allow"))
        .isEqualTo("POST");
  }

  @Test
  void refusesParametersThatTheRouteDoesNotTakeByName() {
    Reply reply = client.get("/docs?verbose=1");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().get("parameter").textValue()).isEqualTo("verbose");
    assertThat(reply.json().get("expected").textValue()).isEqualTo("no query parameter");
  }

  @Test
  void saysWhatIsWrongWithAnAddressAndWhatWouldBeRight() {
    Reply reply = client.get("/v1/rounds/0x12");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().get("given").textValue()).isEqualTo("0x12");
    assertThat(reply.json().get("expected").textValue()).contains("40 hex digits");
    String wrongChecksum = "0x5FbDB2315678afecb367f032d93F642f64180aA3";
    assertThat(client.get("/v1/rounds/" + wrongChecksum).status()).isEqualTo(400);
  }

  @Test
  void refusesABodyThatIsTooLargeWhetherItsLengthIsToldOrNot() {
    byte[] large =
        ("{\"method\":\"" + "x".repeat(MOST_BYTES) + "\"}").getBytes(StandardCharsets.UTF_8);
    Reply told = client.send("POST", "/rpc", BodyPublishers.ofByteArray(large), "application/json");
    Reply untold =
        client.send(
            "POST",
            "/rpc",
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)),
            "application/json");
    assertThat(List.of(told.status(), untold.status())).containsOnly(413);
  }

  @Test
  void refusesABodyThatAnyWebPageCouldSend() {
    for (String type : List.of("text/plain", "application/x-www-form-urlencoded")) {
      Reply reply = client.send("POST", "/rpc", BodyPublishers.ofString("{}"), type);
      assertThat(reply.status()).isEqualTo(415);
    }
  }

  @Test
  void refusesBodiesThatAreNotExactlyWhatTheRouteTakes() {
    assertThat(client.post("/rpc", "").status()).isEqualTo(400);
    assertThat(client.post("/rpc", "{\"method\":").status()).isEqualTo(400);
    assertThat(client.post("/rpc", "[1]").status()).isEqualTo(400);
    assertThat(client.post("/rpc", "{}").json().get("detail").textValue())
        .isEqualTo("method (body) is missing; expected a value.");
    assertThat(client.post("/rpc", "{\"method\":1}").status()).isEqualTo(400);
    assertThat(client.post("/rpc", "{\"method\":\"a\",\"method\":\"b\"}").status()).isEqualTo(400);
    assertThat(client.post("/rpc", "{\"method\":\"a\"} x").status()).isEqualTo(400);
    assertThat(client.post("/rpc", "{\"method\":\"\\ud800\"}").status()).isEqualTo(400);
    assertThat(client.post("/rpc", "[".repeat(500)).status()).isEqualTo(400);
    assertThat(
            client
                .post("/rpc", "{\"method\":\"a\",\"more\":1}")
                .json()
                .get("parameter")
                .textValue())
        .isEqualTo("more");
  }

  @Test
  void neverTellsWhyItFailed() {
    Reply reply = client.get("/boom");
    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.body()).doesNotContain("hunter2").doesNotContain("Exception");
  }

  @Test
  void tellsBrowsersToLoadNothingFromElsewhereAndLetsNoOtherSiteRead() {
    Reply page = client.get("/docs");
    assertThat(page.header("Content-Security-Policy"))
        .startsWith("default-src 'none';")
        .doesNotContain("unsafe");
    assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(page.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
    assertThat(client.get("/v1/nothing").header("Content-Security-Policy"))
        .isEqualTo("default-src 'none'; frame-ancestors 'none'");
  }

  @Test
  void pagesNeedNothingThatTheirPolicyForbids() {
    for (String path : List.of("/", "/docs", "/problems/refused")) {
      assertThat(client.get(path).body())
          .doesNotContain(" style=")
          .doesNotContain(" onclick=")
          .doesNotContain("<style")
          .doesNotContain("http://")
          .doesNotContain("https://")
          .doesNotContainPattern("<script(?![^>]* src=\"/assets/)");
    }
  }

  @Test
  void aPageReadsItsQueryItself() {
    assertThat(client.get("/?q=a&q=b&anything=%3Cb%3E").body()).isEqualTo(client.get("/").body());
    assertThat(client.get("/docs?q=a").status()).isEqualTo(400);
  }

  @Test
  void servesEveryAssetThatThePagesName() {
    var names = Pattern.compile("/assets/[A-Za-z0-9.-]+").matcher(client.get("/").body());
    assertThat(names.results().map(MatchResult::group).distinct())
        .isNotEmpty()
        .allSatisfy(asset -> assertThat(client.get(asset).status()).isEqualTo(200));
    assertThat(client.get("/assets/..%2fopenapi.yaml").status()).isBetween(400, 404);
    assertThat(client.get("/assets/nothing.js").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @EnumSource
  void explainsEveryProblem(ProblemType type) {
    assertThat(client.get(type.uri()).body()).contains(type.uri());
  }

  @Test
  void answersWithAProblemWhatIsNotEvenARequest() throws IOException {
    assertThat(raw("GARBAGE\r\n\r\n")).contains(" 400 ").contains("/problems/bad-message");
    assertThat(raw("GET /" + "x".repeat(9000) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
        .contains(" 414 ")
        .contains("/problems/uri-too-long");
    assertThat(raw("GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(9000) + "\r\n\r\n"))
        .contains(" 431 ")
        .contains("/problems/headers-too-large");
    assertThat(raw("GET /%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
        .contains(" 400 ")
        .contains("/problems/bad-message");
    assertThat(
            raw("GET /" + "x".repeat(3000) + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
        .contains(" 414 ");
  }

  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
