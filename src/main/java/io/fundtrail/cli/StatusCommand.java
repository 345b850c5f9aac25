package io.fundtrail.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fundtrail.app.AppConfig;
import io.fundtrail.app.Setting;
import io.fundtrail.app.StartRefused;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import picocli.CommandLine.Command;

@Command(
    name = "status",
    description = "Asks a running service how it stands; 1 when it does not follow the chain.")
final class StatusCommand implements SettingsCommand {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

  private final Terminal terminal;
  private final SettingOptions options;

  StatusCommand(Terminal terminal) {
    this.terminal = terminal;
    this.options =
        new SettingOptions(terminal, Setting.DATA, Setting.PORT, Setting.BIND, Setting.CONFIG);
  }

  @Override
  public SettingOptions options() {
    return options;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    AppConfig config = options.config();
    JsonNode status = ask(config.url());
    print(terminal.out(), config.url(), status);
    return status.at("/index/state").asText().equals("stopped") ? ExitCode.FAILED : ExitCode.OK;
  }

  private static JsonNode ask(URI service) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(service.resolve("/v1/status")).timeout(ANSWER_LIMIT).build();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER_LIMIT).build()) {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new StartRefused(
            "what answers on %s is no Fundtrail, or not well: status %d"
                .formatted(service, response.statusCode()));
      }
      return new ObjectMapper().readTree(response.body());
    } catch (IOException e) {
      throw new StartRefused("no service answers on " + service, e);
    }
  }

  private static void print(PrintWriter out, URI service, JsonNode status) {
    line(out, "service", "Fundtrail " + text(status, "/version") + " on " + service);
    line(
        out,
        "chain",
        "%s, %s node, finality %s"
            .formatted(
                text(status, "/chain/id"),
                text(status, "/chain/node"),
                text(status, "/chain/finality")));
    line(
        out,
        "head",
        "block %s of %s; the chain's clock is at %s"
            .formatted(
                text(status, "/chain/head/number"),
                text(status, "/chain/head/time"),
                text(status, "/chain/clock")));
    line(
        out,
        "index",
        "%s%s; at block %s, verified through %s"
            .formatted(
                text(status, "/index/state"),
                isThere(status, "/index/detail") ? " (" + text(status, "/index/detail") + ")" : "",
                text(status, "/asOf/blockNumber"),
                text(status, "/asOf/verifiedThrough")));
    if (isThere(status, "/index/progress")) {
      line(
          out,
          "progress",
          "%s blocks behind; %s events/s, %s blocks/s, %s s left"
              .formatted(
                  text(status, "/index/blocksBehind"),
                  text(status, "/index/progress/eventsPerSecond"),
                  text(status, "/index/progress/blocksPerSecond"),
                  text(status, "/index/progress/secondsLeft")));
    }
    line(out, "writing", status.at("/writing").asBoolean() ? "accepted" : "not accepted");
    line(out, "directory", text(status, "/contracts/directory"));
    if (isThere(status, "/notice")) {
      line(out, "notice", text(status, "/notice"));
    }
  }

  private static boolean isThere(JsonNode json, String path) {
    return !json.at(path).isMissingNode() && !json.at(path).isNull();
  }

  private static String text(JsonNode json, String path) {
    return isThere(json, path) ? json.at(path).asText() : "unknown";
  }

  private static void line(PrintWriter out, String what, String text) {
    out.printf("%-10s %s%n", what, text);
  }
}
