package io.fundtrail.app.demo;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fundtrail.app.demo.Instances.Kind;
import io.fundtrail.app.demo.Step.Action;
import io.fundtrail.model.Address;
import io.fundtrail.model.ShareCount;
import io.fundtrail.model.TokenAmount;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.ContractUtils;

class StoryTest {
  private final List<Offering> offerings = OfferingTable.bundled().offerings();
  private final Story story = Story.of(offerings);

  @Test
  void isTheSameAtEveryTelling() {
    assertThat(Story.of(OfferingTable.bundled().offerings())).isEqualTo(story);
  }

  @Test
  void beginsBeforeTheFirstFilingAndGoesForwardInTime() {
    assertThat(story.begins()).isEqualTo(Instant.parse("2016-05-02T00:00:00Z"));
    assertThat(story.steps()).isSortedAccordingTo(Comparator.comparing(Step::time));
    assertThat(story.steps().getFirst().time()).isAfter(story.begins());
  }

  @Test
  void opensEveryOfferingOnTheDayItWasFiled() {
    assertThat(steps(Action.OpenRound.class)).hasSize(offerings.size() + 1);
    for (Step step : steps(Action.OpenRound.class)) {
      assertThat(step.time()).isEqualTo(((Action.OpenRound) step.action()).offering().opensAt());
    }
  }

  @Test
  void expectsTheRefusalOfWhatIsOpenForLessThanTwentyOneDays() {
    assertThat(steps(Action.OpenRound.class).stream().filter(step -> step.refusal().isPresent()))
        .singleElement()
        .satisfies(step -> {
          assertThat(((Action.OpenRound) step.action()).offering().fileNumber())
              .isEqualTo("020-28580");
          assertThat(step.refusal()).hasValue("PublicPeriodTooShort");
        });
  }

  @Test
  void commitsWhatWasReportedSoldUpToTheMaximum() {
    for (Offering offering : offerings) {
      if (Story.opens(offering) && !offering.missesItsTarget()) {
        assertThat(committed(offering)).as(offering.fileNumber()).isEqualTo(offering.sellable());
      }
    }
  }

  @Test
  void commitsLessThanTheTargetWhereItWasMissed() {
    List<Offering> failures = offerings.stream().filter(Offering::missesItsTarget).toList();

    assertThat(failures).extracting(Offering::issuer).hasSize(2);
    for (Offering offering : failures) {
      assertThat(committed(offering)).isGreaterThan(ShareCount.ZERO).isLessThan(offering.minimum());
      assertThat(refunds(offering)).isEqualTo(commits(offering).count()).isGreaterThan(1);
    }
  }

  @Test
  void triesTheExcessOverTheMaximumAndExpectsItsRefusal() {
    assertThat(steps(Action.Commit.class).stream().filter(step -> step.refusal().isPresent()))
        .singleElement()
        .satisfies(step -> {
          Action.Commit commit = (Action.Commit) step.action();
          assertThat(commit.offering().fileNumber()).isEqualTo("020-23304");
          assertThat(commit.shares()).isEqualTo(ShareCount.of(41_176));
          assertThat(step.refusal()).hasValue("RoundFull");
        });
  }

  @Test
  void hasAsManyInvestorsAsTheReportSays() {
    for (Offering offering : offerings) {
      offering
          .investors()
          .ifPresent(count -> assertThat(commits(offering).count()).isEqualTo(count));
    }
  }

  @Test
  void letsNobodyCommitTwiceToARoundOrOutsideItsTime() {
    for (Offering offering : offerings) {
      Set<Object> seen = new HashSet<>();
      commits(offering)
          .forEach(step -> {
            assertThat(seen.add(step.actor())).isTrue();
            assertThat(step.time())
                .isAfterOrEqualTo(offering.opensAt())
                .isBefore(offering.deadline().minus(Duration.ofDays(2)));
          });
    }
  }

  @Test
  void keepsEveryoneWhoIsNotExemptWithinTheirLimitOfTwelveMonths() {
    Map<Object, Person> persons = new HashMap<>();
    steps(Action.AttestAll.class)
        .forEach(step ->
            ((Action.AttestAll) step.action())
                .persons()
                .forEach(person -> persons.put(person.account(), person)));
    steps(Action.Attest.class)
        .forEach(step -> {
          Person person = ((Action.Attest) step.action()).person();
          persons.put(person.account(), person);
        });
    for (Step last : steps(Action.Commit.class)) {
      Person person = requireNonNull(persons.get(last.actor()));
      LocalDate day = day(last);
      TokenAmount inTwelveMonths =
          steps(Action.Commit.class).stream()
              .filter(step -> step.actor().equals(last.actor()))
              .filter(step -> !day(step).isAfter(day) && day(step).plusYears(1).isAfter(day))
              .map(step -> (Action.Commit) step.action())
              .map(commit -> commit.shares().times(commit.offering().price()))
              .reduce(TokenAmount.ZERO, TokenAmount::plus);
      if (!person.isExempt()) {
        assertThat(inTwelveMonths).isLessThanOrEqualTo(person.yearlyLimit());
      }
    }
    assertThat(persons.values().stream().filter(person -> !person.isExempt()))
        .hasSizeGreaterThan(99);
  }

  @Test
  void tellsWindowMirrorInFull() {
    Stream<String> told =
        story.steps().stream()
            .filter(step -> step.action().toString().contains("020-23358"))
            .filter(step -> !(step.action() instanceof Action.Approve))
            .map(step ->
                "%s %s%s"
                    .formatted(
                        step.time(),
                        step.action().getClass().getSimpleName(),
                        step.refusal().map(error -> " refused: " + error).orElse("")));

    assertThat(told)
        .containsExactly(
            "2017-05-09T00:00:00Z RegisterCompany",
            "2017-05-09T00:00:00Z OpenShareClass",
            "2017-05-09T00:00:00Z OpenRound",
            "2017-05-10T00:00:00Z Commit",
            "2017-05-11T00:00:00Z Commit",
            "2017-05-29T23:59:59Z Close refused: TooEarlyToClose",
            "2017-06-12T00:00:00Z Commit",
            "2017-07-01T00:00:00Z Commit",
            "2017-07-05T23:59:59Z Cancel",
            "2017-07-06T00:00:00Z Cancel refused: CancellationClosed",
            "2017-07-08T00:00:00Z Close",
            "2017-07-08T00:00:00Z Tally",
            "2017-07-12T00:00:00Z Settle",
            "2017-07-12T00:00:00Z PayProceeds",
            "2017-07-12T00:00:00Z PayFee");
  }

  @Test
  void leavesOneRoundOpenBelowItsTarget() {
    assertThat(committed(SampleBakery.OFFERING))
        .isEqualTo(SampleBakery.OFFERING.sold())
        .isLessThan(SampleBakery.OFFERING.minimum());
    assertThat(steps(Action.Close.class))
        .noneMatch(step -> ((Action.Close) step.action()).offering().equals(SampleBakery.OFFERING));
  }

  @Test
  void tellsTheSyntheticCompanyInTheOrderOfItsScenarios() {
    Stream<String> told =
        story.steps().stream()
            .filter(step -> step.action() instanceof Action.Call)
            .map(step ->
                "%s %s%s"
                    .formatted(
                        day(step),
                        ((Action.Call) step.action()).words(),
                        step.refusal().map(error -> " refused: " + error).orElse("")));

    assertThat(told)
        .containsExactly(
            "2017-05-09 open the founders' class",
            "2017-05-09 issue to the first founder",
            "2017-05-09 issue to the second founder",
            "2017-05-09 open a class, a trust and a round",
            "2017-08-01 propose milestone 1",
            "2017-08-02 approve milestone 1",
            "2017-08-15 a trustee pays milestone 1 while others may object refused:"
                + " ChallengePeriodRuns",
            "2017-08-16 pay milestone 1",
            "2017-08-16 pay the fee on milestone 1",
            "2017-11-01 propose milestone 2",
            "2017-11-02 reject milestone 2",
            "2017-11-03 reject milestone 2 too",
            "2017-11-04 the company pays itself milestone 2 refused: WrongDisbursementStatus",
            "2017-11-10 terminate",
            "2017-11-11 terminate too",
            "2017-11-13 claim the rest for X",
            "2017-11-13 claim the rest for Y",
            "2017-11-13 claim the rest for Z",
            "2018-03-01 sell within the year to somebody not accredited refused: TransferRefused",
            "2018-03-01 sell to somebody accredited",
            "2018-08-01 sell after the year",
            "2018-12-01 declare a record date",
            "2018-12-01 open distributions",
            "2018-12-01 approve the dividend",
            "2018-12-01 declare and fund the dividend",
            "2019-01-15 sell after the record date",
            "2019-01-16 pay the dividend to all but K",
            "2019-02-04 announce a new key",
            "2019-02-05 confirm the new key",
            "2019-02-19 execute the recovery",
            "2019-02-19 recover the shares",
            "2019-02-19 pay the dividend to the new key",
            "2019-02-21 open a vote",
            "2019-02-24 vote for",
            "2019-02-25 vote against",
            "2019-02-26 abstain",
            "2019-02-27 vote with the key that was given up refused: MayNotVoteFor",
            "2019-02-27 vote with the new key");
    assertThat(committed(SampleOrchards.OFFERING)).isEqualTo(SampleOrchards.OFFERING.sold());
  }

  @Test
  void foreseesWhatTheDirectoryCreatesInItsOrder() {
    Address directory = Address.parse("0x" + "d1".repeat(20));
    Instances instances = Instances.of(story, directory);

    List<Address> created =
        LongStream.rangeClosed(1, instances.addresses().size())
            .mapToObj(nonce ->
                Address.parse(
                    ContractUtils.generateContractAddress(
                        directory.toString(), BigInteger.valueOf(nonce))))
            .toList();
    assertThat(instances.addresses().values()).containsExactlyInAnyOrderElementsOf(created);
    assertThat(
            Stream.of(
                    Kind.FOUNDERS_CLASS,
                    Kind.SHARE_CLASS,
                    Kind.TRUST,
                    Kind.ROUND,
                    Kind.DISTRIBUTION,
                    Kind.VOTE)
                .map(kind -> created.indexOf(instances.at(SampleOrchards.OFFERING, kind))))
        .isSorted()
        .doesNotHaveDuplicates();
  }

  private List<Step> steps(Class<? extends Action> kind) {
    return story.steps().stream().filter(step -> kind.isInstance(step.action())).toList();
  }

  private Stream<Step> commits(Offering offering) {
    return steps(Action.Commit.class).stream()
        .filter(step -> step.refusal().isEmpty())
        .filter(step -> ((Action.Commit) step.action()).offering().equals(offering));
  }

  private ShareCount committed(Offering offering) {
    ShareCount committed =
        commits(offering)
            .map(step -> ((Action.Commit) step.action()).shares())
            .reduce(ShareCount.ZERO, ShareCount::plus);
    return WindowMirror.is(offering) ? committed.minus(ShareCount.of(50)) : committed;
  }

  private long refunds(Offering offering) {
    return steps(Action.Refund.class).stream()
        .filter(step -> ((Action.Refund) step.action()).offering().equals(offering))
        .count();
  }

  private static LocalDate day(Step step) {
    return LocalDate.ofInstant(step.time(), ZoneOffset.UTC);
  }
}
