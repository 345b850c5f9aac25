package io.fundtrail.share;

import io.fundtrail.api.Money;
import io.fundtrail.api.ShortText;
import io.fundtrail.bindings.Directory;
import io.fundtrail.bindings.ShareToken;
import io.fundtrail.index.BindingsLog;
import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.model.RawLog;
import io.fundtrail.model.ShareCount;
import io.fundtrail.model.TokenAmount;
import io.fundtrail.share.ClassTerms.Conversion;
import io.fundtrail.share.ClassTerms.Preference;
import io.fundtrail.share.ShareEvent.AuthorisedRaised;
import io.fundtrail.share.ShareEvent.CompanyMoved;
import io.fundtrail.share.ShareEvent.CompanyRegistered;
import io.fundtrail.share.ShareEvent.ControllerChanged;
import io.fundtrail.share.ShareEvent.ControllerProposed;
import io.fundtrail.share.ShareEvent.DocumentRemoved;
import io.fundtrail.share.ShareEvent.DocumentUpdated;
import io.fundtrail.share.ShareEvent.Frozen;
import io.fundtrail.share.ShareEvent.InstanceAdopted;
import io.fundtrail.share.ShareEvent.LockedSharesMoved;
import io.fundtrail.share.ShareEvent.OrderAnnounced;
import io.fundtrail.share.ShareEvent.OrderExecuted;
import io.fundtrail.share.ShareEvent.OrderWithdrawn;
import io.fundtrail.share.ShareEvent.RecordDateDeclared;
import io.fundtrail.share.ShareEvent.ReservationReleased;
import io.fundtrail.share.ShareEvent.ShareClassOpened;
import io.fundtrail.share.ShareEvent.SharesIssued;
import io.fundtrail.share.ShareEvent.SharesReserved;
import io.fundtrail.share.ShareEvent.SharesSplit;
import io.fundtrail.share.ShareEvent.Transferred;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.datatypes.Event;
import org.web3j.protocol.core.methods.response.Log;

/** Reads events out of logs, through the generated bindings. */
final class ShareEventReader {
  private static final Hash TRANSFER = Hash.parse(EventEncoder.encode(ShareToken.TRANSFER_EVENT));
  private static final int PREFERENCE_DECIMALS = 2;

  private static final Map<Hash, Function<Log, ShareEvent>> BY_TOPIC =
      Map.ofEntries(
          entry(Directory.COMPANYREGISTERED_EVENT, ShareEventReader::companyRegistered),
          entry(Directory.CONTROLLERPROPOSED_EVENT, ShareEventReader::controllerProposed),
          entry(Directory.CONTROLLERCHANGED_EVENT, ShareEventReader::controllerChanged),
          entry(Directory.COMPANYMOVED_EVENT, ShareEventReader::companyMoved),
          entry(Directory.INSTANCEADOPTED_EVENT, ShareEventReader::instanceAdopted),
          entry(ShareToken.SHARECLASSOPENED_EVENT, ShareEventReader::opened),
          entry(ShareToken.SHARESRESERVED_EVENT, ShareEventReader::reserved),
          entry(ShareToken.RESERVATIONRELEASED_EVENT, ShareEventReader::released),
          entry(ShareToken.SHARESISSUED_EVENT, ShareEventReader::issued),
          entry(ShareToken.LOCKEDSHARESMOVED_EVENT, ShareEventReader::lockedMoved),
          entry(ShareToken.AUTHORISEDRAISED_EVENT, ShareEventReader::authorisedRaised),
          entry(ShareToken.SHARESSPLIT_EVENT, ShareEventReader::split),
          entry(ShareToken.RECORDDATEDECLARED_EVENT, ShareEventReader::recordDate),
          entry(ShareToken.FROZEN_EVENT, ShareEventReader::frozen),
          entry(ShareToken.DOCUMENTUPDATED_EVENT, ShareEventReader::documentUpdated),
          entry(ShareToken.DOCUMENTREMOVED_EVENT, ShareEventReader::documentRemoved),
          entry(ShareToken.ORDERANNOUNCED_EVENT, ShareEventReader::orderAnnounced),
          entry(ShareToken.ORDERWITHDRAWN_EVENT, ShareEventReader::orderWithdrawn),
          entry(ShareToken.ORDEREXECUTED_EVENT, ShareEventReader::orderExecuted));

  private ShareEventReader() {}

  /** The event of a log; empty for events of the same contracts that change no register. */
  static Optional<ShareEvent> read(RawLog log) {
    if (log.topics().getFirst().equals(TRANSFER)) {
      return Optional.of(transferred(log));
    }
    return Optional.ofNullable(BY_TOPIC.get(log.topics().getFirst()))
        .map(reader -> reader.apply(BindingsLog.of(log)));
  }

  private static Map.Entry<Hash, Function<Log, ShareEvent>> entry(
      Event event, Function<Log, ShareEvent> reader) {
    return Map.entry(Hash.parse(EventEncoder.encode(event)), reader);
  }

  private static ShareEvent companyRegistered(Log log) {
    var event = Directory.getCompanyRegisteredEventFromLog(log);
    return new CompanyRegistered(
        event.companyId.longValueExact(),
        Address.parse(event.controller),
        event.feeBps.intValueExact(),
        BindingsLog.storable(event.name),
        BindingsLog.storable(event.registration));
  }

  private static ShareEvent controllerProposed(Log log) {
    var event = Directory.getControllerProposedEventFromLog(log);
    return new ControllerProposed(event.companyId.longValueExact(), Address.parse(event.candidate));
  }

  private static ShareEvent companyMoved(Log log) {
    var event = Directory.getCompanyMovedEventFromLog(log);
    return new CompanyMoved(
        event.companyId.longValueExact(),
        Address.parse(event.directory),
        event.successorId.longValueExact());
  }

  private static ShareEvent instanceAdopted(Log log) {
    var event = Directory.getInstanceAdoptedEventFromLog(log);
    return new InstanceAdopted(Address.parse(event.instance), event.companyId.longValueExact());
  }

  private static ShareEvent controllerChanged(Log log) {
    var event = Directory.getControllerChangedEventFromLog(log);
    return new ControllerChanged(event.companyId.longValueExact(), Address.parse(event.controller));
  }

  private static ShareEvent opened(Log log) {
    var event = ShareToken.getShareClassOpenedEventFromLog(log);
    ShareToken.ClassTerms terms = event.terms;
    return new ShareClassOpened(
        event.companyId.longValueExact(),
        ShareCount.of(terms.authorised),
        new ClassTerms(
            BindingsLog.storable(terms.name),
            BindingsLog.storable(terms.symbol),
            terms.votesPerShare.longValueExact(),
            preference(terms),
            terms.seniority.intValueExact(),
            conversion(terms),
            terms.holderCap.intValueExact(),
            ShareCount.of(terms.smallestHolding),
            terms.excludedCountries.stream().map("%03d"::formatted).toList()));
  }

  private static @Nullable Preference preference(ShareToken.ClassTerms terms) {
    return terms.liquidationPreference.signum() == 0
        ? null
        : new Preference(
            Money.text(TokenAmount.of(terms.liquidationPreference), PREFERENCE_DECIMALS),
            ShortText.of(terms.preferenceCurrency));
  }

  private static @Nullable Conversion conversion(ShareToken.ClassTerms terms) {
    Address into = Address.parse(terms.convertsInto);
    return into.equals(Address.ZERO)
        ? null
        : new Conversion(
            into,
            terms.conversionNumerator.longValueExact(),
            terms.conversionDenominator.longValueExact());
  }

  /** Not through the bindings: most events are transfers, and those take a third of a backfill. */
  private static ShareEvent transferred(RawLog log) {
    return new Transferred(
        Address.ofWord(log.topics().get(1)),
        Address.ofWord(log.topics().get(2)),
        ShareCount.of(Hash.of(log.data().bytes()).toUint()));
  }

  private static ShareEvent reserved(Log log) {
    return new SharesReserved(ShareCount.of(ShareToken.getSharesReservedEventFromLog(log).shares));
  }

  private static ShareEvent released(Log log) {
    return new ReservationReleased(
        ShareCount.of(ShareToken.getReservationReleasedEventFromLog(log).shares));
  }

  private static ShareEvent issued(Log log) {
    var event = ShareToken.getSharesIssuedEventFromLog(log);
    return new SharesIssued(
        Address.parse(event.source),
        Address.parse(event.holder),
        ShareCount.of(event.shares),
        time(event.lockedUntil));
  }

  private static ShareEvent lockedMoved(Log log) {
    var event = ShareToken.getLockedSharesMovedEventFromLog(log);
    return new LockedSharesMoved(
        Address.parse(event.from),
        Address.parse(event.to),
        ShareCount.of(event.shares),
        time(event.lockedUntil));
  }

  private static ShareEvent authorisedRaised(Log log) {
    return new AuthorisedRaised(
        ShareCount.of(ShareToken.getAuthorisedRaisedEventFromLog(log).authorised));
  }

  private static ShareEvent split(Log log) {
    var event = ShareToken.getSharesSplitEventFromLog(log);
    return new SharesSplit(
        event.factor.intValueExact(), ShareCount.of(event.supply), ShareCount.of(event.authorised));
  }

  private static ShareEvent recordDate(Log log) {
    var event = ShareToken.getRecordDateDeclaredEventFromLog(log);
    return new RecordDateDeclared(
        event.index.intValueExact(), time(event.date), Address.parse(event.declaredBy));
  }

  private static ShareEvent frozen(Log log) {
    var event = ShareToken.getFrozenEventFromLog(log);
    return new Frozen(Address.parse(event.account), TokenAmount.of(event.amount));
  }

  private static ShareEvent documentUpdated(Log log) {
    var event = ShareToken.getDocumentUpdatedEventFromLog(log);
    return new DocumentUpdated(
        Hash.of(event.name), BindingsLog.storable(event.uri), Hash.of(event.documentHash));
  }

  private static ShareEvent documentRemoved(Log log) {
    return new DocumentRemoved(Hash.of(ShareToken.getDocumentRemovedEventFromLog(log).name));
  }

  private static ShareEvent orderAnnounced(Log log) {
    var event = ShareToken.getOrderAnnouncedEventFromLog(log);
    return new OrderAnnounced(
        Hash.of(event.order),
        BindingsLog.constant(OrderKind.class, event.kind),
        Address.parse(event.from),
        Address.parse(event.to),
        TokenAmount.of(event.shares),
        Hash.of(event.documentHash),
        time(event.executableFrom),
        time(event.lapsesAt));
  }

  private static ShareEvent orderWithdrawn(Log log) {
    return new OrderWithdrawn(Hash.of(ShareToken.getOrderWithdrawnEventFromLog(log).order));
  }

  private static ShareEvent orderExecuted(Log log) {
    return new OrderExecuted(Hash.of(ShareToken.getOrderExecutedEventFromLog(log).order));
  }

  private static Instant time(BigInteger seconds) {
    return Instant.ofEpochSecond(seconds.longValueExact());
  }
}
