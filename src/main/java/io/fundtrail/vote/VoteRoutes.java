package io.fundtrail.vote;

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
import io.fundtrail.model.Address;
import io.fundtrail.model.AsOf;
import io.fundtrail.model.Hash;
import io.fundtrail.model.LogRef;
import io.fundtrail.store.ReadOnlyDatabase;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows votes of holders and their ballots. */
public final class VoteRoutes implements Routes {
  private final ReadOnlyDatabase database;
  private final Moments moments;

  public VoteRoutes(ReadOnlyDatabase database, Moments moments) {
    this.database = database;
    this.moments = moments;
  }

  record VoteAnswer(AsOf asOf, Vote.View vote) implements Dated {}

  record VoteList(AsOf asOf, List<Vote.View> votes, @Nullable String next) implements Dated {}

  record BallotList(AsOf asOf, List<Ballot> ballots, @Nullable String next) implements Dated {}

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/v1/votes", this::votes, "company", "target", "block", "at", "limit", "cursor"),
        Route.get("/v1/votes/{address}", this::vote, "block", "at"),
        Route.get("/v1/votes/{address}/ballots", this::ballots, "block", "at", "limit", "cursor"));
  }

  private Answer votes(RequestParams request) {
    Votes.Filter filter =
        new Votes.Filter(
            request.query("company").map(field -> field.companyId()),
            request.query("target").map(field -> field.address()));
    Moment moment = request.moment();
    Paging paging = request.paging();
    Optional<LogRef> after = paging.after().map(Paging.Key::logRef);
    return database.read(handle -> {
      AsOf asOf = moments.asOf(handle, moment);
      Page<Vote> page =
          paging.page(
              Votes.list(handle, filter, asOf.block().number(), after, paging.limit() + 1),
              moments.anchor(handle, asOf),
              vote -> Paging.key(vote.opening()));
      return Answer.json(
          new VoteList(
              asOf,
              page.items().stream().map(vote -> vote.view(asOf.block().time())).toList(),
              page.next()));
    });
  }

  private Answer vote(RequestParams request) {
    Address address = request.path("address").address();
    Moment moment = request.moment();
    return database.read(handle -> {
      AsOf asOf = moments.asOf(handle, moment);
      Vote vote =
          Votes.find(handle, address, asOf.block().number()).orElseThrow(() -> noVote(address));
      return Answer.json(new VoteAnswer(asOf, vote.view(asOf.block().time())));
    });
  }

  private Answer ballots(RequestParams request) {
    Address address = request.path("address").address();
    Moment moment = request.moment();
    Paging paging = request.paging();
    Optional<Hash> after = paging.after().map(key -> key.part(0).hash());
    return database.read(handle -> {
      AsOf asOf = moments.asOf(handle, moment);
      long block = asOf.block().number();
      if (Votes.find(handle, address, block).isEmpty()) {
        throw noVote(address);
      }
      Page<Ballot> page =
          paging.page(
              Ballot.list(handle, address, block, after, paging.limit() + 1),
              moments.anchor(handle, asOf),
              ballot -> List.of(ballot.elector().toString()));
      return Answer.json(new BallotList(asOf, page.items(), page.next()));
    });
  }

  private static Problem noVote(Address address) {
    return Problem.notFound("vote " + address);
  }
}
