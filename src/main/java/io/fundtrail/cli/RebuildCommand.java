package io.fundtrail.cli;

import io.fundtrail.app.AppConfig;
import io.fundtrail.app.Application;
import io.fundtrail.app.DataDirectory.Purpose;
import io.fundtrail.app.Setting;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "rebuild",
    description = {
      "Indexes the chain anew, then ends. The service must not be running.",
      "Nothing on the chain is changed, and nothing is lost that is on it."
    })
final class RebuildCommand implements SettingsCommand {
  private final Terminal terminal;
  private final SettingOptions options;

  @Option(
      names = "--accept-chain",
      description = {
        "take the chain as it is now, though it is another one than was indexed,",
        "or has lost blocks that were final"
      })
  private boolean acceptChain;

  RebuildCommand(Terminal terminal) {
    this.terminal = terminal;
    this.options =
        new SettingOptions(
            terminal,
            Setting.DATA,
            Setting.RPC_URL,
            Setting.DIRECTORY,
            Setting.START_BLOCK,
            Setting.FINALITY,
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
    AppConfig config = options.config();
    ServiceLog.warn(config.logFormat());
    try (Application application = Application.open(config, Purpose.LEDGER, Instant.now())) {
      StopSignal.closes(application);
      ProgressBar replay = new ProgressBar(terminal, "Replaying blocks");
      ProgressBar indexing = new ProgressBar(terminal, "Indexing blocks");
      String indexed =
          application.rebuild(
              acceptChain, (done, total) -> replay.show(done, total, ""), indexing::show);
      terminal.out().println("Rebuilt: " + indexed);
    }
    return ExitCode.OK;
  }
}
