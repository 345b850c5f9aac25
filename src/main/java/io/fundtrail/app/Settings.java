package io.fundtrail.app;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What was set, and where: a flag counts before the environment, the environment before the file.
 * Nothing unknown gets in.
 */
public final class Settings {
  /** Default name of the settings file, in the data directory. */
  public static final String FILE_NAME = "fundtrail.properties";

  private record Given(String text, String origin) {}

  private final Map<Setting, Given> given;
  private final Path home;

  private Settings(Map<Setting, Given> given, Path home) {
    this.given = given;
    this.home = home;
  }

  /**
   * Puts the three origins together.
   *
   * @param home the user's home directory, for defaults
   * @throws ConfigurationException for an unknown setting, or a settings file that cannot be read
   */
  public static Settings resolve(
      Map<Setting, String> flags, Map<String, String> environment, Path home) {
    Map<Setting, Given> outer = new EnumMap<>(Setting.class);
    new TreeMap<>(environment).forEach((name, value) -> addVariable(outer, name, value));
    flags.forEach((setting, text) -> outer.put(setting, new Given(text, setting.flag())));
    Settings withoutFile = new Settings(outer, home);
    Map<Setting, Given> all = new EnumMap<>(Setting.class);
    withoutFile.settingsFile().ifPresent(file -> all.putAll(readFile(file)));
    all.putAll(outer);
    return new Settings(all, home);
  }

  /** The value as its type. */
  <T> Optional<T> get(Setting setting, Function<String, T> parser) {
    Given value = given.get(setting);
    if (value == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(parser.apply(value.text()));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(value.origin() + ": " + e.getMessage());
    }
  }

  <T> T require(Setting setting, Function<String, T> parser) {
    return get(setting, parser)
        .orElseThrow(() ->
            new ConfigurationException(
                "missing: %s (%s); give %s or %s"
                    .formatted(
                        setting.key(), setting.description(), setting.flag(), setting.variable())));
  }

  /** Where a setting was made; for messages about two that do not go together. */
  String origin(Setting setting) {
    Given value = given.get(setting);
    return value == null ? setting.key() : value.origin();
  }

  boolean has(Setting setting) {
    return given.containsKey(setting);
  }

  /**
   * The URL of the node to use.
   *
   * @throws ConfigurationException if it is missing or none
   */
  public String rpcUrl() {
    return require(Setting.RPC_URL, AppConfig::rpcUrl).toString();
  }

  /** The data directory, absolute. */
  public Path dataDirectory() {
    return get(Setting.DATA, this::path).orElseGet(() -> home.resolve(".fundtrail"));
  }

  /** A path, absolute; a leading {@code ~} is the home directory, as it is to a shell. */
  Path path(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("the path is empty");
    }
    Path path =
        text.equals("~") || text.startsWith("~/")
            ? home.resolve(text.substring(1).replaceFirst("^/", ""))
            : Path.of(text);
    return path.toAbsolutePath().normalize();
  }

  private Optional<Path> settingsFile() {
    Optional<Path> named = get(Setting.CONFIG, this::path);
    if (named.isPresent()) {
      if (!Files.isRegularFile(named.get())) {
        throw new ConfigurationException(
            origin(Setting.CONFIG) + ": there is no file " + named.get());
      }
      return named;
    }
    return Optional.of(dataDirectory().resolve(FILE_NAME)).filter(Files::isRegularFile);
  }

  private static void addVariable(Map<Setting, Given> given, String name, String value) {
    if (!Setting.isOurs(name)) {
      return;
    }
    Setting setting =
        Setting.ofVariable(name)
            .orElseThrow(() ->
                new ConfigurationException(
                    "the environment has %s, which is not a setting%s"
                        .formatted(name, Suggestion.of(name, Setting.variables()))));
    given.put(setting, new Given(value, name));
  }

  private static Map<Setting, Given> readFile(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigurationException(
          "%s cannot be read as settings: %s".formatted(file, e.getMessage()));
    }
    Map<Setting, Given> given = new EnumMap<>(Setting.class);
    for (String key : new TreeSet<>(properties.stringPropertyNames())) {
      Setting setting = settingInFile(file, key);
      given.put(setting, new Given(properties.getProperty(key).strip(), key + " in " + file));
    }
    return given;
  }

  private static Setting settingInFile(Path file, String key) {
    Optional<Setting> setting = Setting.ofKey(key);
    if (setting.isPresent() && !setting.get().allowedInFile()) {
      throw new ConfigurationException(
          "%s has %s, which is not read from there; give %s"
              .formatted(
                  file,
                  key,
                  setting.get().isSecret()
                      ? setting.get().variable()
                      : setting.get().flag() + " or " + setting.get().variable()));
    }
    return setting.orElseThrow(() ->
        new ConfigurationException(
            "%s has %s, which is not a setting%s"
                .formatted(file, key, Suggestion.of(key, Setting.keysInFile()))));
  }
}
