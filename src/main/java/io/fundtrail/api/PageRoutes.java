package io.fundtrail.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The pages that people read and work on, the description, and what each problem means. */
public final class PageRoutes implements Routes {
  private static final String FOLDER = "/io/fundtrail/api/pages/";
  private static final Map<String, String> CACHED = Map.of("Cache-Control", "max-age=300");
  private static final Map<String, String> KEPT =
      Map.of("Cache-Control", "public, max-age=31536000, immutable");

  /** A file that is named by its content, so that it never changes. */
  private static final Pattern BY_CONTENT = Pattern.compile(".*-[A-Z0-9]{8}\\.[a-z]+");

  private static final Map<String, String> TYPES =
      Map.of(
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  /** The addresses that the page in the browser knows; it is the same file for all of them. */
  private static final List<String> PAGES =
      List.of(
          "/",
          "/rounds/{address}",
          "/companies",
          "/companies/{id}",
          "/companies/{id}/open-round",
          "/share-classes/{address}",
          "/distributions/{address}/{id}",
          "/votes/{address}",
          "/trusts",
          "/trusts/{address}",
          "/me",
          "/registrar",
          "/operator",
          "/audit",
          "/audit/{address}",
          "/status");

  /** Made when it is first asked for. */
  private static final class Docs {
    private static final Answer PAGE = Answer.html(DescriptionPage.of(Description.root()));
  }

  private final Answer page;
  private final Answer exit;
  private final Answer yaml;
  private final Map<String, Answer> assets;
  private final Map<String, Answer> problems;

  public PageRoutes() {
    this.page =
        Answer.html(
            new String(Description.resource(FOLDER + "index.html"), StandardCharsets.UTF_8));
    this.exit = Answer.standalone(Description.resource(FOLDER + "exit.html"));
    this.yaml = Answer.file("application/yaml", Description.yaml(), Map.of());
    this.assets = assets();
    this.problems =
        Arrays.stream(ProblemType.values())
            .collect(Collectors.toUnmodifiableMap(ProblemType::slug, PageRoutes::explain));
  }

  @Override
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    PAGES.forEach(address -> routes.add(Route.page(address, page)));
    routes.add(Route.get("/exit.html", _ -> exit));
    routes.add(Route.get("/docs", _ -> Docs.PAGE));
    routes.add(Route.get("/v1/openapi.yaml", _ -> yaml));
    routes.add(Route.get("/assets/{file}", request -> named(assets, request.path("file"), "file")));
    routes.add(
        Route.get("/problems/{name}", request -> named(problems, request.path("name"), "problem")));
    return routes;
  }

  /** The files that the build made of the page, as it listed them. */
  private static Map<String, Answer> assets() {
    Map<String, Answer> assets = new HashMap<>();
    try {
      for (JsonNode listed : Json.read(Description.resource(FOLDER + "files.json"))) {
        String name = listed.textValue();
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) {
          throw new IllegalStateException("the page has a file of no known type: " + name);
        }
        assets.put(
            name,
            Answer.file(
                type,
                Description.resource(FOLDER + name),
                BY_CONTENT.matcher(name).matches() ? KEPT : CACHED));
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the list of the page's files is no JSON", e);
    }
    return Map.copyOf(assets);
  }

  private static Answer named(Map<String, Answer> answers, Field name, String what) {
    String given = name.text(1, 100);
    Answer answer = answers.get(given);
    if (answer == null) {
      throw Problem.notFound(what + " " + given);
    }
    return answer;
  }

  private static Answer explain(ProblemType type) {
    return Answer.html(
        Html.page(
            "Fundtrail: " + type.title(),
            "<main><h1>"
                + Html.escape(type.title())
                + "</h1><p><code>"
                + type.uri()
                + "</code>, status "
                + type.status()
                + "</p><p>"
                + Html.escape(type.explanation())
                + "</p></main>"));
  }
}
