package io.fundtrail.api;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The pages that people read: the rounds, the description, what each problem means. */
public final class PageRoutes implements Routes {
  private static final String FOLDER = "/io/fundtrail/api/pages/";
  private static final Map<String, String> CACHED = Map.of("Cache-Control", "max-age=300");
  private static final Map<String, String> ASSETS =
      Map.of(
          "fundtrail.css", "text/css; charset=utf-8",
          "fundtrail.svg", "image/svg+xml",
          "rounds.js", "text/javascript; charset=utf-8");

  private final Answer index;
  private final Answer docs;
  private final Answer yaml;
  private final Map<String, Answer> assets;
  private final Map<String, Answer> problems;

  public PageRoutes(Description description) {
    this.index =
        Answer.html(
            new String(Description.resource(FOLDER + "index.html"), StandardCharsets.UTF_8));
    this.docs = Answer.html(DescriptionPage.of(description));
    this.yaml = Answer.file("application/yaml", description.yaml(), Map.of());
    this.assets =
        ASSETS.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey,
                    file ->
                        Answer.file(
                            file.getValue(),
                            Description.resource(FOLDER + file.getKey()),
                            CACHED)));
    this.problems =
        Arrays.stream(ProblemType.values())
            .collect(Collectors.toUnmodifiableMap(ProblemType::slug, PageRoutes::explain));
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/", _ -> index),
        Route.get("/docs", _ -> docs),
        Route.get("/v1/openapi.yaml", _ -> yaml),
        Route.get("/assets/{file}", request -> named(assets, request.path("file"), "file")),
        Route.get("/problems/{name}", request -> named(problems, request.path("name"), "problem")));
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
