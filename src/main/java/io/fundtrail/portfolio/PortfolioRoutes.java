package io.fundtrail.portfolio;

import io.fundtrail.api.Answer;
import io.fundtrail.api.Moment;
import io.fundtrail.api.Moments;
import io.fundtrail.api.Paging;
import io.fundtrail.api.Paging.Page;
import io.fundtrail.api.PersonKey;
import io.fundtrail.api.RequestParams;
import io.fundtrail.api.Route;
import io.fundtrail.api.Routes;
import io.fundtrail.identity.Investors;
import io.fundtrail.model.Address;
import io.fundtrail.model.AsOf;
import io.fundtrail.model.Hash;
import io.fundtrail.model.LogRef;
import io.fundtrail.round.Commitments;
import io.fundtrail.round.Commitments.OfPerson;
import io.fundtrail.round.RoundInBrief;
import io.fundtrail.share.Register;
import io.fundtrail.share.Register.Holding;
import io.fundtrail.store.Database;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows a person's holdings and commitments. */
public final class PortfolioRoutes implements Routes {
  private final Database database;
  private final Moments moments;

  public PortfolioRoutes(Database database, Moments moments) {
    this.database = database;
    this.moments = moments;
  }

  record HoldingList(AsOf asOf, List<Holding> holdings, @Nullable String next) {}

  record InvestorCommitment(RoundInBrief round, Commitments.View commitment) {}

  record InvestorCommitmentList(
      AsOf asOf, List<InvestorCommitment> commitments, @Nullable String next) {}

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get(
            "/v1/investors/{person}/holdings", this::holdings, "block", "at", "limit", "cursor"),
        Route.get(
            "/v1/investors/{person}/commitments",
            this::commitments,
            "block",
            "at",
            "limit",
            "cursor"));
  }

  private Answer holdings(RequestParams request) {
    PersonKey person = request.path("person").person();
    Moment moment = request.moment();
    Paging paging = request.paging();
    Optional<Address> after = paging.after().map(key -> key.part(0).address());
    return database.read(handle -> {
      AsOf asOf = moments.asOf(handle, moment);
      long block = asOf.block().number();
      Address wallet = Investors.person(handle, person, block).wallet();
      List<Holding> holdings =
          wallet == null
              ? List.of()
              : Register.holdings(handle, wallet, block, after, paging.limit() + 1);
      Page<Holding> page =
          paging.page(
              holdings,
              moments.anchor(handle, asOf),
              holding -> List.of(holding.shareClass().address().toString()));
      return Answer.json(new HoldingList(asOf, page.items(), page.next()));
    });
  }

  private Answer commitments(RequestParams request) {
    PersonKey person = request.path("person").person();
    Moment moment = request.moment();
    Paging paging = request.paging();
    Optional<LogRef> after = paging.after().map(Paging.Key::logRef);
    return database.read(handle -> {
      AsOf asOf = moments.asOf(handle, moment);
      long block = asOf.block().number();
      Hash identity = Investors.person(handle, person, block).identity();
      List<OfPerson> commitments =
          identity == null
              ? List.of()
              : Commitments.ofPerson(handle, identity, asOf.block(), after, paging.limit() + 1);
      Page<OfPerson> page =
          paging.page(
              commitments,
              moments.anchor(handle, asOf),
              commitment -> Paging.key(commitment.first()));
      List<InvestorCommitment> shown =
          page.items().stream()
              .map(one -> new InvestorCommitment(one.round(), one.commitment()))
              .toList();
      return Answer.json(new InvestorCommitmentList(asOf, shown, page.next()));
    });
  }
}
