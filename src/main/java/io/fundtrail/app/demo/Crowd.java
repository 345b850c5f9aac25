package io.fundtrail.app.demo;

import io.fundtrail.model.TokenAmount;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The demo's synthetic investors, chosen one after the other such that nobody passes the limit of
 * 17 CFR 227.100(a)(2): a retail investor with room in the last twelve months goes first, an
 * accredited one, who is exempt, takes what is too much for them. Asked in the order of time.
 */
final class Crowd {
  private static final int RETAIL = 150;
  private static final int ACCREDITED = 50;

  private record Counted(LocalDate day, TokenAmount amount) {}

  private final List<Person> retail;
  private final List<Person> accredited;
  private final Map<Person, List<Counted>> counted = new HashMap<>();
  private final Map<Offering, Set<Person>> inRound = new HashMap<>();
  private int nextRetail;
  private int nextAccredited;

  Crowd() {
    retail = IntStream.rangeClosed(1, RETAIL).mapToObj(Crowd::retail).toList();
    accredited =
        IntStream.rangeClosed(1, ACCREDITED)
            .mapToObj(number -> Person.accredited("accredited investor " + number))
            .toList();
  }

  /** Somebody who is not in the round yet and may make the pledge. */
  Person choose(Pledge pledge) {
    TokenAmount amount = pledge.amount();
    LocalDate day = LocalDate.ofInstant(pledge.time(), ZoneOffset.UTC);
    Set<Person> taken = inRound.computeIfAbsent(pledge.offering(), key -> new HashSet<>());
    for (int i = 0; i < retail.size(); i++) {
      Person person = retail.get((nextRetail + i) % retail.size());
      if (!taken.contains(person) && fits(person, day, amount)) {
        nextRetail = (nextRetail + i + 1) % retail.size();
        return take(person, taken, day, amount);
      }
    }
    for (int i = 0; i < accredited.size(); i++) {
      Person person = accredited.get((nextAccredited + i) % accredited.size());
      if (!taken.contains(person)) {
        nextAccredited = (nextAccredited + i + 1) % accredited.size();
        return take(person, taken, day, amount);
      }
    }
    throw new IllegalStateException(
        "round %s has no investor left for %s: all %d are in it or at their limit"
            .formatted(pledge.offering().fileNumber(), amount.toDecimal(6), RETAIL + ACCREDITED));
  }

  private Person take(Person person, Set<Person> taken, LocalDate day, TokenAmount amount) {
    taken.add(person);
    counted.computeIfAbsent(person, key -> new ArrayList<>()).add(new Counted(day, amount));
    return person;
  }

  private boolean fits(Person person, LocalDate day, TokenAmount amount) {
    TokenAmount sum = amount;
    for (Counted earlier : counted.getOrDefault(person, List.of())) {
      if (earlier.day().plusYears(1).isAfter(day)) {
        sum = sum.plus(earlier.amount());
      }
    }
    return sum.compareTo(person.yearlyLimit()) <= 0;
  }

  /** Every fifth has an attested limit: 5 percent of 100,000; every tenth 10 percent of 124,000. */
  private static Person retail(int number) {
    String limit = number % 10 == 0 ? "12400" : number % 5 == 0 ? "5000" : "0";
    return Person.retail("investor " + number, TokenAmount.parseDecimal(limit, 6));
  }
}
