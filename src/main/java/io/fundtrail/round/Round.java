package io.fundtrail.round;

import io.fundtrail.api.Money;
import io.fundtrail.api.ServiceStatus.SettlementToken;
import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.model.LogRef;
import io.fundtrail.model.ShareCount;
import io.fundtrail.model.TokenAmount;
import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A round after a block.
 *
 * @param opening the event that opened it
 */
record Round(
    Address address,
    LogRef opening,
    Instant openedAt,
    Terms terms,
    RoundState state,
    Issuer issuer,
    ShareClass shareClass) {

  /** The company, as the API gives it. */
  record Issuer(BigInteger id, String name, String registration, Address controller, int feeBps) {}

  /** The share class, as the API gives it where another thing is told about. */
  record ShareClass(Address address, String name, String symbol, ShareCount issued, int holders) {}

  /** The JSON of a round. */
  record View(
      Address address,
      Issuer company,
      ShareClass shareClass,
      SettlementToken settlementToken,
      Address rules,
      String regime,
      String filing,
      Hash termsHash,
      String price,
      ShareCount minimumShares,
      ShareCount maximumShares,
      ShareCount minimumTicket,
      Allocation allocation,
      ShareCount oversubscriptionShares,
      String minimumAmount,
      String maximumAmount,
      Instant opensAt,
      Instant deadline,
      int termsVersion,
      @Nullable Instant reconfirmBy,
      @Nullable Instant earlyCloseAt,
      int feeBps,
      @Nullable Address trust,
      Address feeRecipient,
      RoundStatus status,
      boolean commitsPaused,
      Instant openedAt,
      @Nullable Instant closedAt,
      SumView raised,
      SumView escrow,
      SumView cancelled,
      SumView refunded,
      ShareCount sharesSold,
      ShareCount outsideShares,
      Payment proceeds,
      Payment fee,
      Payment excess) {}

  record SumView(int commitments, ShareCount shares, String amount) {}

  record Payment(String credited, String paid) {}

  View view() {
    RoundState.Stage stage = state.stage();
    RoundState.Escrow escrow = state.escrow();
    return new View(
        address,
        issuer,
        shareClass,
        new SettlementToken(terms.settlementToken(), terms.currency(), terms.decimals()),
        terms.rules(),
        terms.regime(),
        terms.filing(),
        stage.version().termsHash(),
        money(terms.price()),
        terms.minimumShares(),
        terms.maximumShares(),
        terms.minimumTicket(),
        terms.allocation(),
        terms.oversubscriptionShares(),
        money(terms.minimumShares().times(terms.price())),
        money(terms.maximumShares().times(terms.price())),
        terms.opensAt(),
        stage.version().deadline(),
        stage.version().number(),
        stage.version().reconfirmBy(),
        stage.earlyCloseAt(),
        terms.feeBps(),
        terms.trust(),
        terms.feeRecipient(),
        stage.status(),
        stage.paused(),
        openedAt,
        stage.closedAt(),
        view(escrow.raised()),
        view(escrow.held()),
        view(escrow.cancelled()),
        view(escrow.refunded()),
        state.outcome().sold().shares(),
        state.outcome().outside(),
        view(state.outcome().proceeds()),
        view(state.outcome().fee()),
        view(state.outcome().excess()));
  }

  RoundInBrief inBrief() {
    return new RoundInBrief(
        address,
        issuer.name(),
        terms.filing(),
        terms.shareClass(),
        state.stage().status(),
        money(terms.price()),
        terms.currency(),
        terms.opensAt(),
        state.stage().version().deadline());
  }

  String money(TokenAmount amount) {
    return Money.text(amount, terms.decimals());
  }

  private SumView view(Sum sum) {
    return new SumView(sum.commitments(), sum.shares(), money(sum.amount()));
  }

  private Payment view(Credit credit) {
    return new Payment(money(credit.credited()), money(credit.paid()));
  }
}
