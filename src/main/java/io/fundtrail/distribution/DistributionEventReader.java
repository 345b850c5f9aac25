package io.fundtrail.distribution;

import io.fundtrail.bindings.Distribution;
import io.fundtrail.distribution.DistributionEvent.ClaimsOpened;
import io.fundtrail.distribution.DistributionEvent.CompanyPaid;
import io.fundtrail.distribution.DistributionEvent.DistributionClaimed;
import io.fundtrail.distribution.DistributionEvent.DistributionDeclared;
import io.fundtrail.distribution.DistributionEvent.DistributionFunded;
import io.fundtrail.distribution.DistributionEvent.DistributionReturned;
import io.fundtrail.distribution.DistributionEvent.DistributionsOpened;
import io.fundtrail.distribution.DistributionEvent.DustCarried;
import io.fundtrail.distribution.DistributionEvent.PayeeSet;
import io.fundtrail.distribution.DistributionEvent.WithholdingNoted;
import io.fundtrail.index.BindingsLog;
import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.model.RawLog;
import io.fundtrail.model.ShareCount;
import io.fundtrail.model.TokenAmount;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.datatypes.Event;
import org.web3j.protocol.core.methods.response.Log;

/** Reads events out of logs, through the generated bindings. */
final class DistributionEventReader {
  private static final Map<Hash, Function<Log, DistributionEvent>> BY_TOPIC =
      Map.ofEntries(
          entry(Distribution.DISTRIBUTIONSOPENED_EVENT, DistributionEventReader::opened),
          entry(Distribution.DISTRIBUTIONDECLARED_EVENT, DistributionEventReader::declared),
          entry(Distribution.DISTRIBUTIONFUNDED_EVENT, DistributionEventReader::funded),
          entry(Distribution.CLAIMSOPENED_EVENT, DistributionEventReader::claimsOpened),
          entry(Distribution.DISTRIBUTIONRETURNED_EVENT, DistributionEventReader::returned),
          entry(Distribution.DISTRIBUTIONCLAIMED_EVENT, DistributionEventReader::claimed),
          entry(Distribution.PAYEESET_EVENT, DistributionEventReader::payeeSet),
          entry(Distribution.PAYEESUCCEEDED_EVENT, DistributionEventReader::payeeSucceeded),
          entry(Distribution.WITHHOLDINGNOTED_EVENT, DistributionEventReader::withholdingNoted),
          entry(Distribution.DUSTCARRIED_EVENT, DistributionEventReader::carried),
          entry(Distribution.COMPANYPAID_EVENT, DistributionEventReader::companyPaid));

  private DistributionEventReader() {}

  /** The event of a log; empty for events of the same contracts that change no distribution. */
  static Optional<DistributionEvent> read(RawLog log) {
    return Optional.ofNullable(BY_TOPIC.get(log.topics().getFirst()))
        .map(reader -> reader.apply(BindingsLog.of(log)));
  }

  private static Map.Entry<Hash, Function<Log, DistributionEvent>> entry(
      Event event, Function<Log, DistributionEvent> reader) {
    return Map.entry(Hash.parse(EventEncoder.encode(event)), reader);
  }

  private static DistributionEvent opened(Log log) {
    var event = Distribution.getDistributionsOpenedEventFromLog(log);
    return new DistributionsOpened(
        event.companyId.longValueExact(),
        Address.parse(event.shareClass),
        Address.parse(event.settlementToken));
  }

  private static DistributionEvent declared(Log log) {
    var event = Distribution.getDistributionDeclaredEventFromLog(log);
    return new DistributionDeclared(
        event.id.longValueExact(),
        BindingsLog.constant(Kind.class, event.kind),
        event.recordDate.intValueExact(),
        TokenAmount.of(event.amount),
        Address.parse(event.treasury),
        Hash.of(event.documentHash));
  }

  private static DistributionEvent funded(Log log) {
    var event = Distribution.getDistributionFundedEventFromLog(log);
    return new DistributionFunded(event.id.longValueExact(), TokenAmount.of(event.amount));
  }

  private static DistributionEvent claimsOpened(Log log) {
    var event = Distribution.getClaimsOpenedEventFromLog(log);
    return new ClaimsOpened(
        event.id.longValueExact(),
        TokenAmount.of(event.pool),
        ShareCount.of(event.entitledShares),
        ShareCount.of(event.treasuryShares));
  }

  private static DistributionEvent returned(Log log) {
    var event = Distribution.getDistributionReturnedEventFromLog(log);
    return new DistributionReturned(event.id.longValueExact(), TokenAmount.of(event.amount));
  }

  private static DistributionEvent claimed(Log log) {
    var event = Distribution.getDistributionClaimedEventFromLog(log);
    return new DistributionClaimed(
        event.id.longValueExact(),
        Address.parse(event.holder),
        Address.parse(event.payee),
        TokenAmount.of(event.entitlement),
        TokenAmount.of(event.withheld),
        TokenAmount.of(event.paid));
  }

  private static DistributionEvent payeeSet(Log log) {
    var event = Distribution.getPayeeSetEventFromLog(log);
    return new PayeeSet(Address.parse(event.holder), Address.parse(event.payee));
  }

  private static DistributionEvent payeeSucceeded(Log log) {
    var event = Distribution.getPayeeSucceededEventFromLog(log);
    return new PayeeSet(Address.parse(event.holder), Address.parse(event.successor));
  }

  private static DistributionEvent withholdingNoted(Log log) {
    var event = Distribution.getWithholdingNotedEventFromLog(log);
    return new WithholdingNoted(
        Address.parse(event.holder),
        event.recordDate.intValueExact(),
        event.withholdingBps.intValueExact());
  }

  private static DistributionEvent carried(Log log) {
    var event = Distribution.getDustCarriedEventFromLog(log);
    return new DustCarried(event.id.longValueExact(), TokenAmount.of(event.amount));
  }

  private static DistributionEvent companyPaid(Log log) {
    var event = Distribution.getCompanyPaidEventFromLog(log);
    return new CompanyPaid(TokenAmount.of(event.amount), TokenAmount.of(event.credit));
  }
}
