package io.fundtrail.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.api.ApiClient.Reply;
import io.fundtrail.app.Bound;
import io.fundtrail.app.DevelopmentAccount;
import io.fundtrail.app.Signer;
import io.fundtrail.chain.Fees;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.store.Database;
import io.fundtrail.store.DatabaseUrl;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;

/** What the relay and the JSON-RPC front take, and what they refuse. */
class RelayTest {
  private static final DevelopmentAccount SOMEBODY = new DevelopmentAccount("somebody");
  private static final Address STRANGER = new DevelopmentAccount("stranger").address();

  private static Database database;
  private static ServedLedger ledger;

  @BeforeAll
  static void start(@TempDir Path folder) {
    database = Database.open(new DatabaseUrl.Sqlite(folder.resolve("index.db")));
    ledger = ServedLedger.start(database, folder.resolve("chain"));
  }

  @AfterAll
  static void stop() {
    ledger.close();
    database.close();
  }

  @Test
  void relaysApprovalsAndMintsOfTheDemoDollarButNoTransfer() {
    var dollar = Bound.demoDollar(ledger.dollar());
    String to = STRANGER.toString();
    ledger.relay(signed(ledger.dollar(), Bound.data(dollar.mint(to, BigInteger.TEN))));
    ledger.relay(signed(ledger.dollar(), Bound.data(dollar.approve(to, BigInteger.TEN))));
    refuses(
        signed(ledger.dollar(), Bound.data(dollar.transfer(to, BigInteger.ZERO))),
        "of which only approve and mint are relayed");
    refuses(signed(ledger.dollar(), Bytes.EMPTY), "calls the function 0x of a settlement token");
  }

  @Test
  void relaysToNoContractButTheLedgers() {
    refuses(signed(STRANGER, Bytes.EMPTY), "neither a contract of this ledger nor");
    Signer signer = new Signer(SOMEBODY.credentials(), ledger.deployment().chainId());
    refuses(
        signer.sign(nonce(), Optional.empty(), Bytes.parse("0x00"), 100_000, Fees.NONE),
        "would create a contract");
  }

  @Test
  void relaysForNoOtherChain() {
    Signer elsewhere = new Signer(SOMEBODY.credentials(), 1);
    Address directory = ledger.deployment().directory();
    refuses(
        elsewhere.sign(nonce(), Optional.of(directory), Bytes.EMPTY, 100_000, Fees.NONE),
        "signed for chain 1; this is chain 31337");
    RawTransaction anyChain =
        RawTransaction.createTransaction(
            BigInteger.valueOf(nonce()),
            BigInteger.ZERO,
            BigInteger.valueOf(100_000),
            directory.toString(),
            "0x");
    refuses(
        Bytes.of(TransactionEncoder.signMessage(anyChain, SOMEBODY.credentials())),
        "binds no chain");
  }

  @Test
  void saysWhyTheChainDoesNotTakeATransaction() {
    Bytes data = Bound.data(Bound.directory(ledger.deployment().directory()).companyCount());
    Bytes early = ledger.sign(SOMEBODY, nonce() + 7, ledger.deployment().directory(), data, 90_000);
    Reply reply = post(early);
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.json().get("type").textValue()).isEqualTo("/problems/chain-refused");
    assertThat(reply.json().get("detail").textValue()).contains("nonce");
  }

  @Test
  void neverActsForTheSignerOfATransactionWithOneByteChanged() {
    byte[] right = signed(ledger.dollar(), Bytes.parse("0x095ea7b3")).bytes();
    for (int i = 0; i < right.length; i++) {
      byte[] wrong = right.clone();
      wrong[i] ^= 1;
      Reply reply = post(Bytes.of(wrong));
      assertThat(reply.status()).as("byte %d", i).isIn(202, 400, 403, 422);
      if (reply.status() == 202) {
        ledger.keepUp();
        JsonNode taken = ledger.read("/v1/transactions/" + reply.json().get("hash").textValue());
        assertThat(taken.get("from").textValue()).isNotEqualTo(SOMEBODY.address().toString());
      }
    }
    byte[] longer = Arrays.copyOf(right, right.length + 1);
    assertThat(post(Bytes.of(longer)).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0x",
        "0x00",
        "0x02",
        "0x02c0",
        "0xc0",
        "0x03f800",
        "0x04c0",
        "0xf8ffffffffffffffff",
        "0x02f9ffff",
        "0x7f"
      })
  void takesNoBytesThatAreNoTransaction(String bytes) {
    Reply reply = post(Bytes.parse(bytes));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().get("parameter").textValue()).isEqualTo("rawTransaction");
  }

  @Test
  void followsATransaction() {
    String to = STRANGER.toString();
    String hash =
        ledger.relay(
            signed(
                ledger.dollar(),
                Bound.data(Bound.demoDollar(ledger.dollar()).mint(to, BigInteger.ONE))));
    JsonNode became = ledger.read("/v1/transactions/" + hash);
    assertThat(became.get("state").textValue()).isEqualTo("succeeded");
    assertThat(became.get("from").textValue()).isEqualTo(SOMEBODY.address().toString());
    Reply unknown = ledger.client().get("/v1/transactions/" + Hash.ZERO);
    assertThat(unknown.status()).isEqualTo(404);
  }

  @Test
  void answersWalletsOnJsonRpc() {
    assertThat(rpc("eth_chainId", "[]").get("result").textValue()).isEqualTo("0x7a69");
    assertThat(rpc("net_version", "[]").get("result").textValue()).isEqualTo("31337");
    assertThat(rpc("eth_getBlockByNumber", "[\"latest\",false]").at("/result/hash").textValue())
        .hasSize(66);
    assertThat(
            rpc("eth_getTransactionCount", "[\"" + SOMEBODY.address() + "\",\"latest\"]")
                .has("result"))
        .isTrue();
    Bytes raw =
        signed(
            ledger.dollar(),
            Bound.data(
                Bound.demoDollar(ledger.dollar()).mint(STRANGER.toString(), BigInteger.ONE)));
    assertThat(rpc("eth_sendRawTransaction", "[\"" + raw + "\"]").get("result").textValue())
        .hasSize(66);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "anvil_setBalance",
        "evm_mine",
        "eth_sendTransaction",
        "eth_accounts",
        "eth_sign",
        "personal_unlockAccount",
        "debug_traceTransaction",
        "eth_getLogs",
        "eth_newFilter",
        "eth_simulateV1",
        "ETH_CHAINID",
        "eth_chainId ",
        "hardhat_reset",
        "admin_peers",
        ""
      })
  void answersNoMethodOffTheList(String method) {
    assertThat(rpc(method, "[]").at("/error/code").intValue()).isEqualTo(-32601);
  }

  @Test
  void boundsWhatOneJsonRpcRequestCanAskOfTheNode() {
    String call = "{\"to\":\"" + ledger.dollar() + "\",\"gas\":\"0xffffffffff\"}";
    assertThat(rpc("eth_call", "[" + call + ",\"latest\"]").at("/error/message").textValue())
        .contains("at most 30000000");
    assertThat(rpc("eth_call", "[{},\"latest\",{}]").at("/error/message").textValue())
        .contains("at most 2 parameters");
    assertThat(rpc("eth_feeHistory", "[\"0xffff\",\"latest\",[]]").has("error")).isTrue();
    assertThat(rpc("eth_sendRawTransaction", "[\"hello\"]").at("/error/code").intValue())
        .isEqualTo(-32602);
    assertThat(
            rpc("eth_sendRawTransaction", "[\"" + signed(STRANGER, Bytes.EMPTY) + "\"]")
                .at("/error/message")
                .textValue())
        .contains("neither a contract of this ledger");
  }

  @Test
  void givesARevertedCallItsData() {
    String data = Bound.data(Bound.round(ledger.deployment().directory()).close()).toString();
    JsonNode answer =
        rpc(
            "eth_call",
            "[{\"to\":\"%s\",\"data\":\"%s\"},\"latest\"]"
                .formatted(ledger.deployment().directory(), data));
    assertThat(answer.at("/error/message").textValue()).contains("revert");
  }

  @Test
  void answersABatchInItsOrderButNotAnEndlessOne() {
    String one = "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"eth_chainId\"}";
    Reply batch = ledger.client().post("/rpc", batch(one, 20));
    assertThat(batch.json().findValues("id"))
        .extracting(JsonNode::intValue)
        .containsExactlyElementsOf(IntStream.range(0, 20).boxed().toList());
    Reply bomb = ledger.client().post("/rpc", batch(one, 2000));
    assertThat(bomb.json().at("/error/code").intValue()).isEqualTo(-32600);
    assertThat(ledger.client().post("/rpc", "[]").json().at("/error/code").intValue())
        .isEqualTo(-32600);
    assertThat(ledger.client().post("/rpc", "[" + batch(one, 2) + "]").json().toString())
        .contains("-32600");
  }

  @Test
  void takesTransactionsTogetherAndInTheOrderOfTheirBatch() {
    long nonce = nonce();
    Bytes approval =
        Bound.data(Bound.demoDollar(ledger.dollar()).approve(STRANGER.toString(), BigInteger.TEN));
    List<String> requests = new ArrayList<>();
    for (int i = 0; i < 18; i++) {
      Bytes raw =
          ledger.sign(SOMEBODY, nonce + (i == 17 ? 30 : i), ledger.dollar(), approval, 200_000);
      requests.add(request(i, "eth_sendRawTransaction", List.of(raw)));
    }
    requests.add(request(18, "eth_getTransactionCount", List.of(SOMEBODY.address(), "pending")));
    JsonNode answers = ledger.client().post("/rpc", requests.toString()).json();
    for (int i = 0; i < 17; i++) {
      assertThat(answers.get(i).path("id").intValue()).isEqualTo(i);
      assertThat(answers.get(i).path("result").asText()).startsWith("0x");
    }
    assertThat(answers.get(17).at("/error/message").asText())
        .contains("is " + (nonce + 17) + ", not " + (nonce + 30));
    assertThat(Long.decode(answers.get(18).path("result").asText())).isEqualTo(nonce + 17);
    while (nonce() < nonce + 17) {
      ledger.keepUp();
    }
    ledger.keepUp();
  }

  private static String request(int id, String method, List<?> params) {
    return ServedLedger.json(
        Map.of("jsonrpc", "2.0", "id", id, "method", method, "params", params));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "\"x\"",
        "null",
        "{}",
        "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"eth_chainId\"}",
        "{\"jsonrpc\":\"2.0\",\"method\":\"eth_chainId\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\",\"params\":{}}"
      })
  void refusesWhatIsNoJsonRpcRequest(String request) {
    JsonNode answer = ledger.client().post("/rpc", request).json();
    assertThat(answer.at("/error/code").intValue()).isEqualTo(-32600);
  }

  private static String batch(String request, int times) {
    List<String> requests = IntStream.range(0, times).mapToObj(request::formatted).toList();
    return "[" + String.join(",", requests) + "]";
  }

  private static JsonNode rpc(String method, String params) {
    String request =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":%s}".formatted(method, params);
    return ledger.client().post("/rpc", request).json();
  }

  private static Bytes signed(Address to, Bytes data) {
    return ledger.sign(SOMEBODY, nonce(), to, data, 200_000);
  }

  private static long nonce() {
    return ledger.reader().nonce(SOMEBODY.address());
  }

  private static Reply post(Bytes raw) {
    return ledger
        .client()
        .post("/v1/transactions", ServedLedger.json(Map.of("rawTransaction", raw)));
  }

  private static void refuses(Bytes raw, String why) {
    Reply reply = post(raw);
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.json().get("detail").textValue()).contains(why);
  }
}
