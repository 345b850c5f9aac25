package io.fundtrail.app;

import io.fundtrail.model.Address;
import java.time.Duration;

/**
 * Who holds the roles of a deployment.
 *
 * @param recovery confirms recoveries and orders on shares; never the operator or the registrar
 * @param delay before anything that the admin does takes effect; at least two days
 */
public record Roles(
    Address admin,
    Address operator,
    Address registrar,
    Address guardian,
    Address recovery,
    Address feeRecipient,
    Duration delay) {
  public static final Duration LEAST_DELAY = Duration.ofDays(2);

  public Roles {
    requireSecondParty(recovery, operator, registrar);
    if (delay.compareTo(LEAST_DELAY) < 0) {
      throw new IllegalArgumentException(
          "the admin's delay must be at least %d days, not %d"
              .formatted(LEAST_DELAY.toDays(), delay.toDays()));
    }
  }

  /**
   * Those of the settings.
   *
   * @throws ConfigurationException if one is missing or wrong
   */
  public static Roles of(Settings settings) {
    Address admin = settings.require(Setting.ADMIN, Address::parse);
    Address operator = settings.require(Setting.OPERATOR, Address::parse);
    Address registrar = settings.require(Setting.REGISTRAR, Address::parse);
    return new Roles(
        admin,
        operator,
        registrar,
        settings.require(Setting.GUARDIAN, Address::parse),
        settings.require(
            Setting.RECOVERY, text -> requireSecondParty(Address.parse(text), operator, registrar)),
        settings.require(Setting.FEE_RECIPIENT, Address::parse),
        settings.get(Setting.DELAY, Roles::delay).orElse(LEAST_DELAY));
  }

  private static Address requireSecondParty(Address recovery, Address operator, Address registrar) {
    if (recovery.equals(operator) || recovery.equals(registrar)) {
      throw new IllegalArgumentException(
          "whoever confirms recoveries must be neither the operator nor the registrar, unlike "
              + recovery);
    }
    return recovery;
  }

  private static Duration delay(String text) {
    if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) < LEAST_DELAY.toDays()) {
      throw new IllegalArgumentException(
          "the admin's delay must be a number of days, %d or more, not \"%s\""
              .formatted(LEAST_DELAY.toDays(), text));
    }
    return Duration.ofDays(Integer.parseInt(text));
  }

  /** Those of the embedded chain: every key is publicly known. */
  static Roles development() {
    return new Roles(
        DevelopmentAccount.ADMIN.address(),
        DevelopmentAccount.OPERATOR.address(),
        DevelopmentAccount.REGISTRAR.address(),
        DevelopmentAccount.GUARDIAN.address(),
        DevelopmentAccount.RECOVERY.address(),
        DevelopmentAccount.FEE_RECIPIENT.address(),
        LEAST_DELAY);
  }
}
