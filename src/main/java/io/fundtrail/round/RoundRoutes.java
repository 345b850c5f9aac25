package io.fundtrail.round;

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
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.LogRef;
import io.fundtrail.store.ReadOnlyDatabase;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows rounds and their commitments. */
public final class RoundRoutes implements Routes {
  private static final int LONGEST_TEXT = 100;
  private static final int LONGEST_REGIME = 66;

  private final ReadOnlyDatabase database;
  private final Moments moments;

  public RoundRoutes(ReadOnlyDatabase database, Moments moments) {
    this.database = database;
    this.moments = moments;
  }

  record RoundAnswer(AsOf asOf, Round.View round) implements Dated {}

  record RoundList(AsOf asOf, List<Round.View> rounds, @Nullable String next) implements Dated {}

  record CommitmentList(AsOf asOf, List<Commitments.View> commitments, @Nullable String next)
      implements Dated {}

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get(
            "/v1/rounds",
            this::rounds,
            "status",
            "regime",
            "company",
            "q",
            "block",
            "at",
            "limit",
            "cursor"),
        Route.get("/v1/rounds/{address}", this::round, "block", "at"),
        Route.get(
            "/v1/rounds/{address}/commitments",
            this::commitments,
            "state",
            "block",
            "at",
            "limit",
            "cursor"));
  }

  private Answer rounds(RequestParams request) {
    Rounds.Filter filter =
        new Rounds.Filter(
            request.query("status").map(field -> field.oneOf(List.of(RoundStatus.values()))),
            request.query("regime").map(field -> field.text(1, LONGEST_REGIME)),
            request.query("company").map(field -> field.companyId()),
            request.query("q").map(field -> field.text(1, LONGEST_TEXT)));
    Moment moment = request.moment();
    Paging paging = request.paging();
    Optional<LogRef> after = paging.after().map(Paging.Key::logRef);
    return database.read(handle -> {
      AsOf asOf = moments.asOf(handle, moment);
      Page<Round> page =
          paging.page(
              Rounds.list(handle, filter, asOf.block().number(), after, paging.limit() + 1),
              moments.anchor(handle, asOf),
              round -> Paging.key(round.opening()));
      List<Round.View> rounds = page.items().stream().map(Round::view).toList();
      return Answer.json(new RoundList(asOf, rounds, page.next()));
    });
  }

  private Answer round(RequestParams request) {
    Address address = request.path("address").address();
    Moment moment = request.moment();
    return database.read(handle -> {
      AsOf asOf = moments.asOf(handle, moment);
      Round round =
          Rounds.find(handle, address, asOf.block().number()).orElseThrow(() -> noRound(address));
      return Answer.json(new RoundAnswer(asOf, round.view()));
    });
  }

  private Answer commitments(RequestParams request) {
    Address address = request.path("address").address();
    Optional<CommitmentState> state =
        request.query("state").map(field -> field.oneOf(List.of(CommitmentState.values())));
    Moment moment = request.moment();
    Paging paging = request.paging();
    Optional<Integer> after =
        paging.after().map(key -> (int) key.part(0).integer(0, Integer.MAX_VALUE));
    return database.read(handle -> {
      AsOf asOf = moments.asOf(handle, moment);
      BlockRef block = asOf.block();
      Round round =
          Rounds.find(handle, address, block.number()).orElseThrow(() -> noRound(address));
      Page<Commitments.View> page =
          paging.page(
              Commitments.list(handle, round, state, block, after, paging.limit() + 1),
              moments.anchor(handle, asOf),
              commitment -> List.of(String.valueOf(commitment.position())));
      return Answer.json(new CommitmentList(asOf, page.items(), page.next()));
    });
  }

  static Problem noRound(Address address) {
    return Problem.notFound("round " + address);
  }
}
