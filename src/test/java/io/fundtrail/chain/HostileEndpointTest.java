package io.fundtrail.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.chain.ScriptedEndpoint.Answer;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.model.LogRef;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node or a provider in front of it may answer, and what is made of it. */
class HostileEndpointTest {
  private static final Address CONTRACT = Address.parse("0x" + "c0".repeat(20));

  @Test
  void refusesAnAnswerToAnotherQuestion() {
    String wrongId = "{\"jsonrpc\":\"2.0\",\"id\":99,\"result\":\"0x1\"}";
    assertRefused(question -> Answer.json(wrongId), "eth_chainId with id 1 was answered for 99");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "null | a string is due for the chain id, not null",
        "7 | a string is due for the chain id, not 7",
        "'\"7\"' | the chain id is \"7\": it is no hexadecimal quantity",
        "'\"0x\"' | the chain id is \"0x\": it is no hexadecimal quantity",
        "'\"0xffffffffffffffff\"' | the chain id is 18446744073709551615, 2^63-1 being the most"
      })
  void refusesAResultOfAnotherShape(String result, String message) {
    assertRefused(question -> Answer.result(question, result), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | eth_chainId with id 1 was answered for ",
        "{\"id\":1} | eth_chainId was answered with neither result nor error",
        "[] | eth_chainId was not answered with an object",
        "<html> | eth_chainId was answered with broken JSON",
        "{\"id\":1,\"result\":\"0x | eth_chainId was answered with broken JSON"
      })
  void refusesWhatIsNoAnswer(String body, String message) {
    assertRefused(question -> Answer.json(body), message);
  }

  @Test
  void refusesAnErrorStatusWithoutShowingTheAddress() {
    try (ScriptedEndpoint endpoint = new ScriptedEndpoint(question -> new Answer(401, "no"));
        ChainReader chain = ChainReader.of(endpoint.url())) {
      assertThatThrownBy(chain::chainId)
          .isExactlyInstanceOf(ChainException.class)
          .hasMessage("eth_chainId was refused by the endpoint with HTTP 401");
      assertThat(endpoint.questions()).hasSize(1);
    }
  }

  @Test
  void asksAgainWhileTheEndpointPutsItOff() {
    AtomicInteger asked = new AtomicInteger();
    Function<JsonNode, Answer> script =
        question ->
            asked.incrementAndGet() < 3
                ? new Answer(503, "busy")
                : Answer.result(question, "\"0x7a69\"");
    try (ScriptedEndpoint endpoint = new ScriptedEndpoint(script);
        ChainReader chain = ChainReader.of(endpoint.url())) {
      assertThat(chain.chainId()).isEqualTo(31337);
      assertThat(asked).hasValue(3);
    }
  }

  @Test
  void sendsATransactionOnceOnly() {
    try (ScriptedEndpoint endpoint = new ScriptedEndpoint(question -> new Answer(503, "busy"));
        ChainReader chain = ChainReader.of(endpoint.url())) {
      assertThatThrownBy(() -> chain.sendRawTransaction(Bytes.parse("0x01")))
          .isInstanceOf(ChainUnavailable.class)
          .hasMessage("eth_sendRawTransaction was put off by the endpoint with HTTP 503");
      assertThat(endpoint.questions()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "query returned more than 10000 results",
        "Log response size exceeded. Try with this block range [0x0, 0x5].",
        "Requested range exceeds maximum RPC range limit",
        "query timeout exceeded"
      })
  void halvesARangeOfLogsUntilItIsAnswered(String refusal) {
    Function<JsonNode, Answer> script =
        question -> {
          long from = block(question, "fromBlock");
          long to = block(question, "toBlock");
          return to - from >= 3
              ? Answer.error(question, -32602, refusal)
              : Answer.result(question, logs(from, to));
        };
    try (ScriptedEndpoint endpoint = new ScriptedEndpoint(script);
        ChainReader chain = ChainReader.of(endpoint.url())) {
      assertThat(chain.logs(10, 20, List.of(CONTRACT)))
          .extracting(log -> log.ref().blockNumber())
          .containsExactly(10L, 11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L, 19L, 20L);
    }
  }

  @Test
  void halvesARangeOfLogsThatTakesTooLongOrIsTooLarge() {
    CountDownLatch never = new CountDownLatch(1);
    Function<JsonNode, Answer> script =
        question -> {
          long from = block(question, "fromBlock");
          long to = block(question, "toBlock");
          if (to - from == 3) {
            awaitQuietly(never);
          }
          return to - from == 1
              ? new Answer(413, "too large")
              : Answer.result(question, logs(from, to));
        };
    try (ScriptedEndpoint endpoint = new ScriptedEndpoint(script);
        ChainReader chain = ChainReader.of(endpoint.url(), Duration.ofMillis(300))) {
      assertThat(chain.logs(0, 3, List.of(CONTRACT))).hasSize(4);
      never.countDown();
    }
  }

  @Test
  void waitsNoLongerForAnAnswerThatTrickles() {
    Patience patience =
        new Patience(Duration.ofMillis(300), Duration.ofMillis(600), Duration.ZERO, 1_000);
    try (ScriptedEndpoint endpoint =
            new ScriptedEndpoint(
                question -> Answer.result(question, "\"0x1\"").trickling(Duration.ofMillis(100)));
        ChainReader chain = ChainReader.of(endpoint.url(), patience)) {
      assertThatThrownBy(chain::chainId)
          .isInstanceOfSatisfying(ChainUnavailable.class, e -> assertThat(e.isTimeout()).isTrue());
      assertThat(endpoint.questions()).hasSize(1);
    }
  }

  @Test
  void readsNoMoreThanAnAnswerMayHold() {
    Patience patience =
        new Patience(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ZERO, 1_000);
    try (ScriptedEndpoint endpoint =
            new ScriptedEndpoint(question ->
                Answer.json(
                    "{\"id\":1,\"result\":\"0x1\",\"more\":[%s0]}".formatted("0,".repeat(1_000))));
        ChainReader chain = ChainReader.of(endpoint.url(), patience)) {
      assertThatThrownBy(chain::chainId)
          .isInstanceOf(ChainException.class)
          .hasMessage("eth_chainId was answered with more than 1000 bytes");
    }
  }

  @Test
  void asksForFewerLogsWhereTheyAreMoreThanAnAnswerMayHold() {
    Patience patience =
        new Patience(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ZERO, 1_000);
    try (ScriptedEndpoint endpoint =
            new ScriptedEndpoint(question ->
                Answer.result(
                    question, logs(block(question, "fromBlock"), block(question, "toBlock"))));
        ChainReader chain = ChainReader.of(endpoint.url(), patience)) {
      assertThat(chain.logs(0, 7, List.of(CONTRACT))).hasSize(8);
      assertThat(endpoint.questions()).hasSizeGreaterThan(2);
    }
  }

  @Test
  void givesUpOnARefusalThatHalvingCannotHelp() {
    try (ScriptedEndpoint endpoint =
            new ScriptedEndpoint(question -> Answer.error(question, -32601, "Method not found"));
        ChainReader chain = ChainReader.of(endpoint.url())) {
      assertThatThrownBy(() -> chain.logs(0, 100, List.of(CONTRACT)))
          .isInstanceOf(RpcError.class)
          .hasMessage("eth_getLogs was refused: Method not found (code -32601)");
      assertThat(endpoint.questions()).hasSize(1);
    }
  }

  @Test
  void givesUpWhenOneBlockAloneIsRefused() {
    try (ScriptedEndpoint endpoint =
            new ScriptedEndpoint(question -> Answer.error(question, -32005, "limit exceeded"));
        ChainReader chain = ChainReader.of(endpoint.url())) {
      assertThatThrownBy(() -> chain.logs(5, 6, List.of(CONTRACT)))
          .isInstanceOf(RpcError.class)
          .hasMessageContaining("limit exceeded");
    }
  }

  @Test
  void refusesLogsThatWereNotAskedForOrAreOutOfOrder() {
    assertLogsRefused("[" + log(9, 0) + "]", "a log of block 9 was given for blocks 1 to 5");
    assertLogsRefused("[" + log(2, 1) + "," + log(2, 0) + "]", "out of order");
    assertLogsRefused("[" + log(2, 1) + "," + log(2, 1) + "]", "out of order");
    assertLogsRefused("null", "an array is due for logs, not VALUE_NULL");
    assertLogsRefused("[null]", "an object is due for a log, not null");
    assertLogsRefused(
        "[" + log(2, 0).replace("\"removed\":false", "\"removed\":true") + "]",
        "no longer on the chain");
    assertLogsRefused(
        "[" + log(2, 0).replace(CONTRACT.toString(), Address.ZERO.toString()) + "]",
        "which was not asked for");
  }

  @Test
  void refusesALogOfAnotherShape() {
    String log = log(2, 0);
    assertLogsRefused("[7]", "an object is due for a log, not 7");
    assertLogsRefused("[{}]", "a string is due for a log's blockNumber, not nothing");
    assertLogsRefused(
        "[" + log.replace("\"data\":\"0x\",", "") + "]",
        "a string is due for a log's data, not nothing");
    assertLogsRefused(
        "[" + log.replace("\"data\":\"0x\"", "\"data\":{\"0x\":1}") + "]",
        "a string is due for a log's data, not {");
    assertLogsRefused(
        "[" + log.replace("\"data\":\"0x\"", "\"data\":\"0x0g\"") + "]",
        "a log's data is \"0x0g\": byte string has the character 'g' at 3, not a hex digit");
    assertLogsRefused(
        "[" + log.replace("\"logIndex\":\"0x0\"", "\"logIndex\":\"0x80000000\"") + "]",
        "a log's logIndex is 2147483648, 2^31-1 being the most");
    assertLogsRefused(
        "[" + log.replace("\"topics\":[]", "\"topics\":\"\"") + "]",
        "an array is due for a log's topics");
    String topic = '"' + Hash.ZERO.toString() + '"';
    assertLogsRefused(
        "[" + log.replace("[]", "[" + (topic + ",").repeat(4) + topic + "]") + "]",
        "a log has 4 topics at most");
    assertLogsRefused("[" + log, "broken JSON");
  }

  @Test
  void readsALogWhateverTheOrderOfItsFieldsAndWhateverElseItHas() {
    String other =
        """
        {"removed":false,"extra":{"data":["0x01"]},"logIndex":"0x1","data":"0x0a",\
        "topics":["%s"],"transactionIndex":"0x2","transactionHash":"%s","blockHash":"%s",\
        "blockTimestamp":"0x1","blockNumber":"0x3","address":"%s"}\
        """
            .formatted(Hash.ZERO, Hash.ZERO, Hash.ZERO, CONTRACT);
    try (ScriptedEndpoint endpoint =
            new ScriptedEndpoint(question -> Answer.result(question, "[" + other + "]"));
        ChainReader chain = ChainReader.of(endpoint.url())) {
      assertThat(chain.logs(1, 5, List.of(CONTRACT)))
          .singleElement()
          .satisfies(log -> {
            assertThat(log.ref()).isEqualTo(new LogRef(3, 1));
            assertThat(log.data()).isEqualTo(Bytes.parse("0x0a"));
            assertThat(log.topics()).containsExactly(Hash.ZERO);
            assertThat(log.txIndex()).isEqualTo(2);
          });
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "null | the chain has no block 0x5, or not yet",
        "7 | an object is due for a block, not 7",
        "{} | a string is due for a block's parentHash, not nothing",
        "{\"hash\":1} | a string is due for a block's hash, not 1",
        "{\"number\":\"five\"} | a block's number is \"five\": it is no hexadecimal quantity",
        "{\"parentHash\":\"0x00\"} | a block's parentHash is \"0x00\": hash must be 32 bytes, not 1"
      })
  void refusesABlockOfAnotherShape(String result, String message) {
    try (ScriptedEndpoint endpoint =
            new ScriptedEndpoint(question -> Answer.result(question, result));
        ChainReader chain = ChainReader.of(endpoint.url())) {
      assertThatThrownBy(() -> chain.header(5))
          .isInstanceOf(ChainException.class)
          .hasMessage(message);
    }
  }

  @Test
  void doesNotHoldBackTheEndOfAQuestion() throws IOException {
    try (Socket socket = new PromptSockets().createSocket()) {
      assertThat(socket.getTcpNoDelay()).isTrue();
    }
  }

  @Test
  void splitsABatchThatIsRefusedAsAWhole() {
    Function<JsonNode, Answer> script =
        question -> {
          if (question.isArray() && question.size() > 2) {
            return Answer.json(
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32600,\"message\":\"batch"
                    + " too large\"}}");
          }
          if (question.isArray()) {
            return Answer.json("[" + proof(question.path(1)) + "," + proof(question.path(0)) + "]");
          }
          return Answer.json(proof(question));
        };
    List<Address> addresses =
        List.of(CONTRACT, Address.ZERO, Address.parse("0x" + "01".repeat(20)));
    try (ScriptedEndpoint endpoint = new ScriptedEndpoint(script);
        ChainReader chain = ChainReader.of(endpoint.url())) {
      assertThat(chain.proofs(addresses, List.of(), 1))
          .extracting(ChainProof::address)
          .isEqualTo(addresses);
    }
  }

  @Test
  void refusesABatchWithAnAnswerMissing() {
    try (ScriptedEndpoint endpoint =
            new ScriptedEndpoint(question -> Answer.json("[" + proof(question.path(0)) + "]"));
        ChainReader chain = ChainReader.of(endpoint.url())) {
      assertThatThrownBy(() -> chain.proofs(List.of(CONTRACT, Address.ZERO), List.of(), 1))
          .isInstanceOf(ChainException.class)
          .hasMessage("eth_getProof with id 2 was left unanswered");
    }
  }

  @Test
  void refusesAProofForAnotherAccountOrSlot() {
    Hash slot = Hash.ZERO;
    try (ScriptedEndpoint endpoint =
            new ScriptedEndpoint(question ->
                Answer.result(
                    question,
                    "{\"address\":\"%s\",\"accountProof\":[],\"storageProof\":[{\"key\":\"0x1\",\"value\":\"0x0\",\"proof\":[]}]}"
                        .formatted(CONTRACT)));
        ChainReader chain = ChainReader.of(endpoint.url())) {
      assertThatThrownBy(() -> chain.proof(Address.ZERO, List.of(), 1))
          .hasMessage("the proof of " + Address.ZERO + " was answered for " + CONTRACT);
      assertThatThrownBy(() -> chain.proof(CONTRACT, List.of(), 1))
          .hasMessage("the proof of 0 slots was answered for 1");
      assertThatThrownBy(() -> chain.proof(CONTRACT, List.of(slot), 1))
          .hasMessageStartingWith("the proof of slot " + slot + " was answered for 0x");
    }
  }

  private static void assertRefused(Function<JsonNode, Answer> script, String message) {
    try (ScriptedEndpoint endpoint = new ScriptedEndpoint(script);
        ChainReader chain = ChainReader.of(endpoint.url())) {
      assertThatThrownBy(chain::chainId)
          .isExactlyInstanceOf(ChainException.class)
          .hasMessageStartingWith(message)
          .hasMessageNotContaining("secret");
    }
  }

  private static void assertLogsRefused(String result, String message) {
    try (ScriptedEndpoint endpoint =
            new ScriptedEndpoint(question -> Answer.result(question, result));
        ChainReader chain = ChainReader.of(endpoint.url())) {
      assertThatThrownBy(() -> chain.logs(1, 5, List.of(CONTRACT)))
          .isExactlyInstanceOf(ChainException.class)
          .hasMessageContaining(message);
    }
  }

  private static long block(JsonNode question, String end) {
    return Long.decode(question.path("params").path(0).path(end).asText());
  }

  private static String logs(long from, long to) {
    StringBuilder logs = new StringBuilder("[");
    for (long block = from; block <= to; block++) {
      logs.append(block == from ? "" : ",").append(log(block, 0));
    }
    return logs.append("]").toString();
  }

  private static String log(long block, int index) {
    return """
    {"address":"%s","topics":[],"data":"0x","blockNumber":"0x%x","blockHash":"%s",\
    "transactionHash":"%s","transactionIndex":"0x0","logIndex":"0x%x","removed":false}\
    """
        .formatted(CONTRACT, block, Hash.ZERO, Hash.ZERO, index);
  }

  private static String proof(JsonNode question) {
    return """
    {"jsonrpc":"2.0","id":%s,"result":{"address":%s,"accountProof":[],"storageProof":[]}}\
    """
        .formatted(question.path("id"), question.path("params").path(0));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
