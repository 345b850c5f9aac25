package io.fundtrail.transact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.fundtrail.api.Problem;
import io.fundtrail.api.ProblemType;
import io.fundtrail.bindings.DemoDollar;
import io.fundtrail.chain.ChainReader;
import io.fundtrail.chain.RemoteNode;
import io.fundtrail.model.Address;
import io.fundtrail.model.AsOf;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import io.fundtrail.testnode.TestChain;
import io.fundtrail.testnode.TestNode;
import io.fundtrail.transact.PreparedTransactions.Prepared;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.protocol.Web3j;
import org.web3j.tx.TransactionManager;
import org.web3j.tx.gas.ContractGasProvider;

@TestNode
class PreparedTransactionsTest {
  private static final Units DOLLARS = new Units("USD", 6);
  private static final AsOf AS_OF =
      new AsOf(new BlockRef(1, Hash.ZERO, Instant.EPOCH), "immediate", 1);

  private static TestChain chain;
  private static Address dollar;
  private static Address sender;

  @BeforeAll
  static void deploy(
      Web3j web3j, TransactionManager transactions, ContractGasProvider gas, TestChain given)
      throws Exception {
    chain = given;
    sender = Address.parse(given.account().getAddress());
    DemoDollar deployed = DemoDollar.deploy(web3j, transactions, gas).send();
    dollar = Address.parse(deployed.getContractAddress());
    deployed.mint(sender.toString(), BigInteger.valueOf(5_000_000)).send();
  }

  @Test
  void triesEachTransactionOnWhatTheOneBeforeLeft() {
    Prepared prepared = prepare(chain.rpcUrl(), approve(5_000_000), take(5_000_000));
    assertThat(prepared.simulation().tried()).isEqualTo(2);
    assertThat(prepared.transactions().get(1).nonce())
        .isEqualTo(prepared.transactions().get(0).nonce() + 1);
    assertThat(prepared.transactions())
        .allSatisfy(one -> assertThat(one.gas()).isGreaterThan(BigInteger.valueOf(21_000)));
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> prepare(chain.rpcUrl(), approve(1), take(2)))
        .withMessageContaining("is allowed to take 0.000001 USD; 0.000002 USD are needed");
  }

  @Test
  void triesAtTheTimeOfTheNextBlock() {
    Instant now = Instant.now();
    Prepared prepared = prepare(chain.rpcUrl(), approve(1));
    assertThat(prepared.simulation().time()).isAfter(now.minusSeconds(2));
  }

  @Test
  void triesTheFirstAloneWhereTheEndpointCannotSimulateAndSaysSo() throws IOException {
    HttpServer old = endpointWithoutSimulation();
    try {
      URI url = URI.create("http://127.0.0.1:" + old.getAddress().getPort());
      Prepared prepared = prepare(url, approve(7), take(7));
      assertThat(prepared.simulation().tried()).isEqualTo(1);
      assertThat(prepared.transactions().get(0).gas()).isNotNull();
      assertThat(prepared.transactions().get(1).gas()).isNull();
      assertThatExceptionOfType(Problem.class)
          .isThrownBy(() -> prepare(url, take(7)))
          .matches(problem -> problem.type() == ProblemType.REFUSED);
    } finally {
      old.stop(0);
    }
  }

  @Test
  void saysThatTheChainIsAwayAndThatItHasNotBegun() {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> prepare(URI.create("http://127.0.0.1:1"), approve(1)))
        .matches(problem -> problem.type() == ProblemType.CHAIN_UNAVAILABLE);
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() ->
            new PreparedTransactions(new LiveChain(), new Refusals(), 31337)
                .prepare(AS_OF, sender, List.of(approve(1))))
        .matches(problem -> problem.type() == ProblemType.NOT_READY);
  }

  private static PlannedCall approve(long units) {
    return call("approve", address(), new Uint256(units));
  }

  private static PlannedCall take(long units) {
    return call("transferFrom", address(), address(), new Uint256(units));
  }

  private static org.web3j.abi.datatypes.Address address() {
    return new org.web3j.abi.datatypes.Address(sender.toString());
  }

  @SuppressWarnings("rawtypes")
  private static PlannedCall call(String name, Type... arguments) {
    return PlannedCall.of(name, dollar, new Function(name, List.of(arguments), List.of()), DOLLARS);
  }

  private static Prepared prepare(URI url, PlannedCall... calls) {
    try (ChainReader reader = ChainReader.of(url.toString(), Duration.ofSeconds(5))) {
      LiveChain live = new LiveChain();
      live.open(reader, new RemoteNode(reader, InstantSource.system()));
      return new PreparedTransactions(live, new Refusals(), 31337)
          .prepare(AS_OF, sender, List.of(calls));
    }
  }

  /** The node as older clients are: it answers everything but eth_simulateV1. */
  private static HttpServer endpointWithoutSimulation() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    HttpClient http = HttpClient.newHttpClient();
    server.createContext(
        "/",
        exchange -> {
          String request =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          String answer =
              request.contains("eth_simulateV1")
                  ? "{\"jsonrpc\":\"2.0\",\"id\":%s,\"error\":{\"code\":-32601,\"message\":\"the method eth_simulateV1 does not exist\"}}"
                      .formatted(request.replaceAll(".*\"id\":\\s*(\\d+).*", "$1"))
                  : forward(http, request);
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("content-type", "application/json");
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static String forward(HttpClient http, String request) throws IOException {
    try {
      return http.send(
              HttpRequest.newBuilder(chain.rpcUrl())
                  .header("content-type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(request))
                  .build(),
              BodyHandlers.ofString())
          .body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
