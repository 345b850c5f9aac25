package io.fundtrail.cli;

import io.fundtrail.app.AppConfig;
import io.fundtrail.app.Backup;
import io.fundtrail.app.Setting;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "backup",
    description = {
      "Writes everything in the data directory that a ledger is made again from into one file.",
      "The service may go on running. Settings are left out, since they may hold passwords."
    })
final class BackupCommand implements SettingsCommand {
  private final Terminal terminal;
  private final SettingOptions options;

  @Parameters(paramLabel = "FILE", description = "a ZIP file that is not there yet")
  private Path file = Path.of("");

  BackupCommand(Terminal terminal) {
    this.terminal = terminal;
    this.options = new SettingOptions(terminal, Setting.DATA, Setting.DATABASE_URL, Setting.CONFIG);
  }

  @Override
  public SettingOptions options() {
    return options;
  }

  @Override
  public Integer call() {
    AppConfig config = options.config();
    Backup.Manifest written = Backup.write(config, file);
    terminal
        .out()
        .println("Written to %s: %s".formatted(file, String.join(", ", written.sha256().keySet())));
    if (!written.hasIndex()) {
      terminal
          .out()
          .println(
              "The index is in %s: back it up with pg_dump, or have it made again by rebuild."
                  .formatted(config.database()));
    }
    terminal.out().println("To use it: ./fundtrail restore %s --data FOLDER".formatted(file));
    return ExitCode.OK;
  }
}
