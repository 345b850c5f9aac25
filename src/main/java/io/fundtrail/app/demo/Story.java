package io.fundtrail.app.demo;

import io.fundtrail.app.DevelopmentAccount;
import io.fundtrail.app.demo.Step.Action;
import io.fundtrail.model.TokenAmount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that the demo does, in order of time: each offering opened on its filed date,
 * committed to, closed at its deadline, settled and paid, or failed and refunded; what a synthetic
 * company does; and the round of another one, which stays open. A pure function of the offerings.
 *
 * @param begins when the contracts are deployed: two weeks before the first filing
 */
record Story(Instant begins, List<Step> steps) {
  /** Whoever is the first to do what anyone may do. */
  static final DevelopmentAccount ANYONE = new DevelopmentAccount("anyone");

  /** 17 CFR 227.303(a)(2); the rules contract refuses a round that is open for less. */
  private static final Duration PUBLIC_PERIOD = Duration.ofDays(21);

  /** As WindowMirror: closed with 7 July 2017, settled on the 12th. */
  private static final Duration UNTIL_SETTLEMENT = Duration.ofDays(4);

  private static final Duration BEFORE_FIRST_FILING = Duration.ofDays(14);
  private static final Duration UNTIL_ATTESTED = Duration.ofDays(7);
  private static final TokenAmount MOST_PER_MINT = TokenAmount.parseDecimal("10000000", 6);
  private static final int ATTESTED_AT_ONCE = 50;
  private static final int TALLIED_AT_ONCE = 100;
  private static final int SETTLED_AT_ONCE = 40;

  Story {
    steps = List.copyOf(steps);
  }

  static Story of(List<Offering> offerings) {
    Instant firstFiling =
        offerings.stream().map(Offering::opensAt).min(Comparator.naturalOrder()).orElseThrow();
    Instant begins = firstFiling.minus(BEFORE_FIRST_FILING);
    Map<Offering, List<Commitment>> commitments = commitments(offerings);
    List<Step> steps = new ArrayList<>();
    addInvestors(steps, begins.plus(UNTIL_ATTESTED), commitments.values());
    for (Offering offering : offerings) {
      addOpening(steps, offering);
      if (opens(offering)) {
        addLife(steps, offering, commitments.getOrDefault(offering, List.of()));
      }
    }
    steps.addAll(SampleOrchards.otherSteps());
    addLife(steps, SampleOrchards.OFFERING, SampleOrchards.commitments());
    addOpening(steps, SampleBakery.OFFERING);
    SampleBakery.commitments().forEach(commitment -> addCommitment(steps, commitment));
    steps.sort(Comparator.comparing(Step::time));
    return new Story(begins, steps);
  }

  static DevelopmentAccount issuer(Offering offering) {
    return new DevelopmentAccount("issuer of " + offering.fileNumber());
  }

  /** Whether the rules let the offering open with its dates. */
  static boolean opens(Offering offering) {
    return !offering.deadline().isBefore(offering.opensAt().plus(PUBLIC_PERIOD));
  }

  /** Investors are chosen in the order of time, because their limits are per twelve months. */
  private static Map<Offering, List<Commitment>> commitments(List<Offering> offerings) {
    Map<Offering, List<Commitment>> commitments = new LinkedHashMap<>();
    List<Pledge> pledges = new ArrayList<>();
    for (Offering offering : offerings) {
      if (WindowMirror.is(offering)) {
        commitments.put(offering, WindowMirror.commitments(offering));
      } else if (opens(offering)) {
        pledges.addAll(Pledge.of(offering));
      }
    }
    commitments.put(SampleOrchards.OFFERING, SampleOrchards.commitments());
    commitments.put(SampleBakery.OFFERING, SampleBakery.commitments());
    pledges.sort(Comparator.comparing(Pledge::time));
    Crowd crowd = new Crowd();
    for (Pledge pledge : pledges) {
      commitments
          .computeIfAbsent(pledge.offering(), key -> new ArrayList<>())
          .add(new Commitment(pledge, crowd.choose(pledge)));
    }
    return commitments;
  }

  private static void addInvestors(
      List<Step> steps, Instant time, Iterable<List<Commitment>> commitments) {
    Map<Person, TokenAmount> needs = new LinkedHashMap<>();
    for (List<Commitment> ofOffering : commitments) {
      for (Commitment commitment : ofOffering) {
        needs.merge(commitment.person(), commitment.pledge().amount(), TokenAmount::plus);
      }
    }
    List<Person> unlimited =
        needs.keySet().stream().filter(person -> person.attestedLimit().isZero()).toList();
    for (int from = 0; from < unlimited.size(); from += ATTESTED_AT_ONCE) {
      int to = Math.min(from + ATTESTED_AT_ONCE, unlimited.size());
      Action attestAll = new Action.AttestAll(unlimited.subList(from, to));
      steps.add(Step.of(time, DevelopmentAccount.REGISTRAR, attestAll));
    }
    needs.keySet().stream()
        .filter(person -> !person.attestedLimit().isZero())
        .map(Action.Attest::new)
        .forEach(attest -> steps.add(Step.of(time, DevelopmentAccount.REGISTRAR, attest)));
    needs.forEach((person, amount) -> addMints(steps, time, person, amount));
  }

  private static void addMints(List<Step> steps, Instant time, Person person, TokenAmount amount) {
    TokenAmount rest = amount;
    while (rest.compareTo(MOST_PER_MINT) > 0) {
      steps.add(Step.of(time, person.account(), new Action.Mint(person, MOST_PER_MINT)));
      rest = rest.minus(MOST_PER_MINT);
    }
    steps.add(Step.of(time, person.account(), new Action.Mint(person, rest)));
  }

  private static void addOpening(List<Step> steps, Offering offering) {
    Instant time = offering.opensAt();
    DevelopmentAccount issuer = issuer(offering);
    steps.add(Step.of(time, DevelopmentAccount.OPERATOR, new Action.RegisterCompany(offering)));
    steps.add(Step.of(time, issuer, new Action.OpenShareClass(offering)));
    Action open = new Action.OpenRound(offering);
    steps.add(
        opens(offering)
            ? Step.of(time, issuer, open)
            : Step.refused(time, issuer, open, "PublicPeriodTooShort"));
  }

  private static void addLife(List<Step> steps, Offering offering, List<Commitment> commitments) {
    for (Commitment commitment : commitments) {
      addCommitment(steps, commitment);
    }
    if (WindowMirror.is(offering)) {
      steps.addAll(WindowMirror.otherSteps(offering));
    }
    steps.add(Step.of(offering.deadline(), ANYONE, new Action.Close(offering)));
    if (offering.missesItsTarget()) {
      Instant time = offering.deadline().plus(UNTIL_SETTLEMENT);
      commitments.stream()
          .map(commitment -> new Action.Refund(offering, commitment.person()))
          .forEach(refund -> steps.add(Step.of(time, ANYONE, refund)));
    } else {
      addSettlement(steps, offering, commitments.size());
    }
  }

  private static void addCommitment(List<Step> steps, Commitment commitment) {
    Pledge pledge = commitment.pledge();
    DevelopmentAccount investor = commitment.person().account();
    Action approve = new Action.Approve(pledge.offering(), pledge.shares());
    Action commit = new Action.Commit(pledge.offering(), pledge.shares());
    steps.add(Step.of(pledge.time(), investor, approve));
    steps.add(
        pledge.overMaximum()
            ? Step.refused(pledge.time(), investor, commit, "RoundFull")
            : Step.of(pledge.time(), investor, commit));
  }

  private static void addSettlement(List<Step> steps, Offering offering, int commitments) {
    for (int done = 0; done < commitments; done += TALLIED_AT_ONCE) {
      Action tally = new Action.Tally(offering, Math.min(TALLIED_AT_ONCE, commitments - done));
      steps.add(Step.of(offering.deadline(), ANYONE, tally));
    }
    Instant time = offering.deadline().plus(UNTIL_SETTLEMENT);
    for (int done = 0; done < commitments; done += SETTLED_AT_ONCE) {
      Action settle = new Action.Settle(offering, Math.min(SETTLED_AT_ONCE, commitments - done));
      steps.add(Step.of(time, ANYONE, settle));
    }
    steps.add(Step.of(time, ANYONE, new Action.PayProceeds(offering)));
    if (!SampleOrchards.is(offering)) { // whose trust pays the fee as it releases
      steps.add(Step.of(time, ANYONE, new Action.PayFee(offering)));
    }
  }
}
