package io.fundtrail.api;

import static io.fundtrail.api.Html.escape;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A JSON schema in a few words, with links to the schemas that it names. */
final class SchemaText {
  private static final String LOCAL = "#/components/schemas/";

  private SchemaText() {}

  static String html(JsonNode schema) {
    if (schema.has("$ref")) {
      String name = schema.get("$ref").textValue().substring(LOCAL.length());
      return "<a href=\"#schema-" + escape(name) + "\">" + escape(name) + "</a>";
    }
    for (String choice : List.of("oneOf", "anyOf")) {
      if (schema.has(choice) && !schema.has("type")) {
        List<String> options = new ArrayList<>();
        schema.get(choice).forEach(option -> options.add(html(option)));
        return String.join(" or ", options);
      }
    }
    if (schema.has("const")) {
      return "<code>" + escape(schema.get("const").asText()) + "</code>";
    }
    if (schema.has("enum")) {
      List<String> words = new ArrayList<>();
      schema.get("enum").forEach(word -> words.add("<code>" + escape(word.asText()) + "</code>"));
      return String.join(", ", words);
    }
    if (schema.has("items")) {
      return "array of " + html(schema.get("items"));
    }
    return escape(type(schema)) + details(schema);
  }

  private static String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    if (type.isArray()) {
      List<String> types = new ArrayList<>();
      type.forEach(one -> types.add(one.textValue()));
      return String.join(" or ", types);
    }
    return type.asText("any value");
  }

  private static String details(JsonNode schema) {
    StringBuilder html = new StringBuilder();
    if (schema.has("minimum") && schema.has("maximum")) {
      html.append(" from ").append(escape(schema.get("minimum").asText()));
      html.append(" to ").append(escape(schema.get("maximum").asText()));
    } else if (schema.has("minimum")) {
      html.append(" from ").append(escape(schema.get("minimum").asText()));
    }
    if (schema.has("default")) {
      html.append(", usually <code>")
          .append(escape(schema.get("default").asText()))
          .append("</code>");
    }
    if (schema.has("examples")) {
      html.append(", such as <code>").append(escape(schema.at("/examples/0").asText()));
      html.append("</code>");
    }
    return html.toString();
  }
}
