package io.fundtrail.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.BundleJson;
import io.fundtrail.proof.Claim;
import io.fundtrail.proof.Keccak;
import io.fundtrail.proof.ProofBundle;
import io.fundtrail.proof.UnreadableBundle;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The page that checks bundles, as the service serves it, in a real browser without a network. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerifyPageTest {
  private ProvableLedger proven;
  private JsonNode answer;
  private Address shareClass = Address.ZERO;
  private Path saved;

  @BeforeAll
  void play(@TempDir Path folder) throws IOException, InterruptedException {
    proven = ProvableLedger.start(folder);
    proven.ledger.at("2017-05-07T00:00:00Z");
    ProvableLedger.holders(3).forEach(holder -> proven.ledger.attest(holder, "accredited"));
    shareClass = proven.openClass("<img src=x onerror=alert(1)>");
    for (int i = 0; i < 3; i++) {
      proven.issue(shareClass, ProvableLedger.holder(i), 100 + i, "1500000000");
    }
    saved = Files.write(folder.resolve("saved.html"), get("/verify.html").body());
    Path unpacked = Files.createDirectories(folder.resolve("receipt"));
    for (var file : unpacked(receipt()).entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
    Path screenshots = Files.createDirectories(NodeProgram.HOME.resolve("target/screenshots"));
    Map<String, Object> question = new LinkedHashMap<>();
    question.put("url", proven.ledger.url().resolve("/verify.html").toString());
    question.put("saved", saved.toUri().toString());
    question.put("screenshots", screenshots.toAbsolutePath().toString());
    question.put("receipt", unpacked.toUri().toString());
    question.put("cases", cases());
    answer = NodeProgram.ask("src/test/web/verify-page.js", question);
  }

  @AfterAll
  void stop() {
    proven.close();
  }

  private List<Map<String, String>> cases() {
    long head = proven.head();
    Address wallet = ProvableLedger.holder(1).address();
    ProofBundle holding = proven.bundles.holding(shareClass, wallet, 0, head);
    ProofBundle register = proven.register(shareClass, 0, head);
    ProofBundle history = proven.history(shareClass, head);
    ProofBundle since = proven.history(shareClass, OptionalLong.of(head - 1), head);
    String block = Keccak.hash(holding.header()).toString();
    leave(holding, block);
    List<Map<String, String>> cases = new ArrayList<>();
    cases.add(asked("holding by file", "file", text(holding), block));
    cases.add(asked("holding by drop", "drop", text(holding), block));
    cases.add(asked("holding by link", "link", text(holding), block));
    cases.add(asked("register", "file", text(register), block));
    cases.add(asked("history", "drop", text(history), block));
    Map<String, String> later = new LinkedHashMap<>(asked("since", "file", text(since), block));
    later.put("earlier", Keccak.hash(proven.header(head - 1)).toString());
    cases.add(later);
    cases.add(asked("a share more", "file", text(holding).replace("\"101\"", "\"102\""), block));
    cases.add(asked("another block", "file", text(holding), Hash.ZERO.toString()));
    cases.add(asked("no hash", "file", text(holding), "0x12"));
    cases.add(asked("no bundle", "file", "{\"format\":\"<b>bold</b>\"}", block));
    cases.add(asked("markup", "file", markup(holding), block));
    return cases;
  }

  /** For the verifier's jar, which is tried once it is packed. */
  private static void leave(ProofBundle bundle, String hash) {
    try {
      Path folder = Files.createDirectories(NodeProgram.HOME.resolve("target/bundle"));
      Files.write(folder.resolve("bundle.json"), BundleJson.write(bundle));
      Files.writeString(folder.resolve("block-hash"), hash);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A bundle whose every free text is markup. */
  private static String markup(ProofBundle bundle) {
    return text(bundle).replaceFirst("\"immutables\":\\{\"", "\"immutables\":{\"<img src=x>");
  }

  private static Map<String, String> asked(String name, String by, String text, String hash) {
    return Map.of("name", name, "by", by, "text", text, "chain", "31337", "hash", hash);
  }

  private static String text(ProofBundle bundle) {
    return new String(BundleJson.write(bundle), StandardCharsets.UTF_8);
  }

  private JsonNode said(String name) {
    JsonNode said = answer.at("/said/" + name);
    assertThat(said.isMissingNode()).as(name).isFalse();
    assertThat(said.get("overflow").intValue()).as("overflow of %s", name).isZero();
    return said;
  }

  @Test
  void whatIsTrueIsAcceptedByWhateverWayItComes() {
    for (String way :
        List.of("holding by file", "holding by drop", "holding by link", "dark", "phone")) {
      JsonNode said = said(way);
      assertThat(said.get("verdict").textValue()).as(way).isEqualTo("Accepted");
      JsonNode facts = said.get("facts");
      assertThat(facts.get("wallet").textValue())
          .isEqualTo(ProvableLedger.holder(1).address().toString());
      assertThat(facts.get("contract").textValue()).isEqualTo(shareClass + ", a ShareToken");
      assertThat(facts.get("shares").textValue()).isEqualTo("101");
      assertThat(facts.get("locked").textValue()).isEqualTo("101");
      assertThat(said.get("bundle").textValue()).contains("block " + proven.head());
      assertThat(said.get("steps").size()).isGreaterThan(5);
      assertThat(said.get("focus").textValue()).isEqualTo("result");
    }
    assertThat(said("register").get("lists").textValue())
        .contains(ProvableLedger.holder(2).address().toString(), "102");
    assertThat(said("history").get("verdict").textValue()).isEqualTo("Accepted");
    assertThat(said("since").get("verdict").textValue()).isEqualTo("Accepted");
  }

  @Test
  void aReceiptIsCheckedFromItsFolderAlone() throws IOException {
    JsonNode receipt = answer.get("receipt");
    String published = Files.readString(NodeProgram.HOME.resolve("src/docs/verify.html.sha256"));
    assertThat(receipt.get("title").textValue())
        .isEqualTo("<img src=x onerror=alert(1)>, Common Stock (COM)");
    assertThat(receipt.get("text").textValue())
        .contains(
            "after block " + proven.head() + " of chain 31337",
            "shares       101",
            wallet().toString(),
            "eth_getBlockByNumber [\"0x" + Long.toHexString(proven.head()) + "\", false]",
            published.split(" ", 2)[0]);
    assertThat(receipt.get("images").intValue()).isZero();
    assertThat(receipt.get("checked").get("facts")).isEqualTo(said("holding by file").get("facts"));
  }

  @Test
  void aReceiptIsWhatIsSaidOfIt() throws IOException, InterruptedException, UnreadableBundle {
    byte[] receipt = receipt();
    Map<String, byte[]> files = unpacked(receipt);
    assertThat(files)
        .containsOnlyKeys(
            "receipt/receipt.html",
            "receipt/bundle.json",
            "receipt/verify.html",
            "receipt/verify.html.sha256");
    ProofBundle bundle = BundleJson.read(Objects.requireNonNull(files.get("receipt/bundle.json")));
    assertThat(proven.accepted(bundle)).isInstanceOf(Claim.Holding.class);
    assertThat(files.get("receipt/verify.html")).isEqualTo(get("/verify.html").body());
    assertThat(receipt()).isEqualTo(receipt);
    var noRound = get("/v1/receipts/commitment?contract=" + shareClass + "&person=" + wallet());
    assertThat(noRound.statusCode()).isEqualTo(422);
    assertThat(get("/v1/receipts/holding?contract=" + shareClass).statusCode()).isEqualTo(400);
  }

  private static Address wallet() {
    return ProvableLedger.holder(1).address();
  }

  private byte[] receipt() throws IOException, InterruptedException {
    var receipt = get("/v1/receipts/holding?contract=" + shareClass + "&wallet=" + wallet());
    assertThat(receipt.statusCode()).isEqualTo(200);
    assertThat(receipt.headers().firstValue("Content-Disposition"))
        .hasValue(
            "attachment; filename=\"receipt-%s-%d.zip\"".formatted(shareClass, proven.head()));
    return receipt.body();
  }

  private static Map<String, byte[]> unpacked(byte[] zip) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        files.put(entry.getName(), entries.readAllBytes());
      }
    }
    return files;
  }

  @Test
  void aSavedCopyDoesTheSame() {
    assertThat(said("saved copy").get("facts")).isEqualTo(said("holding by file").get("facts"));
  }

  @Test
  void aLieIsRejectedAndNothingOfItShown() {
    JsonNode more = said("a share more");
    assertThat(more.get("verdict").textValue()).isEqualTo("Rejected: other-claim");
    assertThat(more.get("facts")).isEmpty();
    assertThat(more.get("steps").get(more.get("steps").size() - 1).textValue())
        .startsWith("Here it ended: proven is holding");
    assertThat(said("another block").get("verdict").textValue())
        .isEqualTo("Rejected: untrusted-header");
  }

  @Test
  void whatCannotBeJudgedIsSaidToBeThat() {
    assertThat(said("no hash").get("because").textValue())
        .isEqualTo("a block's hash is 0x and 64 hex digits.");
    JsonNode none = said("no bundle");
    assertThat(none.get("bundle").textValue()).contains("no bundle:");
    assertThat(none.get("because").textValue()).isEqualTo("There is no bundle yet.");
    assertThat(said("markup").get("verdict").textValue()).isEqualTo("Rejected: other-code");
  }

  @Test
  void thePageAsksNobodyForAnythingAndComplainsOfNothing() {
    String page = proven.ledger.url().resolve("/verify.html").toString();
    answer
        .get("requests")
        .forEach(request ->
            assertThat(request.textValue().split("#", 2)[0]).isIn(page, saved.toUri().toString()));
    assertThat(answer.get("complaints")).isEmpty();
  }

  @Test
  void aScreenReaderFindsNothingAmiss() {
    assertThat(answer.get("axe")).isEmpty();
  }

  @Test
  void thePageIsServedAsItWasPublished()
      throws IOException, InterruptedException, NoSuchAlgorithmException {
    var page = get("/verify.html");
    String hash =
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(page.body()));
    String line = hash + "  verify.html\n";
    assertThat(new String(get("/verify.html.sha256").body(), StandardCharsets.UTF_8))
        .isEqualTo(line);
    assertThat(Files.readString(NodeProgram.HOME.resolve("src/docs/verify.html.sha256")))
        .isEqualTo(line);
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'; script-src 'sha256-")
        .endsWith("; frame-ancestors 'none'")
        .doesNotContain("unsafe", "'self'", "http");
  }

  private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    URI asked = proven.ledger.url().resolve(path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(asked).build(), BodyHandlers.ofByteArray());
    }
  }
}
