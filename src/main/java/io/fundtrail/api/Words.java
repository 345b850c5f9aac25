package io.fundtrail.api;

import java.util.Locale;

/** Constants as the API spells them: {@code CATCHING_UP} is {@code catching-up}. */
public final class Words {
  private Words() {}

  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
