package io.fundtrail.share;

import io.fundtrail.bindings.Directory;
import io.fundtrail.bindings.ShareToken;
import io.fundtrail.index.BindingsLog;
import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.model.RawLog;
import io.fundtrail.model.ShareCount;
import io.fundtrail.share.ShareEvent.CompanyRegistered;
import io.fundtrail.share.ShareEvent.ReservationReleased;
import io.fundtrail.share.ShareEvent.ShareClassOpened;
import io.fundtrail.share.ShareEvent.SharesIssued;
import io.fundtrail.share.ShareEvent.SharesReserved;
import io.fundtrail.share.ShareEvent.Transferred;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.datatypes.Event;
import org.web3j.protocol.core.methods.response.Log;

/** Reads events out of logs, through the generated bindings. */
final class ShareEventReader {
  private static final Map<Hash, Function<Log, ShareEvent>> BY_TOPIC =
      Map.of(
          topic(Directory.COMPANYREGISTERED_EVENT), ShareEventReader::companyRegistered,
          topic(ShareToken.SHARECLASSOPENED_EVENT), ShareEventReader::opened,
          topic(ShareToken.TRANSFER_EVENT), ShareEventReader::transferred,
          topic(ShareToken.SHARESRESERVED_EVENT), ShareEventReader::reserved,
          topic(ShareToken.RESERVATIONRELEASED_EVENT), ShareEventReader::released,
          topic(ShareToken.SHARESISSUED_EVENT), ShareEventReader::issued);

  private ShareEventReader() {}

  /** The event of a log; empty for events of the same contracts that change no register. */
  static Optional<ShareEvent> read(RawLog log) {
    return Optional.ofNullable(BY_TOPIC.get(log.topics().getFirst()))
        .map(reader -> reader.apply(BindingsLog.of(log)));
  }

  private static Hash topic(Event event) {
    return Hash.parse(EventEncoder.encode(event));
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

  private static ShareEvent opened(Log log) {
    var event = ShareToken.getShareClassOpenedEventFromLog(log);
    return new ShareClassOpened(
        event.companyId.longValueExact(),
        ShareCount.of(event.authorised),
        BindingsLog.storable(event.name),
        BindingsLog.storable(event.symbol));
  }

  private static ShareEvent transferred(Log log) {
    var event = ShareToken.getTransferEventFromLog(log);
    return new Transferred(
        Address.parse(event.from), Address.parse(event.to), ShareCount.of(event.value));
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
        Address.parse(event.round),
        Address.parse(event.holder),
        ShareCount.of(event.shares),
        Instant.ofEpochSecond(event.lockedUntil.longValueExact()));
  }
}
