package io.fundtrail.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fundtrail.app.AppConfig;
import io.fundtrail.app.ConfigurationException;
import io.fundtrail.app.Setting;
import io.fundtrail.app.StartRefused;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "prove",
    description = "Has a running service build a proof bundle, for \"verify\" to check anywhere.")
final class ProveCommand implements SettingsCommand {
  private static final Duration ANSWER_LIMIT = Duration.ofMinutes(5);

  private final Terminal terminal;
  private final SettingOptions options;

  /** What can be proven. */
  private enum Kind {
    holding,
    register,
    history,
    event,
    solvency,
    commitment
  }

  @Parameters(paramLabel = "KIND", description = "one of ${COMPLETION-CANDIDATES}")
  private Kind kind = Kind.holding;

  @Option(
      names = "--contract",
      required = true,
      paramLabel = "<address>",
      description = "the share class, round, trust or other contract")
  private String contract = "";

  @Option(names = "--wallet", paramLabel = "<address>", description = "of a holding")
  private @Nullable String wallet;

  @Option(
      names = "--person",
      paramLabel = "<identity or wallet>",
      description = "of a commitment to a round")
  private @Nullable String person;

  @Option(names = "--record-date", paramLabel = "<index>", description = "in place of the block")
  private @Nullable String recordDate;

  @Option(names = "--since", paramLabel = "<block>", description = "after which a history begins")
  private @Nullable String since;

  @Option(names = "--log-index", paramLabel = "<index>", description = "of an event in its block")
  private @Nullable String logIndex;

  @Option(
      names = "--block",
      paramLabel = "<number>",
      description = "without it, the newest that is indexed")
  private @Nullable String block;

  @Option(
      names = "--receipt",
      description = "a ZIP to keep: the bundle, the page that checks it, and how that is done")
  private boolean receipt;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "without it, standard output")
  private @Nullable Path output;

  ProveCommand(Terminal terminal) {
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
    Path file = output;
    if (receipt && file == null) {
      throw new ConfigurationException("a receipt is a ZIP file: name one with --output");
    }
    if (receipt && kind != Kind.holding && kind != Kind.commitment) {
      throw new ConfigurationException("a receipt is of a holding or a commitment, not " + kind);
    }
    HttpResponse<byte[]> answer = ask(config.url());
    if (answer.statusCode() != 200) {
      terminal.err().println("fundtrail: " + detail(answer));
      return answer.statusCode() == 400 ? ExitCode.WRONG_USE : ExitCode.FAILED;
    }
    if (file == null) {
      terminal.out().println(new String(answer.body(), StandardCharsets.UTF_8));
      return ExitCode.OK;
    }
    try {
      Files.write(file, answer.body());
    } catch (IOException e) {
      throw new ConfigurationException(file + " cannot be written: " + e.getMessage());
    }
    terminal
        .err()
        .println(
            receipt
                ? "Written to %s. Unpack it and open receipt/receipt.html, which says how to check it."
                    .formatted(file)
                : "Written to %s. Whoever knows the block's hash checks it: ./fundtrail verify %s"
                    .formatted(file, file));
    return ExitCode.OK;
  }

  private HttpResponse<byte[]> ask(URI service) throws InterruptedException {
    Map<String, @Nullable String> given = new LinkedHashMap<>();
    given.put("contract", contract);
    given.put("wallet", wallet);
    given.put("person", person);
    given.put("recordDate", recordDate);
    given.put("since", since);
    given.put("logIndex", logIndex);
    given.put("block", block);
    String query =
        given.entrySet().stream()
            .filter(each -> each.getValue() != null)
            .map(each ->
                each.getKey()
                    + "="
                    + URLEncoder.encode(String.valueOf(each.getValue()), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    HttpRequest request =
        HttpRequest.newBuilder(
                service.resolve(
                    (receipt ? "/v1/receipts/" : "/v1/proofs/") + kind.name() + "?" + query))
            .timeout(ANSWER_LIMIT)
            .build();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER_LIMIT).build()) {
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new StartRefused("no service answers on " + service, e);
    }
  }

  private static String detail(HttpResponse<byte[]> answer) throws IOException {
    return new ObjectMapper().readTree(answer.body()).path("detail").asText("no detail given");
  }
}
