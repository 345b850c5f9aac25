package io.fundtrail.share;

import io.fundtrail.api.Answer;
import io.fundtrail.api.BodyFields;
import io.fundtrail.api.Moment;
import io.fundtrail.api.Moments;
import io.fundtrail.api.Paging;
import io.fundtrail.api.Paging.Page;
import io.fundtrail.api.Problem;
import io.fundtrail.api.RequestParams;
import io.fundtrail.api.Route;
import io.fundtrail.api.Routes;
import io.fundtrail.bindings.Directory;
import io.fundtrail.bindings.ShareToken;
import io.fundtrail.model.Address;
import io.fundtrail.model.AsOf;
import io.fundtrail.model.ShareCount;
import io.fundtrail.share.Register.Holder;
import io.fundtrail.share.ShareClasses.InBrief;
import io.fundtrail.share.ShareClasses.ShareClass;
import io.fundtrail.store.Database;
import io.fundtrail.transact.PlannedCall;
import io.fundtrail.transact.PreparedTransactions;
import io.fundtrail.transact.Units;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Uint16;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint64;

/** Shows share classes and their registers, and prepares what opens and moves shares. */
public final class ShareRoutes implements Routes {
  private static final String PREPARE = "/v1/prepared-transactions/";
  private static final int LONGEST_NAME = 200;
  private static final int HIGHEST_BPS = 65_535;

  private final Database database;
  private final Moments moments;
  private final PreparedTransactions preparer;
  private final Address directory;

  public ShareRoutes(
      Database database, Moments moments, PreparedTransactions preparer, Address directory) {
    this.database = database;
    this.moments = moments;
    this.preparer = preparer;
    this.directory = directory;
  }

  record ShareClassAnswer(AsOf asOf, ShareClass shareClass) {}

  record HolderList(AsOf asOf, InBrief shareClass, List<Holder> holders, @Nullable String next) {}

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/v1/share-classes/{address}", this::shareClass, "block", "at"),
        Route.get(
            "/v1/share-classes/{address}/holders", this::holders, "block", "at", "limit", "cursor"),
        Route.post(PREPARE + "register-company", this::registerCompany),
        Route.post(PREPARE + "open-share-class", this::openShareClass),
        Route.post(PREPARE + "transfer-shares", this::transferShares));
  }

  private Answer shareClass(RequestParams request) {
    Address address = request.path("address").address();
    Moment moment = request.moment();
    return database.read(handle -> {
      AsOf asOf = moments.asOf(handle, moment);
      ShareClass found =
          ShareClasses.find(handle, address, asOf.block().number())
              .orElseThrow(() -> noShareClass(address));
      return Answer.json(new ShareClassAnswer(asOf, found));
    });
  }

  private Answer holders(RequestParams request) {
    Address address = request.path("address").address();
    Moment moment = request.moment();
    Paging paging = request.paging();
    Optional<Holder> after =
        paging.after().map(key -> new Holder(key.part(1).address(), null, key.part(0).shares()));
    return database.read(handle -> {
      AsOf asOf = moments.asOf(handle, moment);
      long block = asOf.block().number();
      ShareClass found =
          ShareClasses.find(handle, address, block).orElseThrow(() -> noShareClass(address));
      Page<Holder> page =
          paging.page(
              Register.holders(handle, address, block, after, paging.limit() + 1),
              moments.anchor(handle, asOf),
              holder -> List.of(holder.shares().toString(), holder.wallet().toString()));
      return Answer.json(new HolderList(asOf, found.inBrief(), page.items(), page.next()));
    });
  }

  private Answer registerCompany(RequestParams request) {
    BodyFields body = request.body("from", "controller", "feeBps", "name", "registration");
    String name = body.field("name").text(1, LONGEST_NAME);
    Function function =
        function(
            Directory.FUNC_REGISTERCOMPANY,
            new org.web3j.abi.datatypes.Address(body.field("controller").address().toString()),
            new Uint16(body.field("feeBps").integer(0, HIGHEST_BPS)),
            new Utf8String(name),
            new Utf8String(body.field("registration").text(0, LONGEST_NAME)));
    return prepare(
        body, PlannedCall.of("Admit the company " + name, directory, function, Units.SMALLEST));
  }

  private Answer openShareClass(RequestParams request) {
    BodyFields body = request.body("from", "companyId", "authorised", "name", "symbol");
    BigInteger companyId = body.field("companyId").companyId();
    ShareCount authorised = body.field("authorised").shares();
    String name = body.field("name").text(1, 100);
    Function function =
        function(
            Directory.FUNC_OPENSHARECLASS,
            new Uint256(companyId),
            new Uint64(authorised.shares()),
            new Utf8String(name),
            new Utf8String(body.field("symbol").text(1, 20)));
    return prepare(
        body,
        PlannedCall.of(
            "Open the share class " + name + " of company " + companyId,
            directory,
            function,
            Units.SHARES));
  }

  private Answer transferShares(RequestParams request) {
    BodyFields body = request.body("from", "shareClass", "to", "shares");
    Address shareClass = body.field("shareClass").address();
    Address to = body.field("to").address();
    ShareCount shares = body.field("shares").shares();
    Function function =
        function(
            ShareToken.FUNC_TRANSFER,
            new org.web3j.abi.datatypes.Address(to.toString()),
            new Uint256(shares.shares()));
    record Found(AsOf asOf, ShareClass shareClass) {}
    Found found =
        database.read(handle -> {
          AsOf asOf = moments.asOf(handle, new Moment.Latest());
          return new Found(
              asOf,
              ShareClasses.find(handle, shareClass, asOf.block().number())
                  .orElseThrow(() -> noShareClass(shareClass)));
        });
    String description =
        "Transfer %s shares of %s to %s"
            .formatted(shares, found.shareClass().name(), to.checksummed());
    PlannedCall call = PlannedCall.of(description, shareClass, function, Units.SHARES);
    return Answer.json(preparer.prepare(found.asOf(), body.field("from").address(), List.of(call)));
  }

  private Answer prepare(BodyFields body, PlannedCall call) {
    Address from = body.field("from").address();
    AsOf asOf = database.read(handle -> moments.asOf(handle, new Moment.Latest()));
    return Answer.json(preparer.prepare(asOf, from, List.of(call)));
  }

  private static Problem noShareClass(Address address) {
    return Problem.notFound("share class " + address);
  }

  @SuppressWarnings("rawtypes")
  private static Function function(String name, Type... arguments) {
    return new Function(name, List.of(arguments), List.of());
  }
}
