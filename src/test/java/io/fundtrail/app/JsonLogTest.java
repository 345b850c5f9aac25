package io.fundtrail.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code --log-format json} every line of standard error is an object of its own. */
class JsonLogTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path data;
  @TempDir Path logs;

  @Test
  void everyLineIsAnObjectAndWhatItIsAboutHasFields() throws Exception {
    Path first = logs.resolve("first");
    JsonNode head;
    try (Fundtrail serve = serve(first)) {
      serve.awaitLine("Ready");
      head = serve.awaitFollowing(1).at("/chain/head");
      serve.stop();
      serve.awaitExit();
    }
    JsonNode reached = line(first, "Reached the chain's head");
    assertThat(reached.path("level").asText()).isEqualTo("INFO");
    assertThat(reached.path("logger").asText()).isEqualTo("io.fundtrail.index.Indexer");
    assertThat(reached.path("thread").asText()).isEqualTo("indexer");
    assertThat(reached.path("block").asLong()).isEqualTo(head.path("number").asLong());
    assertThat(reached.path("blockHash").asText()).isEqualTo(head.path("hash").asText());

    loseATable();
    Path second = logs.resolve("second");
    try (Fundtrail serve = serve(second)) {
      serve.awaitLine("Ready");
      while (!serve.get("/v1/status").at("/index/state").asText().equals("stopped")) {
        Thread.sleep(50);
      }
      serve.stop();
      serve.awaitExit();
    }
    JsonNode stops = line(second, "The index stops");
    assertThat(stops.path("level").asText()).isEqualTo("ERROR");
    assertThat(stops.path("exception").asText())
        .contains("no such table: history_head")
        .contains("\tat io.fundtrail.index.Heads.");
  }

  private Fundtrail serve(Path log) {
    return Fundtrail.startLoggingTo(
        log, "serve", "--data", data.toString(), "--port", "0", "--log-format", "json");
  }

  private void loseATable() throws SQLException {
    try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + data + "/index.db");
        Statement statement = database.createStatement()) {
      statement.execute("drop table history_head");
    }
  }

  /** The line that begins so, of a log that is JSON in all of its lines. */
  private static JsonNode line(Path log, String message) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String text : Files.readAllLines(log)) {
      JsonNode line = JSON.readTree(text);
      assertThat(line.isObject()).as(text).isTrue();
      assertThat(line.path("time").asText()).as(text).endsWith("Z");
      assertThat(Instant.parse(line.path("time").asText())).isBefore(Instant.now());
      assertThat(line.path("level").asText()).isIn("ERROR", "WARN", "INFO");
      assertThat(line.path("logger").asText()).isNotEmpty();
      assertThat(line.path("thread").asText()).isNotEmpty();
      assertThat(line.path("message").asText()).isNotEmpty();
      lines.add(line);
    }
    return lines.stream()
        .filter(line -> line.path("message").asText().startsWith(message))
        .findFirst()
        .orElseThrow(() -> new AssertionError(message + " is not in " + lines));
  }
}
