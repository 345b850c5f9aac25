package io.fundtrail.cli;

import java.util.concurrent.Callable;

/** A command that takes settings; it gives an {@link ExitCode}. */
interface SettingsCommand extends Callable<Integer> {
  SettingOptions options();
}
