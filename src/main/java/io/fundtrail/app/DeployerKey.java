package io.fundtrail.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.web3j.crypto.Credentials;

/** The private key that pays for a deployment. It never appears in text. */
public final class DeployerKey {
  private final Credentials credentials;

  private DeployerKey(Credentials credentials) {
    this.credentials = credentials;
  }

  /**
   * The key of the settings: in the environment, or in a file that they name.
   *
   * @throws ConfigurationException if there is none, two, or no key at the place
   */
  public static DeployerKey of(Settings settings) {
    boolean inEnvironment = settings.has(Setting.KEY);
    boolean inFile = settings.has(Setting.KEY_FILE);
    if (inEnvironment == inFile) {
      throw new ConfigurationException(
          inFile
              ? "%s and %s are both set; remove one"
                  .formatted(Setting.KEY.variable(), settings.origin(Setting.KEY_FILE))
              : "the deployer's key is missing; put it in a file and give %s, or in %s"
                  .formatted(Setting.KEY_FILE.flag(), Setting.KEY.variable()));
    }
    return inFile
        ? settings.require(Setting.KEY_FILE, text -> read(settings.path(text)))
        : settings.require(Setting.KEY, DeployerKey::parse);
  }

  Credentials credentials() {
    return credentials;
  }

  /** Whose key it is. */
  public String address() {
    return credentials.getAddress();
  }

  @Override
  public String toString() {
    return "DeployerKey of " + credentials.getAddress();
  }

  private static DeployerKey read(Path file) {
    try {
      return parse(Files.readString(file).strip());
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "the key file %s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static DeployerKey parse(String text) {
    if (!text.matches("(0x)?[0-9a-fA-F]{64}")) {
      throw new IllegalArgumentException(
          "a private key is 64 hexadecimal digits; what is there is not (%d characters)"
              .formatted(text.length()));
    }
    return new DeployerKey(Credentials.create(text));
  }
}
