package io.fundtrail.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeAcceptanceTest {
  private static final int SIGTERM = 143;

  @TempDir Path data;

  @Test
  void servesALedgerOfItsOwnFromAnEmptyFolderAndLeavesNothingBehindOnSigterm() throws IOException {
    try (Fundtrail fundtrail = serve()) {
      fundtrail.awaitLine("Ready");
      JsonNode status = fundtrail.awaitFollowing(1);
      URI url = fundtrail.url();
      ProcessHandle node = fundtrail.node();

      assertThat(status.at("/writing").asBoolean()).isTrue();
      assertThat(status.at("/chain/node").asText()).isEqualTo("embedded");
      assertThat(status.at("/contracts/settlementTokens/0/currency").asText()).isEqualTo("USD");
      assertThat(status.at("/contracts/rules/0/allowed").asBoolean()).isTrue();
      assertThat(status.at("/notice").isNull()).isTrue();
      assertThat(fundtrail.get("/v1/rounds").path("rounds")).isEmpty();
      assertThat(fundtrail.get("/health/ready").path("status").asText()).isEqualTo("ready");

      fundtrail.stop();

      assertThat(fundtrail.awaitExit()).isEqualTo(SIGTERM);
      Fundtrail.awaitEnd(node);
      assertThat(Fundtrail.answers(url)).isFalse();
      assertThat(new DataDirectory(data).holder()).isEmpty();
      assertThat(fundtrail.text()).doesNotContain("Exception", "ERROR");
    }
  }

  @Test
  void keepsTheSameLedgerOverARestart() {
    String before;
    try (Fundtrail fundtrail = serve()) {
      fundtrail.awaitLine("Ready");
      before = fundtrail.awaitFollowing(1).at("/asOf/blockHash").asText();
      fundtrail.killEverything();
    }
    try (Fundtrail fundtrail = serve()) {
      fundtrail.awaitLine("Ready");
      assertThat(fundtrail.awaitFollowing(1).at("/asOf/blockHash").asText()).isEqualTo(before);
      assertThat(fundtrail.get("/v1/status").at("/asOf/blockNumber").asLong()).isEqualTo(1);
    }
  }

  @Test
  void refusesASecondServiceOnTheSameFolder() {
    try (Fundtrail first = serve()) {
      first.awaitLine("Ready");
      try (Fundtrail second = serve()) {
        assertThat(second.awaitExit()).isEqualTo(3);
        assertThat(second.text())
            .contains("is in use by process", "give another folder with --data");
      }
      assertThat(first.get("/health/live").path("status").asText()).isEqualTo("live");
    }
  }

  @Test
  void endsWithWordsWhenItsNodeDies() {
    try (Fundtrail fundtrail = serve()) {
      fundtrail.awaitLine("Ready");
      fundtrail.node().destroyForcibly();

      assertThat(fundtrail.awaitExit()).isEqualTo(1);
      assertThat(fundtrail.text())
          .contains("the embedded node stopped", "what was accepted is in the block log");
    }
  }

  private Fundtrail serve() {
    return Fundtrail.start("serve", "--data", data.toString(), "--port", "0");
  }
}
