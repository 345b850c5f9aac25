package io.fundtrail.cli;

import io.fundtrail.app.AppConfig;
import io.fundtrail.app.Application;
import io.fundtrail.app.DataDirectory.Purpose;
import io.fundtrail.app.Setting;
import java.time.Instant;
import picocli.CommandLine.Command;

@Command(
    name = "serve",
    description = {
      "Follows the chain and serves the API, until it is stopped.",
      "Alone it runs a node of its own with a SQLite database, deploys the contracts if there are",
      "none, and keeps everything in one folder. With --rpc-url and --database-url it uses those."
    })
final class ServeCommand implements SettingsCommand {
  /** Those that doctor checks, too. */
  static final Setting[] SETTINGS = {
    Setting.DATA,
    Setting.PORT,
    Setting.BIND,
    Setting.RPC_URL,
    Setting.WS_URL,
    Setting.DIRECTORY,
    Setting.START_BLOCK,
    Setting.FINALITY,
    Setting.VERIFY,
    Setting.DATABASE_URL,
    Setting.LOG_FORMAT,
    Setting.ANVIL,
    Setting.CONFIG
  };

  private final Terminal terminal;
  private final SettingOptions options;

  ServeCommand(Terminal terminal) {
    this.terminal = terminal;
    this.options = new SettingOptions(terminal, SETTINGS);
  }

  @Override
  public SettingOptions options() {
    return options;
  }

  @Override
  public Integer call() {
    AppConfig config = options.config();
    ServiceLog.write(config.logFormat());
    config.requireFree();
    try (Application application = Application.open(config, Purpose.LEDGER, Instant.now())) {
      StopSignal.closes(application);
      application.serve();
      terminal.out().println("Serving on " + application.url() + " (reading)");
      ProgressBar replay = new ProgressBar(terminal, "Replaying blocks");
      application.startChain((done, total) -> replay.show(done, total, ""));
      terminal.out().println("Ready: reading and writing. Ctrl-C stops.");
      ProgressBar indexing = new ProgressBar(terminal, "Indexing blocks");
      Thread.ofVirtual().start(() -> application.watchCatchingUp(indexing::show));
      application.awaitEnd();
    }
    return ExitCode.OK;
  }
}
