package io.fundtrail.round;

import io.fundtrail.index.ContractKind;
import io.fundtrail.index.LogEntry;
import io.fundtrail.index.Projection;
import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import io.fundtrail.model.TokenAmount;
import io.fundtrail.round.RoundEvent.AffiliateTallied;
import io.fundtrail.round.RoundEvent.CommitmentCancelled;
import io.fundtrail.round.RoundEvent.CommitmentExcluded;
import io.fundtrail.round.RoundEvent.CommitmentLapsed;
import io.fundtrail.round.RoundEvent.CommitmentMoved;
import io.fundtrail.round.RoundEvent.CommitmentReconfirmed;
import io.fundtrail.round.RoundEvent.CommitmentRefunded;
import io.fundtrail.round.RoundEvent.CommitmentSettled;
import io.fundtrail.round.RoundEvent.CommitsPaused;
import io.fundtrail.round.RoundEvent.Committed;
import io.fundtrail.round.RoundEvent.CreditPaid;
import io.fundtrail.round.RoundEvent.EarlyCloseAnnounced;
import io.fundtrail.round.RoundEvent.EarlyCloseLapsed;
import io.fundtrail.round.RoundEvent.FeePaid;
import io.fundtrail.round.RoundEvent.ProceedsPaid;
import io.fundtrail.round.RoundEvent.RoundCancelled;
import io.fundtrail.round.RoundEvent.RoundClosed;
import io.fundtrail.round.RoundEvent.RoundFailed;
import io.fundtrail.round.RoundEvent.RoundOpened;
import io.fundtrail.round.RoundEvent.RoundSettled;
import io.fundtrail.round.RoundEvent.RoundTallied;
import io.fundtrail.round.RoundEvent.RulesAllowed;
import io.fundtrail.round.RoundEvent.SettlementTokenDelisted;
import io.fundtrail.round.RoundEvent.SettlementTokenListed;
import io.fundtrail.round.RoundEvent.TermsAmended;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Keeps the tables of rounds, their commitments, settlement tokens and rules. */
public final class RoundProjection implements Projection {
  public static final ContractKind DIRECTORY = new ContractKind("directory");
  public static final ContractKind ROUND = new ContractKind("round");

  @Override
  public String version() {
    return "round/5";
  }

  @Override
  public Set<ContractKind> kinds() {
    return Set.of(DIRECTORY, ROUND);
  }

  @Override
  public List<String> historyTables() {
    return List.of(
        "round", "round_state", "commitment", "settlement_token", "token_listing", "allowed_rules");
  }

  @Override
  public void apply(Handle handle, LogEntry entry) {
    RoundEventReader.read(entry.log())
        .ifPresent(event -> new Step(handle, entry.log().address(), entry).take(event));
  }

  /** One event of one contract. */
  private record Step(Handle handle, Address contract, LogEntry entry) {
    void take(RoundEvent event) {
      switch (event) {
        case SettlementTokenListed token -> Settlement.list(handle, block(), contract, token);
        case SettlementTokenDelisted(Address token) ->
            Settlement.delist(handle, block(), contract, token);
        case RulesAllowed rules -> Settlement.allow(handle, block(), contract, rules);
        case RoundOpened(Terms terms) -> {
          Rounds.store(handle, entry, terms);
          next(RoundState.opened(terms));
        }
        case Committed committed -> commit(committed);
        case CommitmentCancelled cancelled -> cancel(cancelled);
        case CommitmentReconfirmed(Hash identity, int version) ->
            store(commitment(identity).reconfirm(version, block()));
        case CommitmentMoved(Hash identity, Address to) ->
            store(commitment(identity).moveTo(to, block()));
        case CommitmentLapsed(Hash identity) ->
            store(commitment(identity).become(CommitmentState.EXCLUDED, TokenAmount.ZERO, block()));
        case AffiliateTallied(Hash identity) -> store(commitment(identity).ofAffiliate(block()));
        case TermsAmended amended -> next(state().amended(amended));
        case EarlyCloseAnnounced(Instant closeAt) -> next(state().earlyClose(closeAt));
        case EarlyCloseLapsed _ -> next(state().earlyClose(null));
        case CreditPaid(Hash identity, TokenAmount paid) -> {
          store(commitment(identity).creditPaid(paid, block()));
          next(state().creditPaid(paid));
        }
        case CommitsPaused(boolean paused) -> next(state().paused(paused));
        case RoundCancelled _ -> next(state().in(RoundStatus.CANCELLED));
        case RoundClosed _ -> next(state().closed(block().time()));
        case CommitmentExcluded(Hash identity) ->
            store(commitment(identity).become(CommitmentState.EXCLUDED, TokenAmount.ZERO, block()));
        case RoundTallied _ -> next(state().in(RoundStatus.SETTLING));
        case RoundFailed _ -> next(state().in(RoundStatus.FAILED));
        case CommitmentSettled settled -> settle(settled);
        case RoundSettled _ -> next(state().in(RoundStatus.SETTLED));
        case CommitmentRefunded(Hash identity, TokenAmount paid) -> {
          Commitment before = commitment(identity);
          store(before.become(CommitmentState.REFUNDED, paid, block()));
          next(state().refunded(before.sum(), paid));
        }
        case ProceedsPaid(TokenAmount amount) -> next(state().proceedsPaid(amount));
        case FeePaid(TokenAmount amount) -> next(state().feePaid(amount));
      }
    }

    private void commit(Committed event) {
      RoundState state = state();
      int category = Commitments.category(handle, event.identity(), block());
      Optional<Commitment> known = Commitments.last(handle, contract, event.identity());
      store(
          known
              .map(before -> before.commit(event, category, block().time()))
              .orElseGet(() ->
                  Commitment.first(
                      event,
                      category,
                      state.escrow().persons(),
                      entry.log().ref(),
                      block().time())));
      boolean wasLive = known.map(Commitment::isLive).orElse(false);
      Sum added = new Sum(wasLive ? 0 : 1, event.shares(), event.amount());
      next(state.committed(known.isEmpty(), added));
    }

    private void cancel(CommitmentCancelled event) {
      Commitment before = commitment(event.identity());
      TokenAmount price = Rounds.price(handle, contract);
      Sum taken =
          new Sum(event.kept().isZero() ? 1 : 0, event.shares(), event.shares().times(price));
      store(
          event.kept().isZero()
              ? before.become(CommitmentState.CANCELLED, event.amount(), block())
              : before.reduce(
                  event.kept(), before.amount().minus(taken.amount()), event.amount(), block()));
      next(state().cancelled(taken, event.amount()));
    }

    private void settle(CommitmentSettled event) {
      Commitment before = commitment(event.identity());
      TokenAmount settled = event.amount().plus(event.credit());
      if (!before.amount().equals(settled)) {
        throw new IllegalStateException(
            "round %s settles %s of %s, who committed %s"
                .formatted(contract, settled, event.identity(), before.amount()));
      }
      store(before.settle(event.allotted(), event.fee(), block()));
      next(
          state()
              .settled(
                  before.sum(),
                  new Sum(1, event.allotted(), event.amount()),
                  !before.affiliated(),
                  event.fee(),
                  event.credit()));
    }

    private BlockRef block() {
      return entry.block();
    }

    private RoundState state() {
      return RoundStates.last(handle, contract);
    }

    private void next(RoundState state) {
      RoundStates.store(handle, contract, block(), state);
    }

    private void store(Commitment commitment) {
      Commitments.store(handle, contract, block(), commitment);
    }

    private Commitment commitment(Hash identity) {
      return Commitments.last(handle, contract, identity)
          .orElseThrow(() ->
              new IllegalStateException(
                  "round %s names a commitment of %s, who has none".formatted(contract, identity)));
    }
  }
}
