package io.fundtrail.cli;

import io.fundtrail.app.DataDirectory;
import io.fundtrail.app.DeployerKey;
import io.fundtrail.app.DeploymentPlan;
import io.fundtrail.app.ExternalDeployment;
import io.fundtrail.app.Roles;
import io.fundtrail.app.Setting;
import io.fundtrail.app.Settings;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

@Command(
    name = "deploy",
    description = {
      "Deploys the contracts of a new ledger onto a chain that others run.",
      "An interrupted deployment goes on when the same command is run again. The key that pays is",
      "read from a file, or from FUNDTRAIL_KEY; it gets no role. serve needs no deploy: on its own",
      "chain it deploys by itself."
    })
final class DeployCommand implements SettingsCommand {
  private final Terminal terminal;
  private final SettingOptions options;

  DeployCommand(Terminal terminal) {
    this.terminal = terminal;
    this.options =
        new SettingOptions(
            terminal,
            Setting.RPC_URL,
            Setting.KEY_FILE,
            Setting.ADMIN,
            Setting.OPERATOR,
            Setting.REGISTRAR,
            Setting.GUARDIAN,
            Setting.RECOVERY,
            Setting.FEE_RECIPIENT,
            Setting.DELAY,
            Setting.DATA,
            Setting.CONFIG);
  }

  @Override
  public SettingOptions options() {
    return options;
  }

  @Override
  public Integer call() {
    Settings settings = options.settings();
    String rpcUrl = settings.rpcUrl();
    Roles roles = Roles.of(settings);
    DeployerKey key = DeployerKey.of(settings);
    PrintWriter out = terminal.out();
    out.println("Deploying with " + key.address());
    DeploymentPlan plan =
        new ExternalDeployment(new DataDirectory(settings.dataDirectory()), rpcUrl, out::println)
            .run(key, roles);
    out.println();
    out.println("The ledger is on chain " + plan.deployment().chainId() + ":");
    out.println("  Directory        " + plan.deployment().directory());
    out.println("  first block      " + plan.deployment().startBlock());
    plan.rules().forEach((name, at) -> out.println("  rules            %s %s".formatted(at, name)));
    out.println();
    out.println("Next:");
    out.println("  1. The operator lists a settlement token: listSettlementToken(token, currency)");
    out.println("     of the Directory, signed by " + roles.operator());
    out.println("  2. fundtrail serve with the same --data and --rpc-url; elsewhere also with");
    out.printf(
        "     --directory %s --start-block %d%n",
        plan.deployment().directory(), plan.deployment().startBlock());
    return ExitCode.OK;
  }
}
