package io.fundtrail.app;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Everything that can be set. Each setting has one name, said three ways: {@code --rpc-url} as a
 * flag, {@code FUNDTRAIL_RPC_URL} in the environment, {@code rpc-url} in the file.
 */
public enum Setting {
  DATA("data", "DIRECTORY", "where everything is kept (default: ~/.fundtrail)"),
  CONFIG("config", "FILE", "settings file (default: fundtrail.properties in the data directory)"),
  PORT("port", "PORT", "port to serve on, 0 for any free one (default: 7070)"),
  BIND("bind", "ADDRESS", "address to serve on (default: 127.0.0.1, this machine only)"),
  RPC_URL("rpc-url", "URL", "use this Ethereum node instead of the embedded one"),
  WS_URL("ws-url", "URL", "that node's WebSocket, to be told of new blocks instead of polling"),
  DIRECTORY("directory", "ADDRESS", "the Directory to follow on that node"),
  START_BLOCK("start-block", "NUMBER", "block that the Directory's deployment began in"),
  FINALITY("finality", "RULE", "when a block is final: immediate, tag, or depth:N (default: tag)"),
  VERIFY("verify", "WHAT", "compare logs with heads, or with receipts as well (default: heads)"),
  DATABASE_URL(
      "database-url",
      "URL",
      "use this PostgreSQL database (jdbc:postgresql:...) instead of SQLite"),
  LOG_FORMAT("log-format", "FORMAT", "how to log: text, or json, an object a line (default: text)"),
  ANVIL("anvil", "FILE", "the anvil program (default: the one that the build installed)"),
  KEY_FILE("key-file", "FILE", "file with the deployer's private key, 64 hexadecimal digits"),
  KEY("key", "", "the deployer's private key, in the environment only"),
  ADMIN("admin", "ADDRESS", "who may change roles, after the delay"),
  OPERATOR("operator", "ADDRESS", "who admits companies and lists settlement tokens"),
  REGISTRAR("registrar", "ADDRESS", "who attests investors"),
  GUARDIAN("guardian", "ADDRESS", "who may pause commitments and cancel rounds"),
  RECOVERY("recovery", "ADDRESS", "who confirms recoveries and orders on shares; not the operator"),
  FEE_RECIPIENT("fee-recipient", "ADDRESS", "who receives the platform's fee"),
  DELAY("delay", "DAYS", "days before what the admin does takes effect (default and least: 2)");

  private static final String ENVIRONMENT_PREFIX = "FUNDTRAIL_";

  private final String key;
  private final String valueName;
  private final String description;

  Setting(String key, String valueName, String description) {
    this.key = key;
    this.valueName = valueName;
    this.description = description;
  }

  /** As in the file: {@code rpc-url}. */
  public String key() {
    return key;
  }

  /** As on the command line: {@code --rpc-url}. */
  public String flag() {
    return "--" + key;
  }

  /** As in the environment: {@code FUNDTRAIL_RPC_URL}. */
  public String variable() {
    return ENVIRONMENT_PREFIX + key.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /** What stands for the value in a help text. */
  public String valueName() {
    return valueName;
  }

  public String description() {
    return description;
  }

  /** A secret is read from the environment alone: flags and files are seen by others. */
  public boolean isSecret() {
    return this == KEY;
  }

  /** Where the file is cannot be said in the file itself. */
  boolean allowedInFile() {
    return !isSecret() && this != CONFIG && this != DATA;
  }

  static Optional<Setting> ofKey(String key) {
    return Arrays.stream(values()).filter(setting -> setting.key.equals(key)).findFirst();
  }

  static Optional<Setting> ofVariable(String variable) {
    return Arrays.stream(values())
        .filter(setting -> setting.variable().equals(variable))
        .findFirst();
  }

  static boolean isOurs(String variable) {
    return variable.startsWith(ENVIRONMENT_PREFIX);
  }

  static List<String> keysInFile() {
    return Arrays.stream(values()).filter(Setting::allowedInFile).map(Setting::key).toList();
  }

  static List<String> variables() {
    return Arrays.stream(values()).map(Setting::variable).toList();
  }
}
