package io.fundtrail.trust;

import io.fundtrail.api.Money;
import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.model.LogRef;
import io.fundtrail.model.TokenAmount;
import io.fundtrail.trust.TrustEvent.TranchePlanned;
import io.fundtrail.trust.TrustEvent.TrustOpened;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trust after a block.
 *
 * @param currency of its settlement token; null when it holds shares only
 */
record Trust(
    Address address,
    LogRef opening,
    Instant openedAt,
    String company,
    @Nullable String currency,
    int decimals,
    TrustOpened deed,
    TrustState state) {

  /** The terms that the deed fixes, as the API gives them; periods are in seconds. */
  record DeedView(
      Address settlor,
      @Nullable Address protector,
      int threshold,
      long challengePeriod,
      long vacancyPeriod,
      Instant longStop,
      int platformFeeBps,
      int trusteeFeeBps,
      boolean spendthrift,
      boolean revocable,
      boolean vetoEnds,
      int voteOpeningBps,
      int voteQuorumBps,
      int voteMajorityBps,
      long voteDuration,
      Hash deedHash) {}

  /** What became of the money. */
  record MoneyView(
      String received,
      String released,
      String platformFee,
      String platformFeePaid,
      String trusteeFeePaid,
      String returned) {}

  /** What became of the shares. */
  record SharesView(BigInteger received, BigInteger released, BigInteger returned) {}

  /** A trust, as the API gives it. */
  record View(
      Address address,
      BigInteger companyId,
      String company,
      @Nullable Address round,
      @Nullable Address settlementToken,
      @Nullable String currency,
      @Nullable Address shareClass,
      DeedView deed,
      MoneyView money,
      SharesView shares,
      boolean shortfall,
      @Nullable Instant accountsUntil,
      @Nullable EndReason endReason,
      @Nullable Instant endedAt,
      Instant openedAt) {}

  /** A step of the release plan and its last attempt. */
  record TrancheView(
      int tranche,
      @Nullable Address recipient,
      boolean inShares,
      boolean milestone,
      int follows,
      int shareBps,
      Instant notBefore,
      String amount) {}

  /** An attempt to release a tranche. */
  record DisbursementView(
      BigInteger disbursement,
      int tranche,
      Address proposer,
      Instant proposedAt,
      String amount,
      Hash evidence,
      DisbursementStatus status,
      int approvals,
      int rejections,
      @Nullable Instant executableFrom,
      @Nullable Address vote,
      @Nullable Address recipient,
      String paid,
      String fee,
      Instant changedAt) {}

  View view() {
    TrustState.End end = state.end();
    return new View(
        address,
        BigInteger.valueOf(deed.companyId()),
        company,
        state.round(),
        deed.settlementToken(),
        currency,
        deed.shareClass(),
        new DeedView(
            deed.settlor(),
            deed.protector(),
            deed.threshold(),
            deed.challengePeriod().toSeconds(),
            deed.vacancyPeriod().toSeconds(),
            deed.longStop(),
            deed.platformFeeBps(),
            deed.trusteeFeeBps(),
            deed.spendthrift(),
            deed.revocable(),
            deed.vetoEnds(),
            deed.voteOpeningBps(),
            deed.voteQuorumBps(),
            deed.voteMajorityBps(),
            deed.voteDuration().toSeconds(),
            deed.deedHash()),
        new MoneyView(
            money(state.money().received()),
            money(state.money().released()),
            money(state.money().platformFee()),
            money(state.money().platformFeePaid()),
            money(state.money().trusteeFeePaid()),
            money(state.money().returned())),
        new SharesView(
            BigInteger.valueOf(state.shares().received()),
            BigInteger.valueOf(state.shares().released()),
            BigInteger.valueOf(state.shares().returned())),
        state.shortfall(),
        state.accountsUntil(),
        end == null ? null : end.reason(),
        end == null ? null : end.at(),
        openedAt);
  }

  TrancheView view(TranchePlanned tranche) {
    return new TrancheView(
        tranche.tranche(),
        tranche.recipient(),
        tranche.inShares(),
        tranche.milestone(),
        tranche.follows(),
        tranche.shareBps(),
        tranche.notBefore(),
        amount(tranche.amount(), tranche.inShares()));
  }

  DisbursementView view(Disbursement one, List<TranchePlanned> plan) {
    boolean inShares =
        plan.stream()
            .anyMatch(step -> step.tranche() == one.proposal().tranche() && step.inShares());
    return new DisbursementView(
        BigInteger.valueOf(one.proposal().disbursement()),
        one.proposal().tranche(),
        one.proposal().proposer(),
        one.proposedAt(),
        amount(one.proposal().amount(), inShares),
        one.proposal().evidence(),
        one.status(),
        one.approvals(),
        one.rejections(),
        one.executableFrom(),
        one.vote(),
        one.recipient(),
        amount(one.paid(), inShares),
        amount(one.fee(), inShares),
        one.changedAt());
  }

  private String amount(TokenAmount amount, boolean inShares) {
    return inShares ? amount.toString() : money(amount);
  }

  private String money(TokenAmount amount) {
    return Money.text(amount, decimals);
  }
}
