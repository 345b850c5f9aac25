package io.fundtrail.app;

/**
 * A setting is unknown, missing or wrong; the message names it, its origin and what would be right.
 */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ConfigurationException(String message) {
    super(message);
  }
}
