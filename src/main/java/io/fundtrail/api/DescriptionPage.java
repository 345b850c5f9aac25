package io.fundtrail.api;

import static io.fundtrail.api.Html.escape;
import static io.fundtrail.api.Html.inline;
import static io.fundtrail.api.Html.paragraphs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The description as one plain page: no script, nothing from elsewhere. */
final class DescriptionPage {
  private final JsonNode root;

  private DescriptionPage(JsonNode root) {
    this.root = root;
  }

  static String of(JsonNode description) {
    DescriptionPage page = new DescriptionPage(description);
    JsonNode info = page.root.get("info");
    String main =
        "<main class=\"docs\">\n"
            + page.contents()
            + "<article>\n<section><h1>"
            + escape(info.get("title").textValue())
            + " API</h1>\n"
            + paragraphs(info.get("description").textValue())
            + "<p><a href=\"/v1/openapi.yaml\">As OpenAPI "
            + escape(page.root.get("openapi").textValue())
            + "</a></p></section>\n"
            + page.operations()
            + page.schemas()
            + "</article>\n</main>";
    return Html.page("Fundtrail: API", main);
  }

  /** A route of the description. */
  private record Operation(String path, String method, JsonNode node) {
    String id() {
      return node.get("operationId").textValue();
    }
  }

  private List<Operation> operationsOf(JsonNode tag) {
    List<Operation> operations = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : root.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        if (method.getValue().at("/tags/0").equals(tag.get("name"))) {
          operations.add(new Operation(path.getKey(), method.getKey(), method.getValue()));
        }
      }
    }
    return operations;
  }

  private String contents() {
    StringBuilder html = new StringBuilder("<nav class=\"toc\" aria-label=\"Contents\">\n");
    for (JsonNode tag : root.get("tags")) {
      html.append("<h2>").append(escape(tag.get("name").textValue())).append("</h2>\n<ul>\n");
      for (Operation operation : operationsOf(tag)) {
        html.append("<li>").append(link(operation.id(), operation.path())).append("</li>\n");
      }
      html.append("</ul>\n");
    }
    return html.append("<h2>")
        .append(link("schemas", "Schemas"))
        .append("</h2>\n</nav>\n")
        .toString();
  }

  private String operations() {
    StringBuilder html = new StringBuilder();
    for (JsonNode tag : root.get("tags")) {
      html.append("<section>\n<h2>").append(escape(tag.get("name").textValue())).append("</h2>\n");
      html.append(paragraphs(tag.get("description").textValue()));
      operationsOf(tag).forEach(operation -> html.append(operation(operation)));
      html.append("</section>\n");
    }
    return html.toString();
  }

  private String operation(Operation operation) {
    JsonNode node = operation.node();
    StringBuilder html = new StringBuilder();
    html.append("<details class=\"operation\" id=\"")
        .append(escape(operation.id()))
        .append("\">\n");
    html.append("<summary><span class=\"method ").append(escape(operation.method())).append("\">");
    html.append(escape(operation.method().toUpperCase(Locale.ROOT)));
    html.append("</span><code>").append(escape(operation.path())).append("</code>");
    html.append("<span class=\"what\">").append(inline(node.get("summary").textValue()));
    html.append("</span></summary>\n");
    if (node.has("description")) {
      html.append(paragraphs(node.get("description").textValue()));
    }
    html.append(parameters(node.path("parameters")));
    if (node.has("requestBody")) {
      html.append("<h4>Body</h4>\n").append(content(node.at("/requestBody/content")));
    }
    html.append("<h4>Answers</h4>\n<table>\n");
    for (Map.Entry<String, JsonNode> answer : node.get("responses").properties()) {
      JsonNode response = resolved(answer.getValue());
      html.append("<tr><td><code>").append(escape(answer.getKey())).append("</code></td><td>");
      html.append(paragraphs(response.get("description").textValue()));
      html.append("</td><td>").append(content(response.path("content"))).append("</td></tr>\n");
    }
    return html.append("</table>\n</details>\n").toString();
  }

  private String parameters(JsonNode parameters) {
    if (parameters.isEmpty()) {
      return "";
    }
    StringBuilder html = new StringBuilder("<h4>Parameters</h4>\n<table>\n");
    for (JsonNode reference : parameters) {
      JsonNode parameter = resolved(reference);
      html.append("<tr><td><code>").append(escape(parameter.get("name").textValue()));
      html.append("</code></td><td>").append(escape(parameter.get("in").textValue()));
      html.append("</td><td>").append(SchemaText.html(parameter.get("schema"))).append("</td><td>");
      html.append(inline(parameter.get("description").textValue())).append("</td></tr>\n");
    }
    return html.append("</table>\n").toString();
  }

  private static String content(JsonNode content) {
    StringBuilder html = new StringBuilder();
    for (Map.Entry<String, JsonNode> type : content.properties()) {
      html.append("<p><code>").append(escape(type.getKey())).append("</code> ");
      html.append(SchemaText.html(type.getValue().get("schema"))).append("</p>\n");
      if (type.getValue().has("example")) {
        html.append("<details><summary>Example</summary><pre><code>");
        html.append(escape(type.getValue().get("example").toPrettyString()));
        html.append("</code></pre></details>\n");
      }
    }
    return html.toString();
  }

  private String schemas() {
    StringBuilder html = new StringBuilder("<section id=\"schemas\">\n<h2>Schemas</h2>\n");
    for (Map.Entry<String, JsonNode> named : root.at("/components/schemas").properties()) {
      JsonNode schema = named.getValue();
      html.append("<div class=\"schema\" id=\"schema-").append(escape(named.getKey()));
      html.append("\"><h3>").append(escape(named.getKey())).append("</h3>\n");
      if (schema.has("description")) {
        html.append(paragraphs(schema.get("description").textValue()));
      }
      html.append(schema.has("properties") ? properties(schema) : SchemaText.html(schema));
      html.append("</div>\n");
    }
    return html.append("</section>\n").toString();
  }

  private static String properties(JsonNode schema) {
    StringBuilder html = new StringBuilder("<table>\n");
    for (Map.Entry<String, JsonNode> property : schema.get("properties").properties()) {
      html.append("<tr><td><code>").append(escape(property.getKey())).append("</code></td><td>");
      html.append(SchemaText.html(property.getValue())).append("</td><td>");
      html.append(inline(property.getValue().path("description").asText())).append("</td></tr>\n");
    }
    return html.append("</table>\n").toString();
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? root.at(node.get("$ref").textValue().substring(1)) : node;
  }

  private static String link(String anchor, String text) {
    return "<a href=\"#" + escape(anchor) + "\">" + escape(text) + "</a>";
  }
}
