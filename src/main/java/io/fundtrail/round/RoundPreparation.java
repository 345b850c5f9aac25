package io.fundtrail.round;

import io.fundtrail.api.Answer;
import io.fundtrail.api.BodyFields;
import io.fundtrail.api.Field;
import io.fundtrail.api.Moment;
import io.fundtrail.api.Moments;
import io.fundtrail.api.Problem;
import io.fundtrail.api.RequestParams;
import io.fundtrail.api.Route;
import io.fundtrail.api.Routes;
import io.fundtrail.api.ServiceStatus.SettlementToken;
import io.fundtrail.bindings.Directory;
import io.fundtrail.bindings.FundingRound;
import io.fundtrail.model.Address;
import io.fundtrail.model.AsOf;
import io.fundtrail.model.Hash;
import io.fundtrail.model.ShareCount;
import io.fundtrail.model.TokenAmount;
import io.fundtrail.store.ReadOnlyDatabase;
import io.fundtrail.transact.PlannedCall;
import io.fundtrail.transact.PreparedTransactions;
import io.fundtrail.transact.Units;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.web3j.abi.datatypes.Bool;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint16;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint64;

/** Prepares what issuers, investors, the guardian and anybody sign for a round. */
public final class RoundPreparation implements Routes {
  private static final String PREPARE = "/v1/prepared-transactions/";
  private static final int LARGEST_BATCH = 1000;
  private static final int HIGHEST_BPS = 65_535;
  private static final int LONGEST_FILING = 100;
  private static final int PRICE_BITS = 128;
  private static final List<Allocation> ALLOCATIONS = List.of(Allocation.values());
  private static final int HIGHEST_VERSION = 65_535;

  private final ReadOnlyDatabase database;
  private final Moments moments;
  private final PreparedTransactions preparer;
  private final Address directory;

  public RoundPreparation(
      ReadOnlyDatabase database,
      Moments moments,
      PreparedTransactions preparer,
      Address directory) {
    this.database = database;
    this.moments = moments;
    this.preparer = preparer;
    this.directory = directory;
  }

  /** A round and the state of the ledger that it was read from. */
  private record Known(AsOf asOf, Round round) {
    Units units() {
      return new Units(round.terms().currency(), round.terms().decimals());
    }

    PlannedCall call(String description, String name, Type<?>... arguments) {
      return PlannedCall.of(description, round.address(), function(name, arguments), units());
    }
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.post(PREPARE + "open-round", this::openRound),
        Route.post(PREPARE + "commit", this::commit),
        Route.post(PREPARE + "cancel", this::cancel),
        Route.post(PREPARE + "close", request -> plain(request, "Close", FundingRound.FUNC_CLOSE)),
        Route.post(PREPARE + "tally", request -> batch(request, "Tally", FundingRound.FUNC_TALLY)),
        Route.post(
            PREPARE + "settle", request -> batch(request, "Settle", FundingRound.FUNC_SETTLE)),
        Route.post(PREPARE + "refund", this::refund),
        Route.post(
            PREPARE + "pay-proceeds",
            request -> plain(request, "Pay the proceeds of", FundingRound.FUNC_PAYPROCEEDS)),
        Route.post(
            PREPARE + "pay-fee",
            request -> plain(request, "Pay the fee of", FundingRound.FUNC_PAYFEE)),
        Route.post(PREPARE + "pause-commits", this::pauseCommits),
        Route.post(PREPARE + "cancel-round", this::cancelRound));
  }

  private Answer openRound(RequestParams request) {
    BodyFields body =
        request.body(
            "from",
            "shareClass",
            "settlementToken",
            "rules",
            "trust",
            "allocation",
            "price",
            "minimumShares",
            "maximumShares",
            "minimumTicket",
            "oversubscriptionShares",
            "opensAt",
            "deadline",
            "feeBps",
            "termsHash",
            "filing");
    Address tokenAddress = body.field("settlementToken").address();
    Address shareClass = body.field("shareClass").address();
    record Found(AsOf asOf, SettlementToken token, Address directory) {}
    Found found =
        database.read(handle -> {
          AsOf asOf = moments.asOf(handle, new Moment.Latest());
          return new Found(
              asOf,
              Settlement.token(handle, tokenAddress, asOf.block().number())
                  .orElseThrow(() -> Problem.notFound("listed settlement token " + tokenAddress)),
              Rounds.openedBy(handle, shareClass, asOf.block().number()).orElse(directory));
        });
    Directory.RoundTerms terms = terms(body, found.token());
    PlannedCall call =
        PlannedCall.of(
            "Open the round " + terms.filing,
            found.directory(),
            function(Directory.FUNC_OPENROUND, terms),
            new Units(found.token().currency(), found.token().decimals()));
    return Answer.json(preparer.prepare(found.asOf(), body.field("from").address(), List.of(call)));
  }

  private static Directory.RoundTerms terms(BodyFields body, SettlementToken token) {
    Field price = body.field("price");
    TokenAmount units = price.money(token.decimals());
    if (units.units().bitLength() > PRICE_BITS) {
      throw price.wrong("a price of less than 2^128 smallest units");
    }
    return new Directory.RoundTerms(
        body.field("shareClass").address().toString(),
        token.address().toString(),
        body.field("rules").address().toString(),
        body.nullable("trust").map(Field::address).orElse(Address.ZERO).toString(),
        BigInteger.valueOf(ALLOCATIONS.indexOf(body.field("allocation").oneOf(ALLOCATIONS))),
        units.units(),
        body.field("minimumShares").shares().shares(),
        body.field("maximumShares").shares().shares(),
        body.field("minimumTicket").shares().shares(),
        body.nullable("oversubscriptionShares")
            .map(field -> field.shares().shares())
            .orElse(BigInteger.ZERO),
        BigInteger.valueOf(body.field("opensAt").time().getEpochSecond()),
        BigInteger.valueOf(body.field("deadline").time().getEpochSecond()),
        BigInteger.valueOf(body.field("feeBps").integer(0, HIGHEST_BPS)),
        body.field("termsHash").hash().bytes(),
        body.field("filing").text(0, LONGEST_FILING));
  }

  private Answer commit(RequestParams request) {
    BodyFields body = request.body("from", "round", "shares", "termsVersion", "consent");
    int version = (int) body.field("termsVersion").integer(1, HIGHEST_VERSION);
    boolean consent = body.field("consent").flag();
    ShareCount shares = body.field("shares").shares();
    Known known = known(body);
    Round round = known.round();
    TokenAmount price = shares.times(round.terms().price());
    String money = round.money(price) + " " + round.terms().currency();
    PlannedCall approve =
        PlannedCall.approve(
            "round", round.address(), round.terms().settlementToken(), price, known.units());
    PlannedCall commit =
        known.call(
            "Commit " + money + " for " + shares + " shares of " + round.issuer().name(),
            FundingRound.FUNC_COMMIT,
            new Uint64(shares.shares()),
            new Uint16(version),
            new Bool(consent));
    return prepare(body, known, approve, commit);
  }

  private Answer cancel(RequestParams request) {
    BodyFields body = request.body("from", "round", "shares");
    Address from = body.field("from").address();
    Optional<ShareCount> shares = body.nullable("shares").map(Field::shares);
    Known known = known(body);
    Hash identity =
        database
            .read(handle ->
                Commitments.identityOf(
                    handle, known.round().address(), from, known.asOf().block().number()))
            .orElseThrow(
                () -> Problem.notFound("commitment of the wallet " + from + " in this round"));
    return prepare(
        body,
        known,
        known.call(
            "Take "
                + shares.map(count -> count + " shares of the").orElse("the whole")
                + " commitment back from the round of "
                + known.round().issuer().name(),
            FundingRound.FUNC_CANCEL,
            new Bytes32(identity.bytes()),
            new Uint64(shares.orElse(ShareCount.ZERO).shares())));
  }

  private Answer refund(RequestParams request) {
    BodyFields body = request.body("from", "round", "identity");
    Hash identity = body.field("identity").hash();
    Known known = known(body);
    return prepare(
        body,
        known,
        known.call(
            "Send the money of the identity " + identity + " back",
            FundingRound.FUNC_REFUND,
            new Bytes32(identity.bytes())));
  }

  private Answer pauseCommits(RequestParams request) {
    BodyFields body = request.body("from", "round", "paused");
    boolean paused = body.field("paused").flag();
    Known known = known(body);
    return prepare(
        body,
        known,
        known.call(
            (paused ? "Stop" : "Resume") + " new commitments",
            FundingRound.FUNC_PAUSECOMMITS,
            new Bool(paused)));
  }

  private Answer cancelRound(RequestParams request) {
    BodyFields body = request.body("from", "round", "reason");
    Hash reason = body.field("reason").hash();
    Known known = known(body);
    return prepare(
        body,
        known,
        known.call(
            "Cancel the round of " + known.round().issuer().name(),
            FundingRound.FUNC_CANCELROUND,
            new Bytes32(reason.bytes())));
  }

  private Answer batch(RequestParams request, String verb, String name) {
    BodyFields body = request.body("from", "round", "count");
    long count = body.field("count").integer(1, LARGEST_BATCH);
    Known known = known(body);
    String description =
        "%s up to %d commitments of the round of %s"
            .formatted(verb, count, known.round().issuer().name());
    return prepare(body, known, known.call(description, name, new Uint256(count)));
  }

  private Answer plain(RequestParams request, String verb, String name) {
    BodyFields body = request.body("from", "round");
    Known known = known(body);
    String description = verb + " the round of " + known.round().issuer().name();
    return prepare(body, known, known.call(description, name));
  }

  private Known known(BodyFields body) {
    Address address = body.field("round").address();
    return database.read(handle -> {
      AsOf asOf = moments.asOf(handle, new Moment.Latest());
      return new Known(
          asOf,
          Rounds.find(handle, address, asOf.block().number())
              .orElseThrow(() -> RoundRoutes.noRound(address)));
    });
  }

  private Answer prepare(BodyFields body, Known known, PlannedCall... calls) {
    return Answer.json(
        preparer.prepare(known.asOf(), body.field("from").address(), List.of(calls)));
  }

  @SuppressWarnings({"rawtypes", "unchecked"})
  private static Function function(String name, Type<?>... arguments) {
    return new Function(name, (List) List.of(arguments), List.of());
  }
}
