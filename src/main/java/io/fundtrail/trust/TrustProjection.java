package io.fundtrail.trust;

import io.fundtrail.index.ContractKind;
import io.fundtrail.index.LogEntry;
import io.fundtrail.index.Projection;
import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import io.fundtrail.model.TokenAmount;
import io.fundtrail.trust.TrustEvent.BeneficiaryNamed;
import io.fundtrail.trust.TrustEvent.DisbursementApproved;
import io.fundtrail.trust.TrustEvent.DisbursementExecuted;
import io.fundtrail.trust.TrustEvent.DisbursementObjected;
import io.fundtrail.trust.TrustEvent.DisbursementProposed;
import io.fundtrail.trust.TrustEvent.DisbursementRejected;
import io.fundtrail.trust.TrustEvent.DisbursementResumed;
import io.fundtrail.trust.TrustEvent.DisbursementSuspended;
import io.fundtrail.trust.TrustEvent.DisbursementVetoed;
import io.fundtrail.trust.TrustEvent.FeePaid;
import io.fundtrail.trust.TrustEvent.FundReceived;
import io.fundtrail.trust.TrustEvent.InterestPaid;
import io.fundtrail.trust.TrustEvent.RemovalOrdered;
import io.fundtrail.trust.TrustEvent.RoundBound;
import io.fundtrail.trust.TrustEvent.Shortfall;
import io.fundtrail.trust.TrustEvent.StatementAttested;
import io.fundtrail.trust.TrustEvent.TranchePlanned;
import io.fundtrail.trust.TrustEvent.TrustEnded;
import io.fundtrail.trust.TrustEvent.TrustOpened;
import io.fundtrail.trust.TrustEvent.TrusteeFeePaid;
import io.fundtrail.trust.TrustEvent.TrusteeLeft;
import io.fundtrail.trust.TrustEvent.TrusteeResigned;
import io.fundtrail.trust.TrustEvent.TrusteeSeated;
import io.fundtrail.trust.TrustEvent.UnitsMoved;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/** Keeps the tables of trusts. */
public final class TrustProjection implements Projection {
  public static final ContractKind TRUST = new ContractKind("trust");

  @Override
  public String version() {
    return "trust/5";
  }

  @Override
  public Set<ContractKind> kinds() {
    return Set.of(TRUST);
  }

  @Override
  public List<String> historyTables() {
    return List.of(
        "trust",
        "trust_state",
        "trust_seat",
        "trust_removal",
        "trust_tranche",
        "trust_beneficiary",
        "trust_disbursement",
        "trust_statement",
        "trust_payment");
  }

  @Override
  public void apply(Handle handle, LogEntry entry) {
    TrustEventReader.read(entry.log())
        .ifPresent(event -> new Step(handle, entry.log().address(), entry).take(event));
  }

  /** One event of one trust. */
  private record Step(Handle handle, Address trust, LogEntry entry) {
    void take(TrustEvent event) {
      switch (event) {
        case TrustOpened opened -> {
          Trusts.store(handle, entry, opened);
          TrustState.OPENED.store(handle, trust, block());
        }
        case TranchePlanned planned -> Trusts.store(handle, trust, block(), planned);
        case BeneficiaryNamed(Address wallet, long units) -> addUnits(wallet, units);
        case UnitsMoved(Address from, Address to, long units) -> {
          addUnits(from, -units);
          addUnits(to, units);
        }
        case RoundBound(Address round) -> next(state -> state.bind(round));
        case TrusteeSeated(int seat, Address trustee) ->
            new Seat(seat, trustee, block().time(), false, null).store(handle, trust, block());
        case TrusteeResigned(int seat) -> seat(seat, Seat::resign);
        case RemovalOrdered(Address trustee, Instant from, Hash document) ->
            RemovalOrder.store(handle, trust, block(), trustee, from, document);
        case TrusteeLeft(int seat, Departure departure) -> {
          seat(seat, before -> before.leave(departure));
          Disbursement.list(handle, trust, block().number()).stream()
              .filter(one -> one.isPendingWith(seat))
              .forEach(
                  one -> one.without(seat, threshold(), block()).store(handle, trust, block()));
          if (departure == Departure.REMOVED_BY_ORDER) {
            Address trustee = Seat.last(handle, trust, seat).trustee();
            RemovalOrder.store(handle, trust, block(), trustee, Instant.EPOCH, Hash.ZERO);
          }
        }
        case StatementAttested statement -> {
          Trusts.store(handle, entry, statement);
          next(state -> state.accounted(statement.periodEnd()));
        }
        case TrustEnded(EndReason reason, TokenAmount money) ->
            next(state -> state.ended(reason, block().time(), money));
        case FundReceived(Address asset, TokenAmount amount) ->
            next(state ->
                isShares(asset)
                    ? state.with(
                        new TrustState.Shares(
                            state.shares().received() + whole(amount),
                            state.shares().released(),
                            state.shares().returned()))
                    : state.receive(amount));
        case DisbursementProposed proposal ->
            Disbursement.proposed(proposal, block()).store(handle, trust, block());
        case DisbursementApproved(long id, Address trustee, Instant from) -> {
          OptionalInt seat = Seat.inOffice(handle, trust, trustee);
          disbursement(id, before -> before.approved(seat, from, block()));
        }
        case DisbursementObjected(long id, Address trustee) -> {
          int seat = Seat.inOffice(handle, trust, trustee).orElseThrow();
          disbursement(id, before -> before.objected(seat, threshold(), block()));
        }
        case DisbursementRejected(long id) -> become(id, DisbursementStatus.REJECTED);
        case DisbursementVetoed(long id) -> become(id, DisbursementStatus.VETOED);
        case DisbursementSuspended(long id, Address vote) ->
            disbursement(id, before -> before.suspended(vote, block()));
        case DisbursementResumed(long id) -> disbursement(id, before -> before.resumed(block()));
        case DisbursementExecuted executed -> execute(executed);
        case InterestPaid paid -> {
          Trusts.store(handle, entry, paid, isShares(paid.asset()));
          next(state ->
              isShares(paid.asset())
                  ? state.with(
                      new TrustState.Shares(
                          state.shares().received(),
                          state.shares().released(),
                          state.shares().returned() + whole(paid.amount())))
                  : state.with(state.money().giveBack(paid.amount())));
        }
        case TrusteeFeePaid(TokenAmount amount) ->
            next(state -> state.with(state.money().payTrustee(amount)));
        case FeePaid(TokenAmount amount) ->
            next(state -> state.with(state.money().payPlatform(amount)));
        case Shortfall _ -> next(TrustState::withShortfall);
      }
    }

    private void execute(DisbursementExecuted executed) {
      disbursement(
          executed.disbursement(),
          before ->
              before.executed(executed.recipient(), executed.amount(), executed.fee(), block()));
      next(state ->
          isShares(executed.asset())
              ? state.with(
                  new TrustState.Shares(
                      state.shares().received(),
                      state.shares().released() + whole(executed.amount()),
                      state.shares().returned()))
              : state.with(state.money().release(executed.amount(), executed.fee())));
    }

    private BlockRef block() {
      return entry.block();
    }

    private boolean isShares(Address asset) {
      return Trusts.holdsShares(handle, trust, asset);
    }

    private int threshold() {
      return Trusts.threshold(handle, trust);
    }

    private void next(UnaryOperator<TrustState> change) {
      change.apply(TrustState.last(handle, trust)).store(handle, trust, block());
    }

    private void seat(int seat, UnaryOperator<Seat> change) {
      change.apply(Seat.last(handle, trust, seat)).store(handle, trust, block());
    }

    private void disbursement(long id, UnaryOperator<Disbursement> change) {
      change.apply(Disbursement.last(handle, trust, id)).store(handle, trust, block());
    }

    private void become(long id, DisbursementStatus status) {
      disbursement(id, before -> before.in(status, block()));
    }

    private void addUnits(Address wallet, long units) {
      long before = Trusts.units(handle, trust, wallet);
      Trusts.store(handle, trust, block(), wallet, Math.addExact(before, units));
    }

    private static long whole(TokenAmount shares) {
      return shares.units().longValueExact();
    }
  }
}
