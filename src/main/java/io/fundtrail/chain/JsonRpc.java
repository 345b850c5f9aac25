package io.fundtrail.chain;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fundtrail.model.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * JSON-RPC 2.0 over HTTP. Every answer must carry the id of its question and either a result or an
 * error; large results are read from the stream, never held as a whole.
 */
final class JsonRpc implements AutoCloseable {
  /** One question; its parameters are anything Jackson writes. */
  record Question(String method, List<?> params) {
    static Question of(String method, Object... params) {
      return new Question(method, Arrays.asList(params));
    }
  }

  /** Reads a result from the stream, which stands on its first token. */
  interface ResultReader<T> {
    T read(JsonParser parser) throws IOException;
  }

  static final ObjectMapper MAPPER = new ObjectMapper();

  private static final MediaType JSON = MediaType.get("application/json");
  private static final int ATTEMPTS = 5;

  private final String url;
  private final Patience patience;
  private final OkHttpClient http;
  private final OkHttpClient httpOnce;
  private final AtomicLong ids;

  JsonRpc(String url, Duration timeout) {
    this(url, Patience.of(timeout));
  }

  JsonRpc(String url, Patience patience) {
    this.url = url;
    this.patience = patience;
    this.http =
        new OkHttpClient.Builder()
            .socketFactory(new PromptSockets())
            .connectionSpecs(securityOf(url))
            .connectTimeout(Duration.ofSeconds(5))
            .readTimeout(patience.nextPart())
            .writeTimeout(patience.nextPart())
            .callTimeout(patience.wholeAnswer())
            .connectionPool(new ConnectionPool(8, 1, TimeUnit.MINUTES))
            .build();
    this.httpOnce = http.newBuilder().retryOnConnectionFailure(false).build();
    this.ids = new AtomicLong();
  }

  /** To a node on this machine without TLS, whose list of the trusted takes long to read. */
  private static List<ConnectionSpec> securityOf(String url) {
    return url.startsWith("http://127.")
        ? List.of(ConnectionSpec.CLEARTEXT)
        : List.of(ConnectionSpec.MODERN_TLS, ConnectionSpec.CLEARTEXT);
  }

  /**
   * The result, a JSON null included; asked up to five times while the endpoint is unavailable.
   * What timed out is not asked again: the caller may ask for less.
   */
  JsonNode call(String method, Object... params) {
    return call(Question.of(method, params), JsonRpc::tree);
  }

  <T> T call(Question question, ResultReader<T> reader) {
    return repeated(() -> call(http, question, reader));
  }

  /** As {@link #call} but asked once: for what must not be done twice. */
  JsonNode callOnce(String method, Object... params) {
    return call(httpOnce, Question.of(method, params), JsonRpc::tree);
  }

  /** The results in the order of the questions; a batch that is refused as a whole is halved. */
  <T> List<T> batch(List<Question> questions, ResultReader<T> reader) {
    if (questions.isEmpty()) {
      return List.of();
    }
    if (questions.size() == 1) {
      return List.of(call(questions.getFirst(), reader));
    }
    Optional<List<T>> results = repeated(() -> batchOnce(questions, reader));
    if (results.isPresent()) {
      return results.get();
    }
    int half = questions.size() / 2;
    List<T> halves = new ArrayList<>(batch(questions.subList(0, half), reader));
    halves.addAll(batch(questions.subList(half, questions.size()), reader));
    return halves;
  }

  /** Where the endpoint is. */
  String url() {
    return url;
  }

  @Override
  public void close() {
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }

  private <T> T call(OkHttpClient client, Question question, ResultReader<T> reader) {
    long id = ids.incrementAndGet();
    return exchange(
        client,
        question.method(),
        question(id, question),
        parser -> answer(parser, question, id, reader));
  }

  private <T> Optional<List<T>> batchOnce(List<Question> questions, ResultReader<T> reader) {
    long first = ids.getAndAdd(questions.size()) + 1;
    ArrayNode body = MAPPER.createArrayNode();
    for (int i = 0; i < questions.size(); i++) {
      body.add(question(first + i, questions.get(i)));
    }
    String methods = questions.getFirst().method();
    Optional<Map<Long, Answer<T>>> answers =
        exchange(http, methods, body, parser -> answers(parser, methods, reader));
    if (answers.isEmpty()) {
      return Optional.empty();
    }
    List<T> results = new ArrayList<>(questions.size());
    for (int i = 0; i < questions.size(); i++) {
      Answer<T> answer = answers.get().get(first + i);
      if (answer == null) {
        throw new ChainException(
            questions.get(i).method() + " with id " + (first + i) + " was left unanswered");
      }
      results.add(answer.taken(questions.get(i).method()));
    }
    return Optional.of(results);
  }

  /** The answers to a batch by their ids; empty where the batch is refused as a whole. */
  private static <T> Optional<Map<Long, Answer<T>>> answers(
      JsonParser parser, String methods, ResultReader<T> reader) throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT && tree(parser).has("error")) {
      return Optional.empty();
    }
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new ChainException("an array is due for a batch of " + methods);
    }
    Map<Long, Answer<T>> byId = new HashMap<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Answer<T> answer = Answer.read(parser, methods, reader);
      byId.put(answer.id.asLong(-1), answer);
    }
    return Optional.of(byId);
  }

  private static ObjectNode question(long id, Question question) {
    return MAPPER
        .createObjectNode()
        .put("jsonrpc", "2.0")
        .put("id", id)
        .put("method", question.method())
        .set("params", MAPPER.valueToTree(question.params()));
  }

  private <T> T exchange(
      OkHttpClient client, String method, JsonNode body, ResultReader<T> reader) {
    try {
      Request request =
          new Request.Builder()
              .url(url)
              .post(RequestBody.create(MAPPER.writeValueAsBytes(body), JSON))
              .build();
      try (Response response = client.newCall(request).execute()) {
        InputStream answered = body(method, response).byteStream();
        try (InputStream in = AnswerTooLarge.refusing(answered, method, patience.answerBytes());
            JsonParser parser = MAPPER.createParser(in)) {
          parser.nextToken();
          return reader.read(parser);
        }
      }
    } catch (JsonProcessingException e) {
      throw new ChainException(
          method + " was answered with broken JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new ChainUnavailable(
          method + " got no answer from the endpoint: " + e.getClass().getSimpleName(), e);
    }
  }

  /** A node may send its JSON-RPC error with a status other than 200; anything else is refused. */
  private static ResponseBody body(String method, Response response) {
    int status = response.code();
    if (status == 429 || status == 502 || status == 503 || status == 504) {
      throw new ChainUnavailable(method + " was put off by the endpoint with HTTP " + status);
    }
    if (status == 413) {
      throw new RpcError(method, status, "too large, says HTTP 413", Optional.empty());
    }
    ResponseBody body = response.body();
    MediaType type = body == null ? null : body.contentType();
    boolean json = type != null && type.subtype().equals("json");
    if (body == null || (status != 200 && !json)) {
      throw new ChainException(method + " was refused by the endpoint with HTTP " + status);
    }
    return body;
  }

  private static <T> T answer(JsonParser parser, Question question, long id, ResultReader<T> reader)
      throws IOException {
    String method = question.method();
    Answer<T> answer = Answer.read(parser, method, reader);
    if (answer.error.isNull() && (!answer.id.isIntegralNumber() || answer.id.longValue() != id)) {
      throw new ChainException(method + " with id " + id + " was answered for " + answer.id);
    }
    return answer.taken(method);
  }

  /**
   * One answer.
   *
   * @param id missing where there was none
   * @param error null where there was none
   */
  private record Answer<T>(JsonNode id, JsonNode error, Optional<T> result) {
    static <T> Answer<T> read(JsonParser parser, String method, ResultReader<T> reader)
        throws IOException {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw new ChainException(method + " was not answered with an object");
      }
      JsonNode id = MissingNode.getInstance();
      JsonNode error = NullNode.getInstance();
      Optional<T> result = Optional.empty();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "id" -> id = tree(parser);
          case "error" -> error = tree(parser);
          case "result" -> result = Optional.of(reader.read(parser));
          default -> parser.skipChildren();
        }
      }
      return new Answer<>(id, error, result);
    }

    T taken(String method) {
      if (!error.isNull()) {
        throw refusal(method, error);
      }
      return result.orElseThrow(
          () -> new ChainException(method + " was answered with neither result nor error"));
    }
  }

  private static RpcError refusal(String method, JsonNode error) {
    JsonNode data =
        error.path("data").isObject() ? error.path("data").path("data") : error.path("data");
    boolean hex = data.isTextual() && data.textValue().matches("0x([0-9a-fA-F]{2})*");
    return new RpcError(
        method,
        error.path("code").asInt(),
        error.path("message").asText("no message"),
        hex ? Optional.of(Bytes.parse(data.textValue())) : Optional.empty());
  }

  static JsonNode tree(JsonParser parser) throws IOException {
    JsonNode tree = MAPPER.readTree(parser);
    return tree == null ? MissingNode.getInstance() : tree;
  }

  private interface Attempt<T> {
    T run();
  }

  private <T> T repeated(Attempt<T> attempt) {
    Duration pause = patience.firstPause();
    for (int left = ATTEMPTS; ; left--) {
      try {
        return attempt.run();
      } catch (ChainUnavailable e) {
        if (left == 1 || e.isTimeout()) {
          throw e;
        }
        sleep(pause, e);
        pause = pause.multipliedBy(2);
      }
    }
  }

  private static void sleep(Duration pause, ChainUnavailable because) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      because.addSuppressed(e);
      throw because;
    }
  }
}
