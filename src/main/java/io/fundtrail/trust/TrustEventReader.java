package io.fundtrail.trust;

import io.fundtrail.bindings.CustodyTrust;
import io.fundtrail.index.BindingsLog;
import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.model.RawLog;
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
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.datatypes.Event;
import org.web3j.protocol.core.methods.response.Log;

/** Reads events out of logs, through the generated bindings. */
final class TrustEventReader {
  private static final Map<Hash, Function<Log, TrustEvent>> BY_TOPIC =
      Map.ofEntries(
          entry(CustodyTrust.TRUSTOPENED_EVENT, TrustEventReader::opened),
          entry(CustodyTrust.TRANCHEPLANNED_EVENT, TrustEventReader::tranche),
          entry(CustodyTrust.BENEFICIARYNAMED_EVENT, TrustEventReader::beneficiary),
          entry(CustodyTrust.ROUNDBOUND_EVENT, TrustEventReader::bound),
          entry(CustodyTrust.REMOVALORDERED_EVENT, TrustEventReader::removalOrdered),
          entry(CustodyTrust.TRUSTEESEATED_EVENT, TrustEventReader::seated),
          entry(CustodyTrust.TRUSTEERESIGNED_EVENT, TrustEventReader::resigned),
          entry(CustodyTrust.TRUSTEELEFT_EVENT, TrustEventReader::left),
          entry(CustodyTrust.STATEMENTATTESTED_EVENT, TrustEventReader::statement),
          entry(CustodyTrust.TRUSTENDED_EVENT, TrustEventReader::ended),
          entry(CustodyTrust.FUNDRECEIVED_EVENT, TrustEventReader::received),
          entry(CustodyTrust.DISBURSEMENTPROPOSED_EVENT, TrustEventReader::proposed),
          entry(CustodyTrust.DISBURSEMENTAPPROVED_EVENT, TrustEventReader::approved),
          entry(CustodyTrust.DISBURSEMENTOBJECTED_EVENT, TrustEventReader::objected),
          entry(CustodyTrust.DISBURSEMENTREJECTED_EVENT, TrustEventReader::rejected),
          entry(CustodyTrust.DISBURSEMENTVETOED_EVENT, TrustEventReader::vetoed),
          entry(CustodyTrust.DISBURSEMENTSUSPENDED_EVENT, TrustEventReader::suspended),
          entry(CustodyTrust.DISBURSEMENTRESUMED_EVENT, TrustEventReader::resumed),
          entry(CustodyTrust.DISBURSEMENTEXECUTED_EVENT, TrustEventReader::executed),
          entry(CustodyTrust.UNITSASSIGNED_EVENT, TrustEventReader::assigned),
          entry(CustodyTrust.INTERESTMOVED_EVENT, TrustEventReader::moved),
          entry(CustodyTrust.INTERESTPAID_EVENT, TrustEventReader::paid),
          entry(CustodyTrust.TRUSTEEFEEPAID_EVENT, TrustEventReader::trusteeFeePaid),
          entry(CustodyTrust.FEEPAID_EVENT, TrustEventReader::feePaid),
          entry(CustodyTrust.SHORTFALL_EVENT, _ -> new Shortfall()));

  private TrustEventReader() {}

  /** The event of a log; empty for events of the same contract that change none of its tables. */
  static Optional<TrustEvent> read(RawLog log) {
    return Optional.ofNullable(BY_TOPIC.get(log.topics().getFirst()))
        .map(reader -> reader.apply(BindingsLog.of(log)));
  }

  private static Map.Entry<Hash, Function<Log, TrustEvent>> entry(
      Event event, Function<Log, TrustEvent> reader) {
    return Map.entry(Hash.parse(EventEncoder.encode(event)), reader);
  }

  private static TrustEvent opened(Log log) {
    var event = CustodyTrust.getTrustOpenedEventFromLog(log);
    CustodyTrust.DeedTerms terms = event.terms;
    return new TrustOpened(
        event.companyId.longValueExact(),
        Address.parse(terms.settlor),
        present(terms.protector),
        present(terms.settlementToken),
        present(terms.shareClass),
        terms.threshold.intValueExact(),
        seconds(terms.challengePeriod),
        seconds(terms.vacancyPeriod),
        time(terms.longStop),
        terms.platformFeeBps.intValueExact(),
        terms.trusteeFeeBps.intValueExact(),
        terms.spendthrift,
        terms.revocable,
        terms.vetoEnds,
        terms.voteOpeningBps.intValueExact(),
        terms.voteQuorumBps.intValueExact(),
        terms.voteMajorityBps.intValueExact(),
        seconds(terms.voteDuration),
        Hash.of(terms.deedHash));
  }

  private static TrustEvent tranche(Log log) {
    var event = CustodyTrust.getTranchePlannedEventFromLog(log);
    CustodyTrust.Tranche terms = event.terms;
    return new TranchePlanned(
        event.tranche.intValueExact(),
        present(terms.recipient),
        terms.inShares,
        terms.milestone,
        terms.follows.intValueExact(),
        terms.shareBps.intValueExact(),
        time(terms.notBefore),
        TokenAmount.of(terms.amount));
  }

  private static TrustEvent beneficiary(Log log) {
    var event = CustodyTrust.getBeneficiaryNamedEventFromLog(log);
    return new BeneficiaryNamed(Address.parse(event.wallet), event.units.longValueExact());
  }

  private static TrustEvent bound(Log log) {
    return new RoundBound(Address.parse(CustodyTrust.getRoundBoundEventFromLog(log).round));
  }

  private static TrustEvent removalOrdered(Log log) {
    var event = CustodyTrust.getRemovalOrderedEventFromLog(log);
    return new RemovalOrdered(
        Address.parse(event.trustee),
        Instant.ofEpochSecond(event.executableFrom.longValueExact()),
        Hash.of(event.documentHash));
  }

  private static TrustEvent seated(Log log) {
    var event = CustodyTrust.getTrusteeSeatedEventFromLog(log);
    return new TrusteeSeated(event.seat.intValueExact(), Address.parse(event.trustee));
  }

  private static TrustEvent resigned(Log log) {
    return new TrusteeResigned(
        CustodyTrust.getTrusteeResignedEventFromLog(log).seat.intValueExact());
  }

  private static TrustEvent left(Log log) {
    var event = CustodyTrust.getTrusteeLeftEventFromLog(log);
    return new TrusteeLeft(
        event.seat.intValueExact(), BindingsLog.constant(Departure.class, event.departure));
  }

  private static TrustEvent statement(Log log) {
    var event = CustodyTrust.getStatementAttestedEventFromLog(log);
    return new StatementAttested(
        Address.parse(event.trustee),
        time(event.periodStart),
        time(event.periodEnd),
        Hash.of(event.documentHash));
  }

  private static TrustEvent ended(Log log) {
    var event = CustodyTrust.getTrustEndedEventFromLog(log);
    return new TrustEnded(
        BindingsLog.constant(EndReason.class, event.reason), TokenAmount.of(event.money));
  }

  private static TrustEvent received(Log log) {
    var event = CustodyTrust.getFundReceivedEventFromLog(log);
    return new FundReceived(Address.parse(event.asset), TokenAmount.of(event.amount));
  }

  private static TrustEvent proposed(Log log) {
    var event = CustodyTrust.getDisbursementProposedEventFromLog(log);
    return new DisbursementProposed(
        event.disbursement.longValueExact(),
        event.tranche.intValueExact(),
        Address.parse(event.proposer),
        TokenAmount.of(event.amount),
        Hash.of(event.evidence));
  }

  private static TrustEvent approved(Log log) {
    var event = CustodyTrust.getDisbursementApprovedEventFromLog(log);
    return new DisbursementApproved(
        event.disbursement.longValueExact(),
        Address.parse(event.trustee),
        event.executableFrom.signum() == 0 ? null : time(event.executableFrom));
  }

  private static TrustEvent objected(Log log) {
    var event = CustodyTrust.getDisbursementObjectedEventFromLog(log);
    return new DisbursementObjected(
        event.disbursement.longValueExact(), Address.parse(event.trustee));
  }

  private static TrustEvent rejected(Log log) {
    return new DisbursementRejected(
        CustodyTrust.getDisbursementRejectedEventFromLog(log).disbursement.longValueExact());
  }

  private static TrustEvent vetoed(Log log) {
    return new DisbursementVetoed(
        CustodyTrust.getDisbursementVetoedEventFromLog(log).disbursement.longValueExact());
  }

  private static TrustEvent suspended(Log log) {
    var event = CustodyTrust.getDisbursementSuspendedEventFromLog(log);
    return new DisbursementSuspended(
        event.disbursement.longValueExact(), Address.parse(event.vote));
  }

  private static TrustEvent resumed(Log log) {
    return new DisbursementResumed(
        CustodyTrust.getDisbursementResumedEventFromLog(log).disbursement.longValueExact());
  }

  private static TrustEvent executed(Log log) {
    var event = CustodyTrust.getDisbursementExecutedEventFromLog(log);
    return new DisbursementExecuted(
        event.disbursement.longValueExact(),
        Address.parse(event.recipient),
        Address.parse(event.asset),
        TokenAmount.of(event.amount),
        TokenAmount.of(event.fee));
  }

  private static TrustEvent assigned(Log log) {
    var event = CustodyTrust.getUnitsAssignedEventFromLog(log);
    return new UnitsMoved(
        Address.parse(event.from), Address.parse(event.to), event.units.longValueExact());
  }

  private static TrustEvent moved(Log log) {
    var event = CustodyTrust.getInterestMovedEventFromLog(log);
    return new UnitsMoved(
        Address.parse(event.from), Address.parse(event.to), event.units.longValueExact());
  }

  private static TrustEvent paid(Log log) {
    var event = CustodyTrust.getInterestPaidEventFromLog(log);
    return new InterestPaid(
        Hash.of(event.beneficiary),
        Address.parse(event.wallet),
        Address.parse(event.asset),
        TokenAmount.of(event.amount));
  }

  private static TrustEvent trusteeFeePaid(Log log) {
    return new TrusteeFeePaid(
        TokenAmount.of(CustodyTrust.getTrusteeFeePaidEventFromLog(log).amount));
  }

  private static TrustEvent feePaid(Log log) {
    return new FeePaid(TokenAmount.of(CustodyTrust.getFeePaidEventFromLog(log).amount));
  }

  private static @Nullable Address present(String text) {
    Address address = Address.parse(text);
    return address.equals(Address.ZERO) ? null : address;
  }

  private static Instant time(BigInteger seconds) {
    return Instant.ofEpochSecond(seconds.longValueExact());
  }

  private static Duration seconds(BigInteger seconds) {
    return Duration.ofSeconds(seconds.longValueExact());
  }
}
