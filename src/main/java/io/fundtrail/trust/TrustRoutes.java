package io.fundtrail.trust;

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
import io.fundtrail.model.LogRef;
import io.fundtrail.store.ReadOnlyDatabase;
import io.fundtrail.trust.TrustEvent.TranchePlanned;
import io.fundtrail.trust.Trusts.Beneficiary;
import io.fundtrail.trust.Trusts.Payment;
import io.fundtrail.trust.Trusts.Statement;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows trusts: deed, offices, release plan, disbursements, statements, payments. */
public final class TrustRoutes implements Routes {
  private final ReadOnlyDatabase database;
  private final Moments moments;

  public TrustRoutes(ReadOnlyDatabase database, Moments moments) {
    this.database = database;
    this.moments = moments;
  }

  record TrustList(AsOf asOf, List<Trust.View> trusts, @Nullable String next) implements Dated {}

  /** A trustee's office, as the API gives it. */
  record SeatView(
      int seat, Address trustee, Instant seatedAt, boolean resigning, @Nullable Departure leftAs) {}

  /** A listed beneficiary, as the API gives it. */
  record BeneficiaryView(Address wallet, BigInteger units) {}

  record TrustAnswer(
      AsOf asOf,
      Trust.View trust,
      List<SeatView> trustees,
      List<RemovalOrder> removalOrders,
      List<BeneficiaryView> beneficiaries,
      List<Trust.TrancheView> tranches,
      List<Trust.DisbursementView> disbursements,
      List<Statement> statements)
      implements Dated {}

  record PaymentList(AsOf asOf, List<Payment.View> payments, @Nullable String next)
      implements Dated {}

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/v1/trusts", this::trusts, "company", "party", "block", "at", "limit", "cursor"),
        Route.get("/v1/trusts/{address}", this::trust, "block", "at"),
        Route.get(
            "/v1/trusts/{address}/payments", this::payments, "block", "at", "limit", "cursor"));
  }

  private Answer trusts(RequestParams request) {
    Optional<BigInteger> company = request.query("company").map(field -> field.companyId());
    Optional<Address> party = request.query("party").map(field -> field.address());
    Moment moment = request.moment();
    Paging paging = request.paging();
    Optional<LogRef> after = paging.after().map(Paging.Key::logRef);
    return database.read(handle -> {
      AsOf asOf = moments.asOf(handle, moment);
      Page<Trust> page =
          paging.page(
              Trusts.list(handle, company, party, asOf.block().number(), after, paging.limit() + 1),
              moments.anchor(handle, asOf),
              trust -> Paging.key(trust.opening()));
      return Answer.json(
          new TrustList(asOf, page.items().stream().map(Trust::view).toList(), page.next()));
    });
  }

  private Answer trust(RequestParams request) {
    Address address = request.path("address").address();
    Moment moment = request.moment();
    return database.read(handle -> {
      AsOf asOf = moments.asOf(handle, moment);
      long block = asOf.block().number();
      Trust trust = Trusts.find(handle, address, block).orElseThrow(() -> noTrust(address));
      List<TranchePlanned> plan = Trusts.tranches(handle, address);
      return Answer.json(
          new TrustAnswer(
              asOf,
              trust.view(),
              Seat.list(handle, address, block).stream().map(TrustRoutes::view).toList(),
              RemovalOrder.pending(handle, address, asOf.block()),
              Trusts.beneficiaries(handle, address, block).stream().map(TrustRoutes::view).toList(),
              plan.stream().map(trust::view).toList(),
              Disbursement.list(handle, address, block).stream()
                  .map(one -> trust.view(one, plan))
                  .toList(),
              Trusts.statements(handle, address, block)));
    });
  }

  private Answer payments(RequestParams request) {
    Address address = request.path("address").address();
    Moment moment = request.moment();
    Paging paging = request.paging();
    Optional<LogRef> after = paging.after().map(Paging.Key::logRef);
    return database.read(handle -> {
      AsOf asOf = moments.asOf(handle, moment);
      long block = asOf.block().number();
      Trust trust = Trusts.find(handle, address, block).orElseThrow(() -> noTrust(address));
      Page<Payment> page =
          paging.page(
              Trusts.payments(handle, trust, block, after, paging.limit() + 1),
              moments.anchor(handle, asOf),
              payment -> Paging.key(payment.ref()));
      return Answer.json(
          new PaymentList(asOf, page.items().stream().map(Payment::view).toList(), page.next()));
    });
  }

  private static SeatView view(Seat seat) {
    return new SeatView(
        seat.seat(), seat.trustee(), seat.seatedAt(), seat.resigning(), seat.leftAs());
  }

  private static BeneficiaryView view(Beneficiary beneficiary) {
    return new BeneficiaryView(beneficiary.wallet(), BigInteger.valueOf(beneficiary.units()));
  }

  private static Problem noTrust(Address address) {
    return Problem.notFound("trust " + address);
  }
}
