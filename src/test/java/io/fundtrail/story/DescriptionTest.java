package io.fundtrail.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.api.DescribedAnswers;
import io.fundtrail.api.ProblemType;
import io.fundtrail.api.Route;
import io.fundtrail.store.Database;
import io.fundtrail.store.DatabaseUrl;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The description says what the service answers: no less, no more, and closed. */
class DescriptionTest {
  private static final DescribedAnswers DESCRIPTION = new DescribedAnswers();

  /** Objects that have properties which need not be there, with the reason in the description. */
  private static final Map<String, Set<String>> OPTIONAL =
      Map.of(
          "RpcRequest", Set.of("params"),
          "RpcError", Set.of("data"),
          "RpcResponse", Set.of("result", "error"));

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
  void describesEveryRouteAndNoOther() {
    Set<String> described = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : paths()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        described.add(method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
      }
    }
    assertThat(ledger.routes())
        .extracting(route -> route.method() + " " + route.path())
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(described);
  }

  @Test
  void describesEveryParameterAndNoOther() {
    for (Route route : ledger.routes()) {
      JsonNode operation = DESCRIPTION.operation(route.method().name(), route.path()).orElseThrow();
      Set<String> query = new TreeSet<>();
      Set<String> path = new TreeSet<>();
      Set<String> header = new TreeSet<>();
      for (JsonNode reference : operation.path("parameters")) {
        JsonNode parameter = resolved(reference);
        Set<String> named =
            switch (parameter.get("in").textValue()) {
              case "query" -> query;
              case "header" -> header;
              default -> path;
            };
        named.add(parameter.get("name").textValue());
      }
      assertThat(header)
          .as(route.path())
          .isEqualTo(
              switch (route.kind()) {
                case Route.Kind.Answers _, Route.Kind.Shows _ -> Set.of();
                case Route.Kind.Streams _ -> Set.of("Last-Event-ID");
              });
      assertThat(route.query()).as(route.path()).containsExactlyInAnyOrderElementsOf(query);
      assertThat(path)
          .as(route.path())
          .isEqualTo(
              Pattern.compile("\\{(\\w+)}")
                  .matcher(route.path())
                  .results()
                  .map(part -> part.group(1))
                  .collect(Collectors.toSet()));
    }
  }

  @Test
  void takesExactlyTheBodiesThatItDescribes() {
    for (Route route : ledger.routes()) {
      JsonNode schema =
          DESCRIPTION
              .operation(route.method().name(), route.path())
              .orElseThrow()
              .at("/requestBody/content/application~1json/schema");
      if (!schema.has("$ref")) {
        continue;
      }
      Map<String, Object> body = new LinkedHashMap<>();
      resolved(schema)
          .get("properties")
          .fieldNames()
          .forEachRemaining(name -> body.put(name, true));
      String path =
          route
              .path()
              .replace("{address}", ledger.deployment().directory().toString())
              .replace("{function}", "registerCompany");
      JsonNode answer = ledger.client().post(path, ServedLedger.json(body)).json();
      assertThat(answer.get("given").textValue())
          .as("a value, not a name, of " + route.path())
          .isEqualTo("true");
      body.put("unheardOf", true);
      JsonNode refusal = ledger.client().post(path, ServedLedger.json(body)).json();
      assertThat(refusal.get("parameter").textValue()).isEqualTo("unheardOf");
    }
  }

  @Test
  void closesEveryObjectAndRequiresEveryProperty() {
    for (Map.Entry<String, JsonNode> named :
        DESCRIPTION.root().at("/components/schemas").properties()) {
      JsonNode schema = named.getValue();
      if (!schema.path("type").asText().equals("object")
          || named.getKey().equals("EventArguments")) {
        continue;
      }
      assertThat(schema.path("additionalProperties").isBoolean()).as(named.getKey()).isTrue();
      assertThat(schema.get("additionalProperties").booleanValue()).as(named.getKey()).isFalse();
      Set<String> properties = new TreeSet<>();
      schema.get("properties").fieldNames().forEachRemaining(properties::add);
      properties.removeAll(OPTIONAL.getOrDefault(named.getKey(), Set.of()));
      List<String> required = new ArrayList<>();
      schema.get("required").forEach(name -> required.add(name.textValue()));
      assertThat(required).as(named.getKey()).containsExactlyInAnyOrderElementsOf(properties);
    }
  }

  @Test
  void listsEveryProblemAndNoOther() {
    List<String> described = new ArrayList<>();
    DESCRIPTION
        .root()
        .at("/components/schemas/ProblemType/enum")
        .forEach(type -> described.add(type.textValue()));
    assertThat(described)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(ProblemType.values()).map(ProblemType::uri).toList());
    String responses = DESCRIPTION.root().at("/components/responses").toString();
    assertThat(described).allSatisfy(type -> assertThat(responses).contains("`" + type + "`"));
  }

  @Test
  void givesExamplesThatFitTheirSchemas() {
    int examples = 0;
    for (JsonNode content : DESCRIPTION.root().findValues("application/json")) {
      if (content.has("example")) {
        DESCRIPTION.checkJson(
            "an example", content.get("schema"), content.get("example").toString());
        examples++;
      }
    }
    for (JsonNode content : DESCRIPTION.root().findValues("application/problem+json")) {
      if (content.has("example")) {
        DESCRIPTION.checkJson(
            "an example", content.get("schema"), content.get("example").toString());
        examples++;
      }
    }
    for (Map.Entry<String, JsonNode> named :
        DESCRIPTION.root().at("/components/schemas").properties()) {
      for (JsonNode example : named.getValue().path("examples")) {
        DESCRIPTION.checkJson(named.getKey(), named.getValue(), example.toString());
        examples++;
      }
    }
    assertThat(examples).isGreaterThan(10);
  }

  @Test
  void isServedAsItIsPacked() {
    assertThat(ledger.client().get("/v1/openapi.yaml").body()).startsWith("openapi: 3.1");
    String page = ledger.client().get("/docs").body();
    for (Route route : ledger.routes()) {
      assertThat(page).contains(route.path());
    }
  }

  private static Set<Map.Entry<String, JsonNode>> paths() {
    return DESCRIPTION.root().get("paths").properties();
  }

  private static JsonNode resolved(JsonNode node) {
    return node.has("$ref")
        ? DESCRIPTION.root().at(node.get("$ref").textValue().substring(1))
        : node;
  }
}
