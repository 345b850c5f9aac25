package io.fundtrail.app.demo;

import io.fundtrail.app.Bound;
import io.fundtrail.app.DeploymentPlan;
import io.fundtrail.app.EmbeddedDeployment;
import io.fundtrail.app.demo.Step.Action;
import io.fundtrail.bindings.DemoDollar;
import io.fundtrail.bindings.Directory;
import io.fundtrail.bindings.Directory.ClassTerms;
import io.fundtrail.bindings.Directory.RoundTerms;
import io.fundtrail.bindings.FundingRound;
import io.fundtrail.bindings.InvestorRegistry;
import io.fundtrail.bindings.InvestorRegistry.Attestation;
import io.fundtrail.bindings.InvestorRegistry.YearlyLimit;
import io.fundtrail.bindings.Recovery;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.model.ShareCount;
import io.fundtrail.model.TokenAmount;
import io.fundtrail.proof.Keccak;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.web3j.protocol.core.RemoteFunctionCall;

/** The story's actions as calls of the contracts. */
record CallData(DeploymentPlan plan, Instances instances) {
  private static final BigInteger UNITED_STATES = BigInteger.valueOf(840);
  private static final String REGIME = "US-REG-CF";
  private static final byte[] DOLLAR =
      EmbeddedDeployment.CURRENCY.getBytes(StandardCharsets.US_ASCII);

  /** Six percent, as in WindowMirror's filing; the table does not have it for the others. */
  static final BigInteger FEE_BPS = BigInteger.valueOf(600);

  private static final BigInteger FIRST_TERMS = BigInteger.ONE;
  private static final boolean WITHOUT_CONSENT = false;
  private static final BigInteger FIRST_COME = BigInteger.ZERO;
  private static final BigInteger ALL_SHARES = BigInteger.ZERO;

  /** The demo's people stay attested. */
  private static final BigInteger EXPIRES = seconds(Instant.parse("2100-01-01T00:00:00Z"));

  /** Whom a transaction calls, and with what data. */
  record Target(Address address, Bytes data) {
    static Target of(Address address, RemoteFunctionCall<?> call) {
      return new Target(address, Bound.data(call));
    }
  }

  Target target(Action action) {
    return switch (action) {
      case Action.RegisterCompany(Offering offering) -> registerCompany(offering);
      case Action.OpenShareClass(Offering offering) -> openShareClass(offering);
      case Action.OpenRound(Offering offering) -> openRound(offering);
      case Action.AttestAll(List<Person> persons) -> attestAll(persons);
      case Action.Attest(Person person) -> attest(person);
      case Action.Mint(Person person, TokenAmount amount) -> mint(person, amount);
      case Action.Approve(Offering offering, ShareCount shares) -> approve(offering, shares);
      case Action.Commit(Offering offering, ShareCount shares) ->
          onRound(offering, round -> round.commit(shares.shares(), FIRST_TERMS, WITHOUT_CONSENT));
      case Action.Cancel(Offering offering, Person person) ->
          onRound(offering, round -> round.cancel(person.identity().bytes(), ALL_SHARES));
      case Action.Refund(Offering offering, Person person) ->
          onRound(offering, round -> round.refund(person.identity().bytes()));
      case Action.Close(Offering offering) -> onRound(offering, FundingRound::close);
      case Action.Tally(Offering offering, int count) ->
          onRound(offering, round -> round.tally(BigInteger.valueOf(count)));
      case Action.Settle(Offering offering, int count) ->
          onRound(offering, round -> round.settle(BigInteger.valueOf(count)));
      case Action.PayProceeds(Offering offering) -> onRound(offering, FundingRound::payProceeds);
      case Action.PayFee(Offering offering) -> onRound(offering, FundingRound::payFee);
      case Action.Call other -> other.call().apply(this);
    };
  }

  private Target onRound(Offering offering, Function<FundingRound, RemoteFunctionCall<?>> call) {
    Address round = instances.round(offering);
    return Target.of(round, call.apply(Bound.round(round)));
  }

  Target onDirectory(Function<Directory, RemoteFunctionCall<?>> call) {
    Address directory = plan.deployment().directory();
    return Target.of(directory, call.apply(Bound.directory(directory)));
  }

  private Target onRegistry(Function<InvestorRegistry, RemoteFunctionCall<?>> call) {
    Address registry = plan.deployment().registry();
    return Target.of(registry, call.apply(Bound.registry(registry)));
  }

  Target onRecovery(Function<Recovery, RemoteFunctionCall<?>> call) {
    Address recovery = plan.deployment().recovery();
    return Target.of(recovery, call.apply(Bound.recovery(recovery)));
  }

  Target onDollar(Function<DemoDollar, RemoteFunctionCall<?>> call) {
    return Target.of(demoDollar(), call.apply(Bound.demoDollar(demoDollar())));
  }

  private Target registerCompany(Offering offering) {
    String controller = Story.issuer(offering).address().toString();
    return onDirectory(directory ->
        directory.registerCompany(controller, FEE_BPS, offering.issuer(), filing(offering)));
  }

  /** The authorised number is not filed: it is what the round may sell. */
  private Target openShareClass(Offering offering) {
    ClassTerms terms =
        classTerms(offering, offering.maximum(), offering.security(), symbol(offering));
    return onDirectory(directory -> directory.openShareClass(terms));
  }

  ClassTerms classTerms(Offering offering, ShareCount authorised, String security, String symbol) {
    return new ClassTerms(
        companyId(offering),
        authorised.shares(),
        BigInteger.ONE,
        BigInteger.ZERO,
        new byte[3],
        BigInteger.ZERO,
        Address.ZERO.toString(),
        BigInteger.ZERO,
        BigInteger.ZERO,
        BigInteger.ZERO,
        BigInteger.ZERO,
        offering.issuer() + " " + security,
        symbol,
        List.of());
  }

  private Target openRound(Offering offering) {
    RoundTerms terms = roundTerms(offering, instances.shareClass(offering));
    return onDirectory(directory -> directory.openRound(terms));
  }

  RoundTerms roundTerms(Offering offering, Address shareClass) {
    return new RoundTerms(
        shareClass.toString(),
        demoDollar().toString(),
        plan.at("RegulationCrowdfunding").toString(),
        Address.ZERO.toString(),
        FIRST_COME,
        offering.price().units(),
        offering.minimum().shares(),
        offering.maximum().shares(),
        BigInteger.ONE,
        BigInteger.ZERO,
        seconds(offering.opensAt()),
        seconds(offering.deadline()),
        FEE_BPS,
        termsHash(offering).bytes(),
        filing(offering));
  }

  BigInteger companyId(Offering offering) {
    return BigInteger.valueOf(instances.companyId(offering));
  }

  private Target attestAll(List<Person> persons) {
    return onRegistry(registry ->
        registry.attestAll(
            persons.stream().map(CallData::attestation).toList(), word(REGIME), DOLLAR, List.of()));
  }

  private Target attest(Person person) {
    YearlyLimit limit = new YearlyLimit(word(REGIME), DOLLAR, person.attestedLimit().units());
    return onRegistry(registry -> registry.attest(attestation(person), List.of(limit)));
  }

  private Target mint(Person person, TokenAmount amount) {
    String holder = person.account().address().toString();
    return onDollar(dollar -> dollar.mint(holder, amount.units()));
  }

  private Target approve(Offering offering, ShareCount shares) {
    String round = instances.round(offering).toString();
    BigInteger amount = shares.times(offering.price()).units();
    return onDollar(dollar -> dollar.approve(round, amount));
  }

  Address demoDollar() {
    return plan.demoDollar().orElseThrow();
  }

  private static Attestation attestation(Person person) {
    return new Attestation(
        person.identity().bytes(),
        person.account().address().toString(),
        UNITED_STATES,
        BigInteger.valueOf(person.category().code()),
        EXPIRES,
        BigInteger.ONE,
        BigInteger.ZERO,
        person.dossier().bytes());
  }

  /** As the round carries it. */
  static String filing(Offering offering) {
    return SampleOrchards.is(offering) || SampleBakery.OFFERING.equals(offering)
        ? "synthetic, filed nowhere"
        : "SEC " + offering.fileNumber();
  }

  /** The terms' document is not in the table; the hash is of the filing's name. */
  private static Hash termsHash(Offering offering) {
    return Keccak.hash(filing(offering).getBytes(StandardCharsets.UTF_8));
  }

  private static String symbol(Offering offering) {
    String letters = offering.issuer().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
    return letters.substring(0, Math.min(5, letters.length()));
  }

  private static BigInteger seconds(Instant time) {
    return BigInteger.valueOf(time.getEpochSecond());
  }

  private static byte[] word(String text) {
    return Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), 32);
  }
}
