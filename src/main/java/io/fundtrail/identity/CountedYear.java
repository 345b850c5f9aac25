package io.fundtrail.identity;

import java.time.LocalDate;

/** How long a commitment counts against a yearly limit: until the same date of the next year. */
final class CountedYear {
  private CountedYear() {}

  /**
   * The first day (since 1970-01-01, UTC) on which what was committed on a day no longer counts. As
   * in the contract, 29 February is followed by 1 March of the next year.
   */
  static long firstDayAfter(LocalDate day) {
    boolean leapDay = day.getMonthValue() == 2 && day.getDayOfMonth() == 29;
    return (leapDay ? day.plusDays(1).plusYears(1) : day.plusYears(1)).toEpochDay();
  }
}
