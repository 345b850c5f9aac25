package io.fundtrail.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountedYearTest {
  @ParameterizedTest
  @CsvSource({
    "2017-05-10T00:00:00Z, 2018-05-10",
    "2017-05-10T23:59:59Z, 2018-05-10",
    "2019-02-28T12:00:00Z, 2020-02-28",
    "2020-02-29T12:00:00Z, 2021-03-01",
    "2020-02-28T12:00:00Z, 2021-02-28",
    "2020-03-01T00:00:00Z, 2021-03-01",
    "2020-12-31T23:59:59Z, 2021-12-31",
    "1970-01-01T00:00:00Z, 1971-01-01"
  })
  void endsOnTheSameDateOfTheNextYear(Instant committedAt, LocalDate firstDayAfter) {
    assertThat(CountedYear.firstDayAfter(committedAt)).isEqualTo(firstDayAfter.toEpochDay());
  }
}
