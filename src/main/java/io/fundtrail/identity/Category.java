package io.fundtrail.identity;

import java.util.Arrays;
import java.util.List;

/** What a person is to the rules of an offering, with its number in the contract. */
public enum Category {
  NONE(0),
  RETAIL(1),
  SOPHISTICATED(2),
  ACCREDITED(3),
  QUALIFIED(4),
  INSTITUTION(5),
  NOMINEE(6);

  /** Those that can be attested. */
  static final List<Category> ATTESTED =
      List.of(RETAIL, SOPHISTICATED, ACCREDITED, QUALIFIED, INSTITUTION, NOMINEE);

  private final int number;

  Category(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  static Category of(int number) {
    return Arrays.stream(values())
        .filter(category -> category.number == number)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("there is no category " + number));
  }
}
