package io.fundtrail.cli;

import io.fundtrail.app.Setting;
import io.fundtrail.app.StoredDigest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "digest",
    description = {
      "A hash of all that is indexed: two ledgers at the same block have the same, on either"
          + " database.",
      "The service may go on running."
    })
final class DigestCommand implements SettingsCommand {
  private final Terminal terminal;
  private final SettingOptions options;

  @Option(names = "--tables", description = "a line for each table, to see which one differs")
  private boolean tables;

  DigestCommand(Terminal terminal) {
    this.terminal = terminal;
    this.options = new SettingOptions(terminal, Setting.DATA, Setting.DATABASE_URL, Setting.CONFIG);
  }

  @Override
  public SettingOptions options() {
    return options;
  }

  @Override
  public Integer call() {
    StoredDigest digest = StoredDigest.of(options.config());
    if (tables) {
      digest.tables().forEach(terminal.out()::println);
    }
    terminal.out().println("%s at %s".formatted(digest.hash(), digest.at()));
    return ExitCode.OK;
  }
}
