package io.fundtrail.cli;

import io.fundtrail.app.Backup;
import io.fundtrail.app.DataDirectory;
import io.fundtrail.app.Setting;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "restore",
    description = "Makes a data directory of a backup. The folder must be empty or not there.")
final class RestoreCommand implements SettingsCommand {
  private final Terminal terminal;
  private final SettingOptions options;

  @Parameters(paramLabel = "FILE", description = "what \"backup\" wrote")
  private Path file = Path.of("");

  RestoreCommand(Terminal terminal) {
    this.terminal = terminal;
    this.options = new SettingOptions(terminal, Setting.DATA);
  }

  @Override
  public SettingOptions options() {
    return options;
  }

  @Override
  public Integer call() {
    DataDirectory data = options.config().data();
    Backup.Manifest restored = Backup.restore(file, data);
    terminal
        .out()
        .println(
            "Restored to %s from a backup by version %s."
                .formatted(data.path(), restored.version()));
    terminal
        .out()
        .println(
            restored.hasIndex()
                ? "Next: ./fundtrail serve --data " + data.path()
                : "The index is not in it: restore its database, or let serve make it again.");
    return ExitCode.OK;
  }
}
