package io.fundtrail.cli;

import io.fundtrail.app.AppConfig;
import io.fundtrail.app.Checkup;
import io.fundtrail.app.Finding;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
    name = "doctor",
    description = "Checks everything that the service needs of this machine; changes nothing.")
final class DoctorCommand implements SettingsCommand {
  private final Terminal terminal;
  private final SettingOptions options;

  DoctorCommand(Terminal terminal) {
    this.terminal = terminal;
    this.options = new SettingOptions(terminal, ServeCommand.SETTINGS);
  }

  @Override
  public SettingOptions options() {
    return options;
  }

  @Override
  public Integer call() {
    AppConfig config = options.config();
    List<Finding> findings = new Checkup(config).findings();
    for (Finding finding : findings) {
      terminal
          .out()
          .printf("%-5s %-15s %s%n", mark(finding.verdict()), finding.what(), finding.detail());
    }
    long bad = findings.stream().filter(found -> found.verdict() == Finding.Verdict.BAD).count();
    terminal
        .out()
        .println(
            bad == 0
                ? "Nothing stands in the way."
                : bad + (bad == 1 ? " thing stands" : " things stand") + " in the way.");
    return bad == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  private static String mark(Finding.Verdict verdict) {
    return switch (verdict) {
      case GOOD -> "ok";
      case NOTE -> "note";
      case BAD -> "BAD";
    };
  }
}
