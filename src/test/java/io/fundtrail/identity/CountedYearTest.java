package io.fundtrail.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountedYearTest {
  @ParameterizedTest
  @CsvSource({
    "2017-05-10, 2018-05-10",
    "2019-02-28, 2020-02-28",
    "2020-02-29, 2021-03-01",
    "2020-02-28, 2021-02-28",
    "2020-03-01, 2021-03-01",
    "2020-12-31, 2021-12-31",
    "1970-01-01, 1971-01-01"
  })
  void endsOnTheSameDateOfTheNextYear(LocalDate committed, LocalDate firstDayAfter) {
    assertThat(CountedYear.firstDayAfter(committed)).isEqualTo(firstDayAfter.toEpochDay());
  }
}
