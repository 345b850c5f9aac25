package io.fundtrail.app.demo;

import static io.fundtrail.app.DevelopmentAccount.OPERATOR;
import static io.fundtrail.app.DevelopmentAccount.RECOVERY;
import static io.fundtrail.app.DevelopmentAccount.REGISTRAR;
import static io.fundtrail.app.demo.Instances.Kind.DISTRIBUTION;
import static io.fundtrail.app.demo.Instances.Kind.FOUNDERS_CLASS;
import static io.fundtrail.app.demo.Instances.Kind.ROUND;
import static io.fundtrail.app.demo.Instances.Kind.SHARE_CLASS;
import static io.fundtrail.app.demo.Instances.Kind.TRUST;
import static io.fundtrail.app.demo.Instances.Kind.VOTE;
import static io.fundtrail.app.demo.Story.ANYONE;
import static java.math.BigInteger.ONE;
import static java.math.BigInteger.TWO;
import static java.math.BigInteger.ZERO;

import io.fundtrail.app.Bound;
import io.fundtrail.app.DevelopmentAccount;
import io.fundtrail.app.demo.CallData.Target;
import io.fundtrail.app.demo.Step.Action;
import io.fundtrail.bindings.CustodyTrust;
import io.fundtrail.bindings.Directory.Deed;
import io.fundtrail.bindings.Directory.DeedTerms;
import io.fundtrail.bindings.Directory.Electorate;
import io.fundtrail.bindings.Directory.Tranche;
import io.fundtrail.bindings.Directory.VoteTerms;
import io.fundtrail.bindings.Distribution;
import io.fundtrail.bindings.HolderVote;
import io.fundtrail.bindings.Recovery;
import io.fundtrail.bindings.ShareToken;
import io.fundtrail.bindings.TrustOffices;
import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.model.ShareCount;
import io.fundtrail.model.TokenAmount;
import io.fundtrail.proof.Keccak;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;
import org.web3j.protocol.core.RemoteFunctionCall;

/**
 * Sample Orchards Inc, a company that never was, with everything that the filings leave out: two
 * share classes, a round into a trust whose trustees disagree about milestones, a dividend, a lost
 * key and a vote. What the round raises and how the trust ends are modelled on Vernafund CF LLC,
 * file number 020-28442, which sold $133,297 with milestones before its portal cancelled.
 */
final class SampleOrchards {
  static final Offering OFFERING =
      new Offering(
          "synthetic",
          "Sample Orchards Inc (synthetic)",
          "Investors' Shares",
          TokenAmount.parseDecimal("0.10", 6),
          ShareCount.of(1_000_000),
          ShareCount.of(10_000_000),
          LocalDate.parse("2017-05-09"),
          LocalDate.parse("2017-07-07"),
          ShareCount.of(1_332_970),
          OptionalInt.of(3),
          List.of());

  private static final TokenAmount DIVIDEND = TokenAmount.parseDecimal("1000", 6);

  /** When it counts who held what, for the dividend and for the vote. */
  private static final Instant RECORD_DATE = day("2018-12-31");

  private static final Person J = Person.retail("Sample Orchards buyer J", TokenAmount.ZERO);

  /** An accredited buyer, who loses the key. */
  private static final Person K = Person.accredited("Sample Orchards buyer K");

  private static final DevelopmentAccount NEW_KEY =
      new DevelopmentAccount("Sample Orchards new key of K");
  private static final Person X = Person.accredited("Sample Orchards investor X");
  private static final Person Y = Person.accredited("Sample Orchards investor Y");
  private static final Person Z = Person.accredited("Sample Orchards investor Z");
  private static final Person FOUNDER = Person.accredited("Sample Orchards founder 1");
  private static final Person COFOUNDER = Person.accredited("Sample Orchards founder 2");
  private static final Person FIRST_TRUSTEE = Person.accredited("Sample Orchards trustee 1");
  private static final Person SECOND_TRUSTEE = Person.accredited("Sample Orchards trustee 2");
  private static final Person THIRD_TRUSTEE = Person.accredited("Sample Orchards trustee 3");
  private static final DevelopmentAccount TRUSTEE_1 = FIRST_TRUSTEE.account();
  private static final DevelopmentAccount TRUSTEE_2 = SECOND_TRUSTEE.account();
  private static final DevelopmentAccount TRUSTEE_3 = THIRD_TRUSTEE.account();

  /** Who is attested besides the investors. */
  private static final List<Person> OTHERS =
      List.of(FIRST_TRUSTEE, SECOND_TRUSTEE, THIRD_TRUSTEE, FOUNDER, COFOUNDER, J, K);

  private static final DevelopmentAccount ISSUER = Story.issuer(OFFERING);

  /** A trust numbers a disbursement with 256 times the attempt, plus the tranche. */
  private static final BigInteger FIRST = BigInteger.valueOf(256 + 1);

  private static final BigInteger SECOND = BigInteger.valueOf(256 + 2);
  private static final BigInteger DIVIDEND_KIND = ZERO;
  private static final ShareCount FOUNDERS_AUTHORISED = ShareCount.of(10_000_000);
  private static final BigInteger HALF_BPS = BigInteger.valueOf(5_000);
  private static final BigInteger LOST_KEY = ONE;
  private static final BigInteger FOR = ONE;
  private static final BigInteger AGAINST = TWO;
  private static final BigInteger ABSTENTION = BigInteger.valueOf(3);
  private static final byte[] REPORT = document("report of a trustee");
  private static final byte[] LOSS = document("declaration of loss");

  /** What is done, by whom and when, but for the life of the round. */
  private static final List<Step> STEPS =
      List.of(
          Step.of(day("2017-05-09"), OPERATOR, new Action.RegisterCompany(OFFERING)),
          Step.of(day("2017-05-09"), REGISTRAR, new Action.AttestAll(OTHERS)),
          opens(
              "2017-05-09",
              "open the founders' class",
              SampleOrchards::openFoundersClass,
              FOUNDERS_CLASS),
          act("2017-05-09", ISSUER, "issue to the first founder", issue(FOUNDER, 3_000_000)),
          act("2017-05-09", ISSUER, "issue to the second founder", issue(COFOUNDER, 2_000_000)),
          opens(
              "2017-05-09",
              "open a class, a trust and a round",
              SampleOrchards::openOffering,
              SHARE_CLASS,
              TRUST,
              ROUND),
          act("2017-08-01", TRUSTEE_1, "propose milestone 1", onTrust(t -> t.propose(ONE, REPORT))),
          act("2017-08-02", TRUSTEE_2, "approve milestone 1", onTrust(t -> t.approve(FIRST))),
          refused(
              "2017-08-15",
              TRUSTEE_1,
              "a trustee pays milestone 1 while others may object",
              "ChallengePeriodRuns",
              onTrust(t -> t.execute(FIRST))),
          act("2017-08-16", ANYONE, "pay milestone 1", onTrust(t -> t.execute(FIRST))),
          act("2017-08-16", ANYONE, "pay the fee on milestone 1", onTrust(CustodyTrust::payFee)),
          act("2017-11-01", TRUSTEE_1, "propose milestone 2", onTrust(t -> t.propose(TWO, REPORT))),
          act("2017-11-02", TRUSTEE_2, "reject milestone 2", onTrust(t -> t.reject(SECOND))),
          act("2017-11-03", TRUSTEE_3, "reject milestone 2 too", onTrust(t -> t.reject(SECOND))),
          refused(
              "2017-11-04",
              ISSUER,
              "the company pays itself milestone 2",
              "WrongDisbursementStatus",
              onTrust(t -> t.execute(SECOND))),
          act("2017-11-10", TRUSTEE_2, "terminate", onTrustOffices(t -> t.terminate(true))),
          act("2017-11-11", TRUSTEE_3, "terminate too", onTrustOffices(t -> t.terminate(true))),
          act("2017-11-13", X.account(), "claim the rest for X", claimRest(X)),
          act("2017-11-13", Y.account(), "claim the rest for Y", claimRest(Y)),
          act("2017-11-13", Z.account(), "claim the rest for Z", claimRest(Z)),
          refused(
              "2018-03-01",
              X.account(),
              "sell within the year to somebody not accredited",
              "TransferRefused",
              transfer(J, 1_000)),
          act("2018-03-01", X.account(), "sell to somebody accredited", transfer(K, 1_000)),
          act("2018-08-01", Z.account(), "sell after the year", transfer(J, 731)),
          act(
              "2018-12-01",
              ISSUER,
              "declare a record date",
              onShares(s -> s.declareRecordDate(seconds(RECORD_DATE)))),
          opens("2018-12-01", "open distributions", SampleOrchards::openDistribution, DISTRIBUTION),
          act("2018-12-01", ISSUER, "approve the dividend", SampleOrchards::approveDividend),
          act(
              "2018-12-01",
              ISSUER,
              "declare and fund the dividend",
              onDistribution(d ->
                  d.declareAndFund(DIVIDEND_KIND, ONE, DIVIDEND.units(), document("resolution")))),
          act("2019-01-15", Y.account(), "sell after the record date", transfer(K, 500)),
          act(
              "2019-01-16",
              ANYONE,
              "pay the dividend to all but K",
              onDistribution(
                  d -> d.claimMany(ONE, Stream.of(X, Y, Z, J).map(SampleOrchards::text).toList()))),
          act(
              "2019-02-04",
              REGISTRAR,
              "announce a new key",
              onRecovery(r -> r.announceWallet(LOST_KEY, identity(K), text(NEW_KEY), LOSS))),
          act(
              "2019-02-05",
              RECOVERY,
              "confirm the new key",
              onRecovery(r -> r.confirm(identity(K), LOSS))),
          act(
              "2019-02-19",
              ANYONE,
              "execute the recovery",
              onRecovery(r -> r.execute(identity(K)))),
          act("2019-02-19", ANYONE, "recover the shares", onShares(s -> s.recover(text(K)))),
          act(
              "2019-02-19",
              ANYONE,
              "pay the dividend to the new key",
              onDistribution(d -> d.claimFor(ONE, text(K)))),
          opens("2019-02-21", "open a vote", SampleOrchards::openVote, VOTE),
          act("2019-02-24", X.account(), "vote for", onVote(v -> v.vote(FOR))),
          act("2019-02-25", Y.account(), "vote against", onVote(v -> v.vote(AGAINST))),
          act("2019-02-26", Z.account(), "abstain", onVote(v -> v.vote(ABSTENTION))),
          refused(
              "2019-02-27",
              K.account(),
              "vote with the key that was given up",
              "MayNotVoteFor",
              onVote(v -> v.vote(AGAINST))),
          act(
              "2019-02-27",
              NEW_KEY,
              "vote with the new key",
              onVote(v -> v.voteFor(List.of(elector(K)), FOR))));

  private SampleOrchards() {}

  static boolean is(Offering offering) {
    return offering.equals(OFFERING);
  }

  /** Half, three tenths and a fifth of what was sold. */
  static List<Commitment> commitments() {
    return List.of(
        commitment("2017-05-10", X, 666_485),
        commitment("2017-05-11", Y, 399_891),
        commitment("2017-05-12", Z, 266_594));
  }

  /** Everything but the life of the round. */
  static List<Step> otherSteps() {
    return STEPS;
  }

  private static Step act(
      String date, DevelopmentAccount actor, String words, Function<CallData, Target> call) {
    return Step.of(day(date), actor, new Action.Call(OFFERING, words, List.of(), call));
  }

  private static Step refused(
      String date,
      DevelopmentAccount actor,
      String words,
      String error,
      Function<CallData, Target> call) {
    return Step.refused(day(date), actor, new Action.Call(OFFERING, words, List.of(), call), error);
  }

  private static Step opens(
      String date, String words, Function<CallData, Target> call, Instances.Kind... kinds) {
    return Step.of(day(date), ISSUER, new Action.Call(OFFERING, words, List.of(kinds), call));
  }

  private static Commitment commitment(String date, Person person, long shares) {
    return new Commitment(new Pledge(OFFERING, day(date), ShareCount.of(shares), false), person);
  }

  private static Target openFoundersClass(CallData calls) {
    return calls.onDirectory(directory ->
        directory.openShareClass(
            calls.classTerms(OFFERING, FOUNDERS_AUTHORISED, "Founders' Shares", "FOUND")));
  }

  private static Target openOffering(CallData calls) {
    return calls.onDirectory(directory ->
        directory.openOffering(
            calls.classTerms(OFFERING, OFFERING.maximum(), OFFERING.security(), "INVEST"),
            calls.roundTerms(OFFERING, Address.ZERO),
            deed(calls)));
  }

  private static Target openDistribution(CallData calls) {
    return calls.onDirectory(directory ->
        directory.openDistribution(text(at(calls, SHARE_CLASS)), text(calls.demoDollar())));
  }

  private static Target approveDividend(CallData calls) {
    return calls.onDollar(
        dollar -> dollar.approve(text(at(calls, DISTRIBUTION)), DIVIDEND.units()));
  }

  private static Target openVote(CallData calls) {
    VoteTerms terms =
        new VoteTerms(
            List.of(new Electorate(text(at(calls, SHARE_CLASS)), ONE)),
            text(Address.ZERO),
            text(Address.ZERO),
            document("question"),
            document("question"),
            HALF_BPS,
            HALF_BPS,
            seconds(day("2019-02-22")),
            seconds(day("2019-04-01")));
    return calls.onDirectory(directory -> directory.openVote(calls.companyId(OFFERING), terms));
  }

  /** Two of three trustees decide on each of three milestones: 40, 35 and 25 percent. */
  private static Deed deed(CallData calls) {
    DeedTerms terms =
        new DeedTerms(
            text(ISSUER),
            text(Address.ZERO),
            text(calls.demoDollar()),
            text(Address.ZERO),
            TWO,
            seconds(Duration.ofDays(14)),
            seconds(Duration.ofDays(60)),
            seconds(day("2020-01-01")),
            CallData.FEE_BPS,
            ZERO,
            false,
            false,
            false,
            BigInteger.valueOf(1_000),
            BigInteger.valueOf(2_000),
            HALF_BPS,
            seconds(Duration.ofDays(10)),
            document("deed"));
    return new Deed(
        terms,
        Stream.of(TRUSTEE_1, TRUSTEE_2, TRUSTEE_3).map(SampleOrchards::text).toList(),
        List.of(),
        List.of(milestone(4_000, 0), milestone(3_500, 1), milestone(2_500, 2)),
        List.of());
  }

  private static Tranche milestone(int shareBps, int follows) {
    return new Tranche(
        text(Address.ZERO),
        false,
        true,
        BigInteger.valueOf(follows),
        BigInteger.valueOf(shareBps),
        ZERO,
        ZERO);
  }

  private static Function<CallData, Target> issue(Person holder, long shares) {
    return on(
        FOUNDERS_CLASS,
        Bound::shareClass,
        s -> s.issueByCompany(text(holder), BigInteger.valueOf(shares), ZERO));
  }

  private static Function<CallData, Target> transfer(Person to, long shares) {
    return onShares(s -> s.transfer(text(to), BigInteger.valueOf(shares)));
  }

  private static Function<CallData, Target> claimRest(Person investor) {
    return calls ->
        onTrust(t -> t.claim(identity(investor), text(calls.demoDollar()))).apply(calls);
  }

  private static Function<CallData, Target> onTrust(
      Function<CustodyTrust, RemoteFunctionCall<?>> call) {
    return on(TRUST, Bound::trust, call);
  }

  private static Function<CallData, Target> onTrustOffices(
      Function<TrustOffices, RemoteFunctionCall<?>> call) {
    return on(TRUST, Bound::trustOffices, call);
  }

  private static Function<CallData, Target> onShares(
      Function<ShareToken, RemoteFunctionCall<?>> call) {
    return on(SHARE_CLASS, Bound::shareClass, call);
  }

  private static Function<CallData, Target> onDistribution(
      Function<Distribution, RemoteFunctionCall<?>> call) {
    return on(DISTRIBUTION, Bound::distribution, call);
  }

  private static Function<CallData, Target> onVote(
      Function<HolderVote, RemoteFunctionCall<?>> call) {
    return on(VOTE, Bound::vote, call);
  }

  private static Function<CallData, Target> onRecovery(
      Function<Recovery, RemoteFunctionCall<?>> call) {
    return calls -> calls.onRecovery(call);
  }

  private static <C> Function<CallData, Target> on(
      Instances.Kind kind, Function<Address, C> bound, Function<C, RemoteFunctionCall<?>> call) {
    return calls -> {
      Address address = at(calls, kind);
      return Target.of(address, call.apply(bound.apply(address)));
    };
  }

  private static Address at(CallData calls, Instances.Kind kind) {
    return calls.instances().at(OFFERING, kind);
  }

  private static String text(Person person) {
    return text(person.account());
  }

  private static String text(DevelopmentAccount account) {
    return text(account.address());
  }

  private static String text(Address address) {
    return address.toString();
  }

  private static byte[] identity(Person person) {
    return person.identity().bytes();
  }

  /** A vote of share classes knows a holder by the wallet at the record date. */
  private static byte[] elector(Person holder) {
    return Hash.ofUint(new BigInteger(1, holder.account().address().bytes())).bytes();
  }

  /** A hash that stands for a document. */
  private static byte[] document(String title) {
    String text = "fundtrail synthetic document: Sample Orchards, " + title;
    return Keccak.hash(text.getBytes(StandardCharsets.UTF_8)).bytes();
  }

  private static Instant day(String date) {
    return LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static BigInteger seconds(Instant time) {
    return BigInteger.valueOf(time.getEpochSecond());
  }

  private static BigInteger seconds(Duration duration) {
    return BigInteger.valueOf(duration.toSeconds());
  }
}
