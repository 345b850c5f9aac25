package io.fundtrail.round;

import io.fundtrail.api.ShortText;
import io.fundtrail.bindings.Directory;
import io.fundtrail.bindings.FundingRound;
import io.fundtrail.index.BindingsLog;
import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.model.RawLog;
import io.fundtrail.model.ShareCount;
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
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.datatypes.Event;
import org.web3j.protocol.core.methods.response.Log;

/** Reads events out of logs, through the generated bindings. */
final class RoundEventReader {
  private static final Map<Hash, Function<Log, RoundEvent>> BY_TOPIC =
      Map.ofEntries(
          entry(Directory.SETTLEMENTTOKENLISTED_EVENT, RoundEventReader::tokenListed),
          entry(Directory.SETTLEMENTTOKENDELISTED_EVENT, RoundEventReader::tokenDelisted),
          entry(Directory.RULESALLOWED_EVENT, RoundEventReader::rulesAllowed),
          entry(FundingRound.ROUNDOPENED_EVENT, RoundEventReader::opened),
          entry(FundingRound.COMMITTED_EVENT, RoundEventReader::committed),
          entry(FundingRound.COMMITMENTCANCELLED_EVENT, RoundEventReader::cancelled),
          entry(FundingRound.COMMITMENTRECONFIRMED_EVENT, RoundEventReader::reconfirmed),
          entry(FundingRound.COMMITMENTMOVED_EVENT, RoundEventReader::moved),
          entry(FundingRound.COMMITMENTLAPSED_EVENT, RoundEventReader::lapsed),
          entry(FundingRound.AFFILIATETALLIED_EVENT, RoundEventReader::affiliate),
          entry(FundingRound.TERMSAMENDED_EVENT, RoundEventReader::amended),
          entry(FundingRound.EARLYCLOSEANNOUNCED_EVENT, RoundEventReader::earlyClose),
          entry(FundingRound.EARLYCLOSELAPSED_EVENT, _ -> new EarlyCloseLapsed()),
          entry(FundingRound.CREDITPAID_EVENT, RoundEventReader::creditPaid),
          entry(FundingRound.COMMITSPAUSED_EVENT, RoundEventReader::paused),
          entry(FundingRound.ROUNDCANCELLED_EVENT, _ -> new RoundCancelled()),
          entry(FundingRound.ROUNDCLOSED_EVENT, _ -> new RoundClosed()),
          entry(FundingRound.COMMITMENTEXCLUDED_EVENT, RoundEventReader::excluded),
          entry(FundingRound.ROUNDTALLIED_EVENT, _ -> new RoundTallied()),
          entry(FundingRound.ROUNDFAILED_EVENT, _ -> new RoundFailed()),
          entry(FundingRound.COMMITMENTSETTLED_EVENT, RoundEventReader::settled),
          entry(FundingRound.ROUNDSETTLED_EVENT, _ -> new RoundSettled()),
          entry(FundingRound.COMMITMENTREFUNDED_EVENT, RoundEventReader::refunded),
          entry(FundingRound.PROCEEDSPAID_EVENT, RoundEventReader::proceedsPaid),
          entry(FundingRound.FEEPAID_EVENT, RoundEventReader::feePaid));

  private RoundEventReader() {}

  /** The event of a log; empty for events of the same contracts that change no round. */
  static Optional<RoundEvent> read(RawLog log) {
    return Optional.ofNullable(BY_TOPIC.get(log.topics().getFirst()))
        .map(reader -> reader.apply(BindingsLog.of(log)));
  }

  private static Map.Entry<Hash, Function<Log, RoundEvent>> entry(
      Event event, Function<Log, RoundEvent> reader) {
    return Map.entry(Hash.parse(EventEncoder.encode(event)), reader);
  }

  private static RoundEvent tokenListed(Log log) {
    var event = Directory.getSettlementTokenListedEventFromLog(log);
    return new SettlementTokenListed(
        Address.parse(event.token), ShortText.of(event.currency), event.decimals.intValueExact());
  }

  private static RoundEvent tokenDelisted(Log log) {
    return new SettlementTokenDelisted(
        Address.parse(Directory.getSettlementTokenDelistedEventFromLog(log).token));
  }

  private static RoundEvent rulesAllowed(Log log) {
    var event = Directory.getRulesAllowedEventFromLog(log);
    return new RulesAllowed(Address.parse(event.rules), event.allowed);
  }

  private static RoundEvent opened(Log log) {
    var event = FundingRound.getRoundOpenedEventFromLog(log);
    FundingRound.RoundTerms terms = event.terms;
    Address trust = Address.parse(terms.trust);
    return new RoundOpened(
        new Terms(
            event.companyId.longValueExact(),
            Address.parse(terms.shareClass),
            Address.parse(terms.settlementToken),
            ShortText.of(event.origin.currency),
            event.origin.currencyDecimals.intValueExact(),
            Address.parse(terms.rules),
            BindingsLog.storable(ShortText.of(event.origin.regime)),
            trust.equals(Address.ZERO) ? null : trust,
            BindingsLog.constant(Allocation.class, terms.allocation),
            Address.parse(event.origin.feeRecipient),
            TokenAmount.of(terms.price),
            ShareCount.of(terms.minimumShares),
            ShareCount.of(terms.maximumShares),
            ShareCount.of(terms.minimumTicket),
            ShareCount.of(terms.oversubscriptionShares),
            Instant.ofEpochSecond(terms.opensAt.longValueExact()),
            Instant.ofEpochSecond(terms.deadline.longValueExact()),
            terms.feeBps.intValueExact(),
            Hash.of(terms.termsHash),
            BindingsLog.storable(terms.filing)));
  }

  private static RoundEvent committed(Log log) {
    var event = FundingRound.getCommittedEventFromLog(log);
    return new Committed(
        Hash.of(event.identity),
        Address.parse(event.wallet),
        ShareCount.of(event.shares),
        TokenAmount.of(event.amount),
        ShareCount.of(event.commitmentShares),
        event.termsVersion.intValueExact(),
        event.consent);
  }

  private static RoundEvent cancelled(Log log) {
    var event = FundingRound.getCommitmentCancelledEventFromLog(log);
    return new CommitmentCancelled(
        Hash.of(event.identity),
        ShareCount.of(event.shares),
        TokenAmount.of(event.amount),
        ShareCount.of(event.commitmentShares));
  }

  private static RoundEvent reconfirmed(Log log) {
    var event = FundingRound.getCommitmentReconfirmedEventFromLog(log);
    return new CommitmentReconfirmed(Hash.of(event.identity), event.termsVersion.intValueExact());
  }

  private static RoundEvent moved(Log log) {
    var event = FundingRound.getCommitmentMovedEventFromLog(log);
    return new CommitmentMoved(Hash.of(event.identity), Address.parse(event.to));
  }

  private static RoundEvent lapsed(Log log) {
    return new CommitmentLapsed(
        Hash.of(FundingRound.getCommitmentLapsedEventFromLog(log).identity));
  }

  private static RoundEvent affiliate(Log log) {
    return new AffiliateTallied(
        Hash.of(FundingRound.getAffiliateTalliedEventFromLog(log).identity));
  }

  private static RoundEvent amended(Log log) {
    var event = FundingRound.getTermsAmendedEventFromLog(log);
    return new TermsAmended(
        event.termsVersion.intValueExact(),
        Instant.ofEpochSecond(event.deadline.longValueExact()),
        Hash.of(event.termsHash),
        event.material,
        event.reconfirmBy.signum() == 0
            ? null
            : Instant.ofEpochSecond(event.reconfirmBy.longValueExact()));
  }

  private static RoundEvent earlyClose(Log log) {
    var event = FundingRound.getEarlyCloseAnnouncedEventFromLog(log);
    return new EarlyCloseAnnounced(Instant.ofEpochSecond(event.closeAt.longValueExact()));
  }

  private static RoundEvent creditPaid(Log log) {
    var event = FundingRound.getCreditPaidEventFromLog(log);
    return new CreditPaid(Hash.of(event.identity), TokenAmount.of(event.amount));
  }

  private static RoundEvent paused(Log log) {
    return new CommitsPaused(FundingRound.getCommitsPausedEventFromLog(log).paused);
  }

  private static RoundEvent excluded(Log log) {
    return new CommitmentExcluded(
        Hash.of(FundingRound.getCommitmentExcludedEventFromLog(log).identity));
  }

  private static RoundEvent settled(Log log) {
    var event = FundingRound.getCommitmentSettledEventFromLog(log);
    return new CommitmentSettled(
        Hash.of(event.identity),
        ShareCount.of(event.shares),
        TokenAmount.of(event.amount),
        TokenAmount.of(event.fee),
        TokenAmount.of(event.credit));
  }

  private static RoundEvent refunded(Log log) {
    var event = FundingRound.getCommitmentRefundedEventFromLog(log);
    return new CommitmentRefunded(Hash.of(event.identity), TokenAmount.of(event.amount));
  }

  private static RoundEvent proceedsPaid(Log log) {
    return new ProceedsPaid(TokenAmount.of(FundingRound.getProceedsPaidEventFromLog(log).amount));
  }

  private static RoundEvent feePaid(Log log) {
    return new FeePaid(TokenAmount.of(FundingRound.getFeePaidEventFromLog(log).amount));
  }
}
