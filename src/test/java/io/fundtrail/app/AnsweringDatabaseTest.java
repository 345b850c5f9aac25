package io.fundtrail.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fundtrail.api.ApiClient;
import io.fundtrail.api.ApiClient.Reply;
import io.fundtrail.api.ApiServer;
import io.fundtrail.api.ApiSettings;
import io.fundtrail.chain.Finality;
import io.fundtrail.share.CompanyRoutes;
import io.fundtrail.store.Database;
import io.fundtrail.store.DatabaseUrl;
import io.fundtrail.store.OnBothDatabases;
import io.fundtrail.store.ReadOnlyDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class AnsweringDatabaseTest {
  private static final String COMPANIES = "/v1/companies";

  @OnBothDatabases
  void tellsAClientThatItsAnswerTakesTooLong(Database database) {
    begin(database);
    ReadOnlyDatabase impatient = database.within(Duration.ofSeconds(1));
    try (ApiServer slow = serve(new Endless(impatient));
        ApiServer quick = serve(impatient)) {
      Reply refused = new ApiClient(slow.port()).get(COMPANIES);

      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.body())
          .contains("/problems/took-too-long", "not found in 1,000 ms. Ask for less");
      assertThat(new ApiClient(quick.port()).get(COMPANIES).status()).isEqualTo(200);
    }
  }

  @Test
  void tellsAClientThatTheDatabaseIsAway() throws Exception {
    EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
    int port = postgres.getPort();
    try (Database database =
            Database.open(DatabaseUrl.parse(postgres.getJdbcUrl("postgres", "postgres")));
        ApiServer server = serve(database)) {
      begin(database);
      ApiClient client = new ApiClient(server.port());
      assertThat(client.get(COMPANIES).status()).isEqualTo(200);
      postgres.close();

      Reply refused = client.get(COMPANIES + "?q=anything");

      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.body())
          .contains("/problems/database-unavailable")
          .doesNotContain(String.valueOf(port));
    } finally {
      postgres.close();
    }
  }

  private static void begin(Database database) {
    Application.schema().apply(database);
    StalledMetricsTest.standAtABlock(database);
  }

  private static ApiServer serve(ReadOnlyDatabase database) {
    var room =
        new CompanyRoutes(
            new AnsweringDatabase(database), new IndexedMoments(new Finality.Immediate()));
    return new ApiServer(ApiSettings.of("127.0.0.1", 0), List.of(room), () -> 0).start();
  }

  /** Finds no end before it finds anything. */
  private record Endless(ReadOnlyDatabase database) implements ReadOnlyDatabase {
    @Override
    public <T extends @Nullable Object> T read(Function<Handle, T> query) {
      return database.read(handle -> {
        handle
            .createQuery(
                """
                with recursive n (i) as (select 1 union all select 1 from n)
                select count(*) from n
                """)
            .mapTo(Long.class)
            .one();
        return query.apply(handle);
      });
    }
  }
}
