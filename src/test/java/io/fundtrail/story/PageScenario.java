package io.fundtrail.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fundtrail.app.DevelopmentAccount;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.store.Database;
import io.fundtrail.store.DatabaseUrl;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A program for Node that works on the page in a browser. It says by lines of JSON what is to
 * happen besides: what others do, what time it gets. Run by itself, it shows what it does:
 *
 * <pre>java io.fundtrail.story.PageScenario src/test/web/rounds.js</pre>
 */
final class PageScenario {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MINUTES = 10;
  private static final long GAS = 5_000_000;
  private static final int MOST_TOLD = 12_000;

  private PageScenario() {}

  static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("fundtrail-page");
    play(args[0], folder);
    System.exit(0);
  }

  /** Plays a program over a ledger of its own, which has nothing but the platform's contracts. */
  static void play(String program, Path folder) throws IOException, InterruptedException {
    Path complaints = folder.resolve("complaints.txt");
    try (Database database = Database.open(new DatabaseUrl.Sqlite(folder.resolve("index.db")));
        ServedLedger ledger =
            ServedLedger.start(database, Files.createDirectories(folder.resolve("chain")))) {
      Process process =
          new ProcessBuilder("node", program)
              .directory(NodeProgram.HOME.toAbsolutePath().toFile())
              .redirectError(complaints.toFile())
              .start();
      try (Writer answers =
              new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
          BufferedReader questions =
              new BufferedReader(
                  new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        say(answers, beginning(ledger));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
          say(answers, answer(ledger, JSON.readTree(line)));
        }
      }
      assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).as(program + " ends").isTrue();
      assertThat(process.exitValue()).as(() -> program + ": " + beginningOf(complaints)).isZero();
    }
  }

  private static String beginningOf(Path complaints) {
    try {
      String all = Files.readString(complaints);
      return all.substring(0, Math.min(all.length(), MOST_TOLD));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void say(Writer answers, Object value) throws IOException {
    answers.write(JSON.writeValueAsString(value) + "\n");
    answers.flush();
  }

  private static Map<String, Object> beginning(ServedLedger ledger) throws IOException {
    Path target = NodeProgram.HOME.resolve("target").toAbsolutePath();
    Path screenshots = Files.createDirectories(target.resolve("screenshots"));
    Map<String, Object> beginning = new LinkedHashMap<>();
    beginning.put("url", ledger.url().toString());
    beginning.put("target", target.toString());
    beginning.put("screenshots", screenshots.toString());
    beginning.put("dollar", ledger.dollar().toString());
    beginning.put("directory", ledger.deployment().directory().toString());
    beginning.put("registry", ledger.deployment().registry().toString());
    beginning.put("recovery", ledger.deployment().recovery().toString());
    return beginning;
  }

  private static Map<String, Object> answer(ServedLedger ledger, JsonNode asked) {
    Map<String, Object> answer = new LinkedHashMap<>();
    try {
      answer.put("answer", act(ledger, asked));
    } catch (AssertionError | RuntimeException e) {
      answer.put("failure", String.valueOf(e.getMessage()));
    }
    return answer;
  }

  private static Object act(ServedLedger ledger, JsonNode asked) {
    return switch (asked.get("do").textValue()) {
      case "at" -> {
        ledger.at(asked.get("time").textValue());
        yield true;
      }
      case "keep-up" -> {
        ledger.keepUp();
        yield true;
      }
      case "address" -> account(asked).address().toString();
      case "rules" -> ledger.rules(asked.get("name").textValue()).toString();
      case "attest" -> ledger.attest(account(asked), asked.get("category").textValue()).toString();
      case "mint" -> {
        ledger.mint(account(asked), asked.get("amount").textValue());
        yield true;
      }
      case "open-share-class" ->
          ledger.openShareClass(account(asked), asked.get("company").textValue()).toString();
      case "open-round" -> {
        Map<String, Object> terms =
            ledger.terms(Address.parse(asked.get("shareClass").textValue()));
        terms.putAll(fields(asked, "terms"));
        yield ledger.openRound(account(asked), terms).toString();
      }
      case "send" -> {
        ledger.send(account(asked), asked.get("kind").textValue(), fields(asked, "fields"));
        yield true;
      }
      case "call" -> {
        ledger.call(account(asked), contract(asked), function(asked), fields(asked, "arguments"));
        yield true;
      }
      case "call-and-pay" -> {
        ledger.callAndPay(
            account(asked),
            contract(asked),
            function(asked),
            fields(asked, "arguments"),
            asked.get("units").textValue());
        yield true;
      }
      case "sign" ->
          ledger
              .sign(
                  account(asked),
                  ledger.reader().nonce(account(asked).address()),
                  Address.parse(asked.get("to").textValue()),
                  Bytes.parse(asked.get("data").textValue()),
                  GAS)
              .toString();
      case "send-elsewhere" -> {
        ledger.sendElsewhere(
            account(asked),
            Optional.of(Address.parse(asked.get("to").textValue())),
            Bytes.parse(asked.get("data").textValue()));
        yield true;
      }
      case "newest" -> ledger.newest(asked.get("event").textValue()).toString();
      default -> throw new IllegalArgumentException("nobody does " + asked.get("do"));
    };
  }

  private static DevelopmentAccount account(JsonNode asked) {
    return new DevelopmentAccount(asked.get("as").textValue());
  }

  private static Address contract(JsonNode asked) {
    return Address.parse(asked.get("contract").textValue());
  }

  private static String function(JsonNode asked) {
    return asked.get("function").textValue();
  }

  @SuppressWarnings("unchecked") // JSON's objects have names
  private static Map<String, Object> fields(JsonNode asked, String name) {
    return JSON.convertValue(asked.path(name), LinkedHashMap.class);
  }
}
