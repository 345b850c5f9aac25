package io.fundtrail.cli;

import io.fundtrail.app.AppConfig;
import io.fundtrail.app.Setting;
import io.fundtrail.app.Settings;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** A command's settings as options; their values stay text until all origins are put together. */
final class SettingOptions {
  private final Terminal terminal;
  private final List<Setting> settings;
  private final Map<Setting, String> flags = new EnumMap<>(Setting.class);

  SettingOptions(Terminal terminal, Setting... settings) {
    this.terminal = terminal;
    this.settings = List.of(settings);
  }

  void addTo(CommandSpec command) {
    for (Setting setting : settings) {
      command.addOption(
          OptionSpec.builder(setting.flag())
              .type(String.class)
              .paramLabel("<" + setting.valueName().toLowerCase(Locale.ROOT) + ">")
              .description(setting.description())
              .setter(takes(setting))
              .build());
    }
    UsageMessageSpec usage = command.usageMessage();
    usage.footer(
        "",
        "A setting is also read from the environment, as FUNDTRAIL_RPC_URL for --rpc-url, and then",
        "from fundtrail.properties in the data directory, as rpc-url=...");
  }

  /** All that is set, wherever. */
  Settings settings() {
    return Settings.resolve(flags, terminal.environment(), terminal.userHome());
  }

  AppConfig config() {
    return AppConfig.of(settings(), terminal.programHome());
  }

  /** Picocli sets null first, for an option that is not given. */
  private ISetter takes(Setting setting) {
    return new ISetter() {
      @Override
      public <T> T set(T value) {
        flags.remove(setting);
        if (value instanceof String text) {
          flags.put(setting, text);
        }
        return value;
      }
    };
  }
}
