package io.fundtrail.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Compares requests and answers with {@code openapi.yaml}. */
public final class DescribedAnswers {
  private final JsonNode root = Description.root();
  private final SchemaRegistry registry = SchemaRegistry.withDialect(Dialects.getDraft202012());
  private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();

  /** Fails unless the description has this answer, down to each property. */
  public void check(String method, String path, int status, String contentType, String body) {
    String what = method + " " + path + " answered " + status;
    JsonNode operation = operation(method, path).orElseGet(this::unroutedAnswers);
    JsonNode responses = operation.get("responses");
    JsonNode response = responses.get(String.valueOf(status));
    if (response == null) {
      if (status < 400) {
        throw new AssertionError(what + ", which the description does not have");
      }
      response = responses.get("default");
    }
    JsonNode content = resolved(response).path("content");
    if (content.isMissingNode() && body.isEmpty()) {
      return;
    }
    String type = contentType.split(";", 2)[0];
    JsonNode media = content.get(type);
    if (media == null) {
      throw new AssertionError(what + " as " + type + ", which the description does not have");
    }
    if (type.endsWith("json")) {
      checkJson(what, media.get("schema"), body);
    }
  }

  /** Fails unless the value fits the schema, whose references are those of the description. */
  public void checkJson(String what, JsonNode schema, String json) {
    JsonNode value = parse(what, json);
    List<Error> errors = schemas.computeIfAbsent(schema, this::schema).validate(value);
    if (!errors.isEmpty()) {
      throw new AssertionError(what + ": " + errors + " in " + json);
    }
  }

  /** The operation of a path without parameters filled in, or with. */
  public Optional<JsonNode> operation(String method, String path) {
    String bare = path.split("\\?", 2)[0];
    for (Map.Entry<String, JsonNode> entry : root.get("paths").properties()) {
      String pattern = Pattern.quote(entry.getKey()).replaceAll("\\{\\w+}", "\\\\E[^/]+\\\\Q");
      if (bare.equals(entry.getKey()) || bare.matches(pattern)) {
        return Optional.ofNullable(entry.getValue().get(method.toLowerCase(Locale.ROOT)));
      }
    }
    return Optional.empty();
  }

  public JsonNode root() {
    return root;
  }

  /** A request that no operation takes can only get a problem. */
  private JsonNode unroutedAnswers() {
    ObjectNode responses = ((ObjectNode) root).objectNode();
    responses.putObject("default").put("$ref", "#/components/responses/Problem");
    ObjectNode operation = ((ObjectNode) root).objectNode();
    operation.set("responses", responses);
    return operation;
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? root.at(node.get("$ref").textValue().substring(1)) : node;
  }

  private Schema schema(JsonNode schema) {
    ObjectNode whole = schema.deepCopy();
    whole.set("$defs", root.at("/components/schemas"));
    String text = whole.toString().replace("#/components/schemas/", "#/$defs/");
    return registry.getSchema(text);
  }

  private static JsonNode parse(String what, String json) {
    try {
      return Json.read(json.getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new AssertionError(what + " with a body that is not JSON: " + json, e);
    }
  }
}
