package io.fundtrail.cli;

import io.fundtrail.app.AppConfig;
import io.fundtrail.app.Application;
import io.fundtrail.app.ConfigurationException;
import io.fundtrail.app.DataDirectory.Purpose;
import io.fundtrail.app.Setting;
import io.fundtrail.app.demo.Demo;
import io.fundtrail.app.demo.DemoReport;
import io.fundtrail.app.demo.OfferingTable;
import java.time.Instant;
import java.time.ZoneOffset;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    description = {
      "Plays real offerings on a chain of its own, and serves the result until it is stopped.",
      "An interrupted demo goes on when it is run again."
    })
final class DemoCommand implements SettingsCommand {
  private static final int DEFAULT_PORT = 7070;

  private final Terminal terminal;
  private final SettingOptions options;

  @Option(names = "--reset", description = "delete an earlier demo first, and nothing else")
  private boolean reset;

  @Option(names = "--offerings", hidden = true, paramLabel = "<count>")
  private int offerings = Integer.MAX_VALUE;

  DemoCommand(Terminal terminal) {
    this.terminal = terminal;
    this.options =
        new SettingOptions(
            terminal,
            Setting.DATA,
            Setting.PORT,
            Setting.BIND,
            Setting.VERIFY,
            Setting.DATABASE_URL,
            Setting.LOG_FORMAT,
            Setting.ANVIL,
            Setting.CONFIG);
  }

  @Override
  public SettingOptions options() {
    return options;
  }

  @Override
  public Integer call() {
    Instant started = Instant.now();
    AppConfig config = options.config();
    ServiceLog.warn(config.logFormat());
    if (!config.isEmbedded()) {
      throw new ConfigurationException(
          "the demo runs on a chain of its own; remove %s or %s"
              .formatted(Setting.RPC_URL.variable(), Setting.RPC_URL.key()));
    }
    config.requireFree();
    if (reset) {
      config.data().reset();
    }
    refuseOtherLedger(config);
    Demo demo = Demo.ofSome(OfferingTable.bundled(), offerings);
    try (Application application = Application.open(config, Purpose.DEMO, demo.genesisTime())) {
      StopSignal.closes(application);
      application.serve();
      terminal.out().println("Playing real offerings; already to be seen on " + application.url());
      ProgressBar replay = new ProgressBar(terminal, "Replaying blocks");
      ProgressBar play = new ProgressBar(terminal, "Transactions");
      DemoReport report =
          demo.play(
              application,
              started,
              (done, total) -> replay.show(done, total, ""),
              (done, total, time) ->
                  play.show(done, total, time.atZone(ZoneOffset.UTC).toLocalDate().toString()));
      new DemoSummary(terminal.out(), report, statusCommand(application.url().getPort())).print();
      application.awaitEnd();
    }
    return ExitCode.OK;
  }

  private static void refuseOtherLedger(AppConfig config) {
    if (config.data().purpose().filter(Purpose.LEDGER::equals).isPresent()) {
      throw new ConfigurationException(
          "%s holds a ledger that is not a demo's; give another folder with %s"
              .formatted(config.data().path(), Setting.DATA.flag()));
    }
  }

  private static String statusCommand(int port) {
    return "./fundtrail status" + (port == DEFAULT_PORT ? "" : " --port " + port);
  }
}
