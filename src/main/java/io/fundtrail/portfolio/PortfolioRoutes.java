package io.fundtrail.portfolio;

import io.fundtrail.api.Answer;
import io.fundtrail.api.Dated;
import io.fundtrail.api.Field;
import io.fundtrail.api.Moment;
import io.fundtrail.api.Moments;
import io.fundtrail.api.Paging;
import io.fundtrail.api.Paging.Page;
import io.fundtrail.api.PersonKey;
import io.fundtrail.api.RequestParams;
import io.fundtrail.api.Route;
import io.fundtrail.api.Routes;
import io.fundtrail.distribution.Dues;
import io.fundtrail.identity.Investors;
import io.fundtrail.model.Address;
import io.fundtrail.model.AsOf;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import io.fundtrail.model.LogRef;
import io.fundtrail.round.Commitments;
import io.fundtrail.round.Commitments.OfPerson;
import io.fundtrail.round.RoundInBrief;
import io.fundtrail.share.HoldingHistory;
import io.fundtrail.share.HoldingHistory.Step;
import io.fundtrail.share.Register;
import io.fundtrail.share.Register.Holding;
import io.fundtrail.store.ReadOnlyDatabase;
import io.fundtrail.trust.Interests;
import io.fundtrail.vote.OpenVotes;
import io.fundtrail.vote.OpenVotes.OpenVote;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Shows a person's holdings and commitments, and what it can claim and vote on. */
public final class PortfolioRoutes implements Routes {
  private static final int MOST_OF_A_KIND = 200;

  private final ReadOnlyDatabase database;
  private final Moments moments;

  public PortfolioRoutes(ReadOnlyDatabase database, Moments moments) {
    this.database = database;
    this.moments = moments;
  }

  record HoldingList(AsOf asOf, List<Holding> holdings, @Nullable String next) implements Dated {}

  record StepList(AsOf asOf, List<Step> steps, @Nullable String next) implements Dated {}

  record InvestorCommitment(RoundInBrief round, Commitments.View commitment) {}

  record InvestorCommitmentList(
      AsOf asOf, List<InvestorCommitment> commitments, @Nullable String next) implements Dated {}

  /**
   * What a person can claim, and the votes still open to it.
   *
   * @param more whether there are more of a kind than are shown
   */
  record Claims(
      List<Dues.Claimable> distributions,
      List<Commitments.Claimable> rounds,
      List<Interests.Claimable> trusts,
      List<OpenVote> votes,
      boolean more) {}

  record ClaimsAnswer(AsOf asOf, Claims claims) implements Dated {}

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get(
            "/v1/investors/{person}/holdings", this::holdings, "block", "at", "limit", "cursor"),
        Route.get(
            "/v1/investors/{person}/holdings/history",
            this::holdingHistory,
            "shareClass",
            "block",
            "at",
            "limit",
            "cursor"),
        Route.get("/v1/investors/{person}/claims", this::claims, "block", "at"),
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

  private Answer holdingHistory(RequestParams request) {
    PersonKey person = request.path("person").person();
    Optional<Address> shareClass = request.query("shareClass").map(Field::address);
    Moment moment = request.moment();
    Paging paging = request.paging();
    Optional<HoldingHistory.Place> after =
        paging
            .after()
            .map(key ->
                new HoldingHistory.Place(
                    key.part(0).blockNumber(), key.part(1).address(), key.part(2).address()));
    return database.read(handle -> {
      AsOf asOf = moments.asOf(handle, moment);
      long block = asOf.block().number();
      List<Address> wallets = Investors.wallets(handle, person, block);
      List<Step> steps =
          wallets.isEmpty()
              ? List.of()
              : HoldingHistory.of(handle, wallets, shareClass, block, after, paging.limit() + 1);
      Page<Step> page =
          paging.page(
              steps,
              moments.anchor(handle, asOf),
              step ->
                  List.of(
                      String.valueOf(step.blockNumber()),
                      step.shareClass().address().toString(),
                      step.wallet().toString()));
      return Answer.json(new StepList(asOf, page.items(), page.next()));
    });
  }

  private Answer claims(RequestParams request) {
    PersonKey person = request.path("person").person();
    Moment moment = request.moment();
    return database.read(handle -> {
      AsOf asOf = moments.asOf(handle, moment);
      Investors.Entitled who = Investors.entitled(handle, person, asOf.block().number());
      return Answer.json(new ClaimsAnswer(asOf, claims(handle, who, asOf.block())));
    });
  }

  /** Each kind asks for one more than is shown, to know whether there are others. */
  private static Claims claims(Handle handle, Investors.Entitled who, BlockRef block) {
    int limit = MOST_OF_A_KIND + 1;
    List<Dues.Claimable> distributions =
        who.wallets().isEmpty() ? List.of() : Dues.claimable(handle, who.wallets(), block, limit);
    List<Commitments.Claimable> rounds =
        who.identities().isEmpty()
            ? List.of()
            : Commitments.claimable(handle, who.identities(), block, limit);
    List<Interests.Claimable> trusts =
        who.wallets().isEmpty()
            ? List.of()
            : Interests.claimable(handle, who.wallets(), who.identities(), block, limit);
    List<OpenVote> votes =
        who.wallets().isEmpty()
            ? List.of()
            : OpenVotes.of(handle, who.wallets(), who.identities(), block, limit);
    boolean more =
        Stream.of(distributions, rounds, trusts, votes)
            .anyMatch(kind -> kind.size() > MOST_OF_A_KIND);
    return new Claims(first(distributions), first(rounds), first(trusts), first(votes), more);
  }

  private static <T> List<T> first(List<T> kind) {
    return kind.size() > MOST_OF_A_KIND ? kind.subList(0, MOST_OF_A_KIND) : kind;
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
