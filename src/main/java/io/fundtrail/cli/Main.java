package io.fundtrail.cli;

import io.fundtrail.app.ConfigurationException;
import io.fundtrail.app.IndexRefused;
import io.fundtrail.app.StartRefused;
import io.fundtrail.app.Suggestion;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program. */
@Command(
    name = "fundtrail",
    description = {
      "A ledger for equity crowdfunding: contracts hold the money and the shares,",
      "this service follows them and answers questions about them."
    },
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    subcommands = HelpCommand.class,
    synopsisSubcommandLabel = "COMMAND")
public final class Main implements Callable<Integer> {
  private static final int WIDTH = 100;

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "where a failure came from, for a bug report")
  private boolean stacktrace;

  private final CommandSpec spec;

  private Main() {
    this.spec = CommandSpec.forAnnotatedObject(this);
  }

  static void main(String[] args) {
    System.exit(run(Terminal.ofProcess(), args));
  }

  /** Runs one command and gives its {@link ExitCode}. */
  static int run(Terminal terminal, String... args) {
    return commandLine(terminal).execute(args);
  }

  static CommandLine commandLine(Terminal terminal) {
    Main main = new Main();
    CommandLine root = new CommandLine(main.spec);
    add(root, new DemoCommand(terminal));
    add(root, new ServeCommand(terminal));
    add(root, new StatusCommand(terminal));
    add(root, new DoctorCommand(terminal));
    add(root, new DeployCommand(terminal));
    add(root, new RebuildCommand(terminal));
    add(root, new DigestCommand(terminal));
    add(root, new BackupCommand(terminal));
    add(root, new RestoreCommand(terminal));
    add(root, new ProveCommand(terminal));
    root.addSubcommand(
        CommandSpec.forAnnotatedObject(new VerifyCommand(terminal))
            .mixinStandardHelpOptions(true)
            .versionProvider(new Version()));
    root.setUsageHelpWidth(WIDTH);
    root.setOut(terminal.out());
    root.setErr(terminal.err());
    root.setExecutionExceptionHandler(
        (failure, _, _) -> report(failure, terminal.err(), main.stacktrace));
    root.setParameterExceptionHandler((wrong, _) -> report(wrong, terminal.err()));
    return root;
  }

  /** Without a command. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.WRONG_USE;
  }

  private static void add(CommandLine root, SettingsCommand command) {
    CommandSpec spec = CommandSpec.forAnnotatedObject(command);
    spec.mixinStandardHelpOptions(true).versionProvider(new Version());
    spec.usageMessage().exitCodeListHeading("%nExit codes:%n").exitCodeList(ExitCode.meanings());
    command.options().addTo(spec);
    root.addSubcommand(spec.name(), spec);
  }

  private static int report(CommandLine.ParameterException wrong, PrintWriter err) {
    CommandSpec command = wrong.getCommandLine().getCommandSpec();
    if (wrong instanceof CommandLine.UnmatchedArgumentException unmatched) {
      String first = unmatched.getUnmatched().getFirst();
      Set<String> known =
          first.startsWith("-") ? command.optionsMap().keySet() : command.subcommands().keySet();
      err.println(
          "%s: there is no %s%s"
              .formatted(
                  command.qualifiedName(),
                  first,
                  known.isEmpty() ? "" : Suggestion.of(first, List.copyOf(known))));
    } else {
      err.println("fundtrail: " + wrong.getMessage());
      err.println("\"%s --help\" says what is right".formatted(command.qualifiedName()));
    }
    return ExitCode.WRONG_USE;
  }

  private static int report(Exception failure, PrintWriter err, boolean stacktrace) {
    if (StopSignal.given()) {
      return ExitCode.OK;
    }
    String reason = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    err.println("fundtrail: " + reason);
    if (stacktrace) {
      failure.printStackTrace(err);
    }
    return switch (failure) {
      case ConfigurationException _ -> ExitCode.WRONG_USE;
      case StartRefused _ -> ExitCode.CANNOT_START;
      case IndexRefused _ -> ExitCode.CHAIN_DIFFERS;
      default -> ExitCode.FAILED;
    };
  }
}
