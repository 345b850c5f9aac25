package io.fundtrail.identity;

import io.fundtrail.api.Answer;
import io.fundtrail.api.BodyFields;
import io.fundtrail.api.Dated;
import io.fundtrail.api.Moment;
import io.fundtrail.api.Moments;
import io.fundtrail.api.Paging;
import io.fundtrail.api.Paging.Page;
import io.fundtrail.api.PersonKey;
import io.fundtrail.api.Problem;
import io.fundtrail.api.RequestParams;
import io.fundtrail.api.Route;
import io.fundtrail.api.Routes;
import io.fundtrail.bindings.InvestorRegistry;
import io.fundtrail.bindings.InvestorRegistry.Attestation;
import io.fundtrail.bindings.InvestorRegistry.YearlyLimit;
import io.fundtrail.identity.Investors.Investor;
import io.fundtrail.identity.Recoveries.Recovery;
import io.fundtrail.model.Address;
import io.fundtrail.model.AsOf;
import io.fundtrail.model.Hash;
import io.fundtrail.store.ReadOnlyDatabase;
import io.fundtrail.transact.PlannedCall;
import io.fundtrail.transact.PreparedTransactions;
import io.fundtrail.transact.Units;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes32;

/** Says who may invest, and prepares what the registrar signs. */
public final class IdentityRoutes implements Routes {
  private static final String PREPARE = "/v1/prepared-transactions/";
  private static final Pattern COUNTRY = Pattern.compile("[0-9]{3}");
  private static final int MOST_LIMITS = 20;
  private static final int MILLIONTHS = 6;
  private static final int MOST_PERSONS = 65_535;
  private static final int MOST_WITHHOLDING_BPS = 3500;

  private final ReadOnlyDatabase database;
  private final Moments moments;
  private final PreparedTransactions preparer;
  private final Address registry;

  public IdentityRoutes(
      ReadOnlyDatabase database, Moments moments, PreparedTransactions preparer, Address registry) {
    this.database = database;
    this.moments = moments;
    this.preparer = preparer;
    this.registry = registry;
  }

  record InvestorAnswer(AsOf asOf, Investor investor) implements Dated {}

  record RecoveryAnswer(AsOf asOf, Recovery recovery) implements Dated {}

  record RecoveryList(AsOf asOf, List<Recovery> recoveries, @Nullable String next)
      implements Dated {}

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/v1/investors/{person}", this::investor, "block", "at"),
        Route.get("/v1/recoveries", this::recoveries, "block", "at", "limit", "cursor"),
        Route.get("/v1/recoveries/{subject}", this::recovery, "block", "at"),
        Route.post(PREPARE + "attest", this::attest),
        Route.post(PREPARE + "revoke", this::revoke));
  }

  private Answer investor(RequestParams request) {
    PersonKey person = request.path("person").person();
    Moment moment = request.moment();
    return database.read(handle -> {
      AsOf asOf = moments.asOf(handle, moment);
      return Answer.json(
          new InvestorAnswer(asOf, Investors.investor(handle, person, asOf.block())));
    });
  }

  private Answer recoveries(RequestParams request) {
    Moment moment = request.moment();
    Paging paging = request.paging();
    Optional<Hash> after = paging.after().map(key -> key.part(0).hash());
    return database.read(handle -> {
      AsOf asOf = moments.asOf(handle, moment);
      Page<Recovery> page =
          paging.page(
              Recoveries.list(handle, asOf.block(), after, paging.limit() + 1),
              moments.anchor(handle, asOf),
              recovery -> List.of(recovery.subject().toString()));
      return Answer.json(new RecoveryList(asOf, page.items(), page.next()));
    });
  }

  private Answer recovery(RequestParams request) {
    Hash subject = request.path("subject").hash();
    Moment moment = request.moment();
    return database.read(handle -> {
      AsOf asOf = moments.asOf(handle, moment);
      Recovery recovery =
          Recoveries.find(handle, subject, asOf.block())
              .orElseThrow(() -> Problem.notFound("recovery of " + subject));
      return Answer.json(new RecoveryAnswer(asOf, recovery));
    });
  }

  private Answer attest(RequestParams request) {
    BodyFields body =
        request.body(
            "from",
            "identity",
            "wallet",
            "country",
            "category",
            "expiresAt",
            "persons",
            "withholdingBps",
            "dossier",
            "limits");
    Address wallet = body.field("wallet").address();
    Attestation attestation =
        new Attestation(
            body.field("identity").hash().bytes(),
            wallet.toString(),
            new BigInteger(
                body.field("country").matching(COUNTRY, "ISO 3166-1 numeric, such as 840")),
            BigInteger.valueOf(body.field("category").oneOf(Category.ATTESTED).number()),
            BigInteger.valueOf(body.field("expiresAt").time().getEpochSecond()),
            BigInteger.valueOf(body.field("persons").integer(1, MOST_PERSONS)),
            BigInteger.valueOf(body.field("withholdingBps").integer(0, MOST_WITHHOLDING_BPS)),
            body.field("dossier").hash().bytes());
    List<YearlyLimit> limits =
        body.objects("limits", MOST_LIMITS, "regime", "currency", "amount").stream()
            .map(limit ->
                new YearlyLimit(
                    limit.field("regime").word(Hash.SIZE),
                    limit.field("currency").word(3),
                    limit.field("amount").money(MILLIONTHS).units()))
            .toList();
    return prepare(
        body,
        "Attest the investor with the wallet " + wallet.checksummed(),
        function(
            InvestorRegistry.FUNC_ATTEST,
            attestation,
            new DynamicArray<>(YearlyLimit.class, limits)));
  }

  private Answer revoke(RequestParams request) {
    BodyFields body = request.body("from", "identity", "reason");
    Hash identity = body.field("identity").hash();
    return prepare(
        body,
        "End the eligibility of the identity " + identity,
        function(
            InvestorRegistry.FUNC_REVOKE,
            new Bytes32(identity.bytes()),
            new Bytes32(body.field("reason").hash().bytes())));
  }

  private Answer prepare(BodyFields body, String description, Function function) {
    Address from = body.field("from").address();
    AsOf asOf = database.read(handle -> moments.asOf(handle, new Moment.Latest()));
    PlannedCall call = PlannedCall.of(description, registry, function, Units.SMALLEST);
    return Answer.json(preparer.prepare(asOf, from, List.of(call)));
  }

  @SuppressWarnings("rawtypes")
  private static Function function(String name, Type... arguments) {
    return new Function(name, List.of(arguments), List.of());
  }
}
