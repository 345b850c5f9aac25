package io.fundtrail.share;

import io.fundtrail.api.Answer;
import io.fundtrail.api.BodyFields;
import io.fundtrail.api.Dated;
import io.fundtrail.api.Field;
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
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.LogRef;
import io.fundtrail.model.ShareCount;
import io.fundtrail.share.Companies.Place;
import io.fundtrail.share.Documents.Document;
import io.fundtrail.share.Orders.Order;
import io.fundtrail.share.RecordDates.RecordDate;
import io.fundtrail.share.Register.Holder;
import io.fundtrail.share.RegisterChanges.Change;
import io.fundtrail.share.ShareClasses.InBrief;
import io.fundtrail.share.ShareClasses.Opened;
import io.fundtrail.share.ShareClasses.ShareClass;
import io.fundtrail.store.ReadOnlyDatabase;
import io.fundtrail.transact.PlannedCall;
import io.fundtrail.transact.PreparedTransactions;
import io.fundtrail.transact.Units;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Uint16;
import org.web3j.abi.datatypes.generated.Uint256;

/** Shows share classes and their registers, and prepares what opens and moves shares. */
public final class ShareRoutes implements Routes {
  private static final String PREPARE = "/v1/prepared-transactions/";
  private static final int LONGEST_NAME = 200;
  private static final int MOST_HOLDERS = 1_000;
  private static final int HIGHEST_BPS = 65_535;

  private final ReadOnlyDatabase database;
  private final Moments moments;
  private final PreparedTransactions preparer;
  private final Address directory;

  public ShareRoutes(
      ReadOnlyDatabase database,
      Moments moments,
      PreparedTransactions preparer,
      Address directory) {
    this.database = database;
    this.moments = moments;
    this.preparer = preparer;
    this.directory = directory;
  }

  record ShareClassAnswer(AsOf asOf, ShareClass shareClass, List<Document> documents)
      implements Dated {}

  record ShareClassList(AsOf asOf, List<ShareClass> shareClasses, @Nullable String next)
      implements Dated {}

  record RecordDateList(AsOf asOf, InBrief shareClass, List<RecordDate> recordDates)
      implements Dated {}

  record OrderList(AsOf asOf, InBrief shareClass, List<Order> orders) implements Dated {}

  record HolderList(AsOf asOf, InBrief shareClass, List<Holder> holders, @Nullable String next)
      implements Dated {}

  record ChangeList(
      AsOf asOf, BlockRef from, InBrief shareClass, List<Change> changes, @Nullable String next)
      implements Dated {}

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get(
            "/v1/share-classes", this::shareClasses, "company", "block", "at", "limit", "cursor"),
        Route.get("/v1/share-classes/{address}", this::shareClass, "block", "at"),
        Route.get("/v1/share-classes/{address}/record-dates", this::recordDates, "block", "at"),
        Route.get("/v1/share-classes/{address}/orders", this::orders, "block", "at"),
        Route.get(
            "/v1/share-classes/{address}/holders", this::holders, "block", "at", "limit", "cursor"),
        Route.get(
            "/v1/share-classes/{address}/changes", this::changes, "from", "to", "limit", "cursor"),
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
      return Answer.json(
          new ShareClassAnswer(
              asOf, found, Documents.list(handle, address, asOf.block().number())));
    });
  }

  private Answer shareClasses(RequestParams request) {
    Optional<BigInteger> company = request.query("company").map(field -> field.companyId());
    Moment moment = request.moment();
    Paging paging = request.paging();
    Optional<LogRef> after = paging.after().map(Paging.Key::logRef);
    return database.read(handle -> {
      AsOf asOf = moments.asOf(handle, moment);
      Page<Opened> page =
          paging.page(
              ShareClasses.list(handle, company, asOf.block().number(), after, paging.limit() + 1),
              moments.anchor(handle, asOf),
              opened -> Paging.key(opened.opening()));
      return Answer.json(
          new ShareClassList(
              asOf, page.items().stream().map(Opened::shareClass).toList(), page.next()));
    });
  }

  private Answer recordDates(RequestParams request) {
    Address address = request.path("address").address();
    Moment moment = request.moment();
    return database.read(handle -> {
      AsOf asOf = moments.asOf(handle, moment);
      long block = asOf.block().number();
      return Answer.json(
          new RecordDateList(
              asOf, inBrief(handle, address, block), RecordDates.list(handle, address, block)));
    });
  }

  private Answer orders(RequestParams request) {
    Address address = request.path("address").address();
    Moment moment = request.moment();
    return database.read(handle -> {
      AsOf asOf = moments.asOf(handle, moment);
      return Answer.json(
          new OrderList(
              asOf,
              inBrief(handle, address, asOf.block().number()),
              Orders.list(handle, address, asOf.block())));
    });
  }

  private static InBrief inBrief(Handle handle, Address address, long block) {
    return ShareClasses.find(handle, address, block)
        .orElseThrow(() -> noShareClass(address))
        .inBrief();
  }

  private Answer holders(RequestParams request) {
    Address address = request.path("address").address();
    Moment moment = request.moment();
    Paging paging = request.paging(MOST_HOLDERS);
    Optional<Holder> after =
        paging.after().map(key -> Holder.at(key.part(1).address(), key.part(0).shares()));
    return database.read(handle -> {
      AsOf asOf = moments.asOf(handle, moment);
      InBrief found = inBrief(handle, address, asOf.block().number());
      Page<Holder> page =
          paging.page(
              Register.holders(handle, address, asOf.block(), after, paging.limit() + 1),
              moments.anchor(handle, asOf),
              holder -> List.of(holder.shares().toString(), holder.wallet().toString()));
      return Answer.json(new HolderList(asOf, found, page.items(), page.next()));
    });
  }

  /** The following pages are bound to the block of the first, as those of other lists are. */
  private Answer changes(RequestParams request) {
    Address address = request.path("address").address();
    Field from =
        request
            .query("from")
            .orElseThrow(() -> Problem.invalid("query", "from", null, Field.MOMENT));
    Moment earlier = from.moment();
    Moment pinned = request.moment();
    Moment later =
        pinned instanceof Moment.Pinned
            ? pinned
            : request.query("to").map(Field::moment).orElse(pinned);
    request.query("to").ifPresent(Field::moment);
    Paging paging = request.paging(MOST_HOLDERS);
    Optional<Address> last = paging.after().map(key -> key.part(0).address());
    return database.read(handle -> {
      AsOf asOf = moments.asOf(handle, later);
      AsOf before = moments.asOf(handle, earlier);
      long to = asOf.block().number();
      if (before.block().number() > to && !(pinned instanceof Moment.Pinned)) {
        throw from.wrong("a block or moment that is not later than «to»");
      }
      InBrief found = inBrief(handle, address, to);
      Page<Change> page =
          paging.page(
              RegisterChanges.between(
                  handle, address, before.block().number(), to, last, paging.limit() + 1),
              moments.anchor(handle, asOf),
              change -> List.of(change.wallet().toString()));
      return Answer.json(new ChangeList(asOf, before.block(), found, page.items(), page.next()));
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

  /** A plain class: one vote a share, without preference, conversion, cap or excluded countries. */
  private Answer openShareClass(RequestParams request) {
    BodyFields body = request.body("from", "companyId", "authorised", "name", "symbol");
    BigInteger companyId = body.field("companyId").companyId();
    String name = body.field("name").text(1, 96);
    BigInteger zero = BigInteger.ZERO;
    Place place =
        database.read(handle -> {
          long block = moments.asOf(handle, new Moment.Latest()).block().number();
          return Companies.find(handle, companyId, block)
              .orElseThrow(() -> Problem.notFound("company " + companyId))
              .place();
        });
    Function function =
        function(
            Directory.FUNC_OPENSHARECLASS,
            new Directory.ClassTerms(
                BigInteger.valueOf(place.number()),
                body.field("authorised").shares().shares(),
                BigInteger.ONE,
                zero,
                new byte[3],
                zero,
                Address.ZERO.toString(),
                zero,
                zero,
                zero,
                zero,
                name,
                body.field("symbol").text(1, 32),
                List.of()));
    return prepare(
        body,
        PlannedCall.of(
            "Open the share class " + name + " of company " + companyId,
            place.directory(),
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
            .formatted(shares, found.shareClass().terms().name(), to.checksummed());
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
