package io.fundtrail.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fundtrail.api.ApiClient;
import io.fundtrail.api.ApiClient.Reply;
import io.fundtrail.api.ApiServer;
import io.fundtrail.api.ApiSettings;
import io.fundtrail.model.Hash;
import io.fundtrail.store.Database;
import io.fundtrail.store.DatabaseUrl;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StalledMetricsTest {
  private static final String SAMPLE = "fundtrail_stuck_settlements{step=\"settle\"}";

  @Test
  void areNotKnownWhileTheDatabaseIsAwayAndKeepNobodyWaiting() throws Exception {
    EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
    try (Database database =
            Database.open(DatabaseUrl.parse(postgres.getJdbcUrl("postgres", "postgres")));
        ApiServer server =
            new ApiServer(ApiSettings.of("127.0.0.1", 0), List.of(), () -> 0).start()) {
      Application.schema().apply(database);
      standAtABlock(database);
      StalledMetrics.add(server.metrics(), database, Optional::empty);
      ApiClient client = new ApiClient(server.port());
      assertThat(client.get("/metrics").body()).contains(SAMPLE + " 0.0");

      postgres.close();
      for (int i = 0; i < 3; i++) {
        long asked = System.nanoTime();
        Reply reply = client.get("/metrics");
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(5));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).doesNotContain(SAMPLE);
      }
    } finally {
      postgres.close();
    }
  }

  static void standAtABlock(Database database) {
    database.write(handle ->
        handle
            .createUpdate(
                """
                insert into checkpoint
                  (only_row, number, hash, time, verified_through, final_number, final_hash)
                values
                  (1, 7, :hash, 0, 7, 7, :hash)
                """)
            .bind("hash", Hash.ZERO)
            .execute());
  }
}
