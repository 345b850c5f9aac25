package io.fundtrail.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.fundtrail.api.ApiClient.Reply;
import io.fundtrail.api.StreamClient;
import io.fundtrail.app.DevelopmentAccount;
import io.fundtrail.store.Database;
import io.fundtrail.store.OnBothDatabases;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus reads is what is so, and no client can add to it. */
class MetricsTest {
  @OnBothDatabases
  void tellsHowTheIndexAndTheServerStand(Database database, @TempDir Path folder) {
    try (ServedLedger ledger = ServedLedger.start(database, folder)) {
      double before = value(ledger, "fundtrail_events_indexed_total");
      ledger.attest(new DevelopmentAccount("I1"), "retail");
      double head = ledger.reader().head().number();
      for (String block :
          List.of(
              "fundtrail_chain_head_block",
              "fundtrail_indexed_block",
              "fundtrail_verified_block",
              "fundtrail_final_block")) {
        assertThat(value(ledger, block)).as(block).isEqualTo(head);
      }
      assertThat(value(ledger, "fundtrail_index_lag_blocks")).isZero();
      assertThat(value(ledger, "fundtrail_lies_total")).isZero();
      assertThat(value(ledger, "fundtrail_reorganisations_total")).isZero();
      assertThat(value(ledger, "fundtrail_heads_checked_total")).isPositive();
      assertThat(value(ledger, "fundtrail_events_indexed_total")).isGreaterThan(before);
      assertThat(value(ledger, "fundtrail_index_state{state=\"stopped\"}")).isZero();
      assertThat(value(ledger, "fundtrail_streams_open")).isZero();
      try (StreamClient stream =
          StreamClient.open(ledger.url().resolve("/v1/events/stream"), null)) {
        assertThat(stream.status()).isEqualTo(200);
        assertThat(value(ledger, "fundtrail_streams_open")).isEqualTo(1);
      }
      timesRequestsByRoute(ledger);
      takesNothingFromClients(ledger);
    }
  }

  private static void timesRequestsByRoute(ServedLedger ledger) {
    String rounds = "fundtrail_request_seconds_count{method=\"GET\",route=\"/v1/rounds\",status=";
    ledger.read("/v1/rounds");
    ledger.read("/v1/rounds");
    ledger.client().get("/v1/rounds?limit=0");
    assertThat(value(ledger, rounds + "\"2xx\"}")).isEqualTo(2);
    assertThat(value(ledger, rounds + "\"4xx\"}")).isEqualTo(1);
    assertThat(
            value(
                ledger,
                "fundtrail_request_seconds_bucket{method=\"GET\",route=\"/v1/rounds\","
                    + "status=\"2xx\",le=\"+Inf\"}"))
        .isEqualTo(2);
  }

  private static void takesNothingFromClients(ServedLedger ledger) {
    metrics(ledger);
    long before = metrics(ledger).lines().count();
    for (int i = 0; i < 50; i++) {
      ledger.client().get("/v1/nothing-" + i + "-here");
      ledger.client().get("/v1/rounds?limit=0&x=" + i);
      ledger.client().get("/metrics?name[]=" + i);
    }
    ledger.client().get("/v1/rounds/%22%7D%0Aevil%20666");
    String after = metrics(ledger);
    assertThat(after).doesNotContain("evil").doesNotContain("nothing-");
    assertThat(after.lines().count()).isLessThan(before + 60);
  }

  private static double value(ServedLedger ledger, String sample) {
    return Pattern.compile("^" + Pattern.quote(sample) + " (\\S+)$", Pattern.MULTILINE)
        .matcher(metrics(ledger))
        .results()
        .mapToDouble(found -> Double.parseDouble(found.group(1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + sample + " in " + metrics(ledger)));
  }

  private static String metrics(ServedLedger ledger) {
    Reply reply = ledger.client().get("/metrics");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("content-type")).startsWith("text/plain; version=0.0.4");
    return reply.body();
  }
}
