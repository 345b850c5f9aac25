package io.fundtrail.distribution;

import io.fundtrail.api.Answer;
import io.fundtrail.api.Dated;
import io.fundtrail.api.Moment;
import io.fundtrail.api.Moments;
import io.fundtrail.api.Paging;
import io.fundtrail.api.Paging.Page;
import io.fundtrail.api.Problem;
import io.fundtrail.api.RequestParams;
import io.fundtrail.api.Route;
import io.fundtrail.api.Routes;
import io.fundtrail.distribution.Claims.Claim;
import io.fundtrail.distribution.Distributions.Found;
import io.fundtrail.model.Address;
import io.fundtrail.model.AsOf;
import io.fundtrail.model.LogRef;
import io.fundtrail.store.ReadOnlyDatabase;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows distributions and who claimed what of them. */
public final class DistributionRoutes implements Routes {
  private static final String ONE = "/v1/distributions/{address}/{id}";

  private final ReadOnlyDatabase database;
  private final Moments moments;

  public DistributionRoutes(ReadOnlyDatabase database, Moments moments) {
    this.database = database;
    this.moments = moments;
  }

  record DistributionAnswer(AsOf asOf, Distributions.View distribution) implements Dated {}

  record DistributionList(AsOf asOf, List<Distributions.View> distributions, @Nullable String next)
      implements Dated {}

  record DueList(AsOf asOf, List<Dues.Holder> holders, @Nullable String next) implements Dated {}

  record ClaimList(AsOf asOf, List<Claims.View> claims, @Nullable String next) implements Dated {}

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get(
            "/v1/distributions",
            this::distributions,
            "company",
            "shareClass",
            "block",
            "at",
            "limit",
            "cursor"),
        Route.get(ONE, this::distribution, "block", "at"),
        Route.get(ONE + "/holders", this::holders, "block", "at", "limit", "cursor"),
        Route.get(ONE + "/claims", this::claims, "block", "at", "limit", "cursor"));
  }

  private Answer distributions(RequestParams request) {
    Distributions.Filter filter =
        new Distributions.Filter(
            request.query("company").map(field -> field.companyId()),
            request.query("shareClass").map(field -> field.address()));
    Moment moment = request.moment();
    Paging paging = request.paging();
    Optional<LogRef> after = paging.after().map(Paging.Key::logRef);
    return database.read(handle -> {
      AsOf asOf = moments.asOf(handle, moment);
      Page<Found> page =
          paging.page(
              Distributions.list(handle, filter, asOf.block().number(), after, paging.limit() + 1),
              moments.anchor(handle, asOf),
              found -> Paging.key(found.declared()));
      return Answer.json(
          new DistributionList(asOf, page.items().stream().map(Found::view).toList(), page.next()));
    });
  }

  private Answer distribution(RequestParams request) {
    Key key = Key.of(request);
    Moment moment = request.moment();
    return database.read(handle -> {
      AsOf asOf = moments.asOf(handle, moment);
      Found found =
          Distributions.find(handle, key.contract(), key.id(), asOf.block().number())
              .orElseThrow(key::missing);
      return Answer.json(new DistributionAnswer(asOf, found.view()));
    });
  }

  private Answer holders(RequestParams request) {
    Key key = Key.of(request);
    Moment moment = request.moment();
    Paging paging = request.paging();
    Optional<Address> after = paging.after().map(last -> last.part(0).address());
    return database.read(handle -> {
      AsOf asOf = moments.asOf(handle, moment);
      if (Distributions.find(handle, key.contract(), key.id(), asOf.block().number()).isEmpty()) {
        throw key.missing();
      }
      Page<Dues.Holder> page =
          paging.page(
              Dues.holders(
                  handle, key.contract(), key.id(), asOf.block(), after, paging.limit() + 1),
              moments.anchor(handle, asOf),
              due -> List.of(due.holder().toString()));
      return Answer.json(new DueList(asOf, page.items(), page.next()));
    });
  }

  private Answer claims(RequestParams request) {
    Key key = Key.of(request);
    Moment moment = request.moment();
    Paging paging = request.paging();
    Optional<LogRef> after = paging.after().map(Paging.Key::logRef);
    return database.read(handle -> {
      AsOf asOf = moments.asOf(handle, moment);
      long block = asOf.block().number();
      Found found =
          Distributions.find(handle, key.contract(), key.id(), block).orElseThrow(key::missing);
      Page<Claim> page =
          paging.page(
              Claims.list(
                  handle,
                  key.contract(),
                  key.id(),
                  found.decimals(),
                  block,
                  after,
                  paging.limit() + 1),
              moments.anchor(handle, asOf),
              claim -> Paging.key(claim.ref()));
      return Answer.json(
          new ClaimList(asOf, page.items().stream().map(Claim::view).toList(), page.next()));
    });
  }

  /** Which distribution is asked for: they are counted from 1 in their contract. */
  private record Key(Address contract, long id) {
    static Key of(RequestParams request) {
      return new Key(
          request.path("address").address(), request.path("id").integer(1, Integer.MAX_VALUE));
    }

    Problem missing() {
      return Problem.notFound("distribution " + id + " of the contract " + contract);
    }
  }
}
