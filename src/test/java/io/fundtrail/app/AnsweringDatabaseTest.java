package io.fundtrail.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fundtrail.api.ApiClient;
import io.fundtrail.api.ApiClient.Reply;
import io.fundtrail.api.ApiServer;
import io.fundtrail.api.ApiSettings;
import io.fundtrail.chain.Finality;
import io.fundtrail.index.Contracts;
import io.fundtrail.share.CompanyRoutes;
import io.fundtrail.store.Database;
import io.fundtrail.store.DatabaseUrl;
import io.fundtrail.store.OnBothDatabases;
import io.fundtrail.store.ReadOnlyDatabase;
import io.fundtrail.transact.LiveChain;
import io.fundtrail.transact.Relay;
import io.fundtrail.transact.RelayTargets;
import io.fundtrail.transact.WalletRpc;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.utils.Numeric;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class AnsweringDatabaseTest {
  private static final String COMPANIES = "/v1/companies";
  private static final long CHAIN_ID = 1337;
  private static final String SENDING = sending();

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

  @Test
  void aWalletIsToldThatItMayTryAgain() throws Exception {
    EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
    try (Database database =
        Database.open(DatabaseUrl.parse(postgres.getJdbcUrl("postgres", "postgres")))) {
      begin(database);
      ReadOnlyDatabase answering = new AnsweringDatabase(database);
      RelayTargets targets =
          new RelayTargets(
              address -> answering.read(handle -> Contracts.at(handle, address).isPresent()),
              _ -> false,
              Optional.empty());
      LiveChain chain = new LiveChain();
      WalletRpc rpc = new WalletRpc(chain, new Relay(chain, CHAIN_ID, targets));
      try (ApiServer server =
          new ApiServer(ApiSettings.of("127.0.0.1", 0), List.of(rpc), () -> 0).start()) {
        ApiClient client = new ApiClient(server.port());
        assertThat(client.post("/rpc", SENDING).body()).contains("-32003");
        postgres.close();

        assertThat(client.post("/rpc", SENDING).body())
            .contains("-32002", "The database gave no answer; try again shortly.");
      }
    } finally {
      postgres.close();
    }
  }

  /** What a wallet asks to send a call to a contract that is not known here. */
  private static String sending() {
    RawTransaction call =
        RawTransaction.createTransaction(
            CHAIN_ID,
            BigInteger.ZERO,
            BigInteger.valueOf(100_000),
            "0x00000000000000000000000000000000000000aa",
            BigInteger.ZERO,
            "0x",
            BigInteger.ZERO,
            BigInteger.ZERO);
    String signed =
        Numeric.toHexString(TransactionEncoder.signMessage(call, Credentials.create("0x01")));
    return """
    {"jsonrpc": "2.0", "id": 1, "method": "eth_sendRawTransaction", "params": ["%s"]}
    """
        .formatted(signed);
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
