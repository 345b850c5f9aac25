package io.fundtrail.identity;

import io.fundtrail.api.ShortText;
import io.fundtrail.bindings.InvestmentLimits;
import io.fundtrail.bindings.InvestorRegistry;
import io.fundtrail.identity.IdentityEvent.InvestorAttested;
import io.fundtrail.identity.IdentityEvent.InvestorRevoked;
import io.fundtrail.identity.IdentityEvent.LimitConsumed;
import io.fundtrail.identity.IdentityEvent.LimitReleased;
import io.fundtrail.identity.IdentityEvent.YearlyLimitAttested;
import io.fundtrail.index.BindingsLog;
import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.model.RawLog;
import io.fundtrail.model.TokenAmount;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.datatypes.Event;
import org.web3j.protocol.core.methods.response.Log;

/** Reads events out of logs, through the generated bindings. */
final class IdentityEventReader {
  private static final Map<Hash, Function<Log, IdentityEvent>> BY_TOPIC =
      Map.of(
          topic(InvestorRegistry.INVESTORATTESTED_EVENT), IdentityEventReader::attested,
          topic(InvestorRegistry.YEARLYLIMITATTESTED_EVENT), IdentityEventReader::limitAttested,
          topic(InvestorRegistry.INVESTORREVOKED_EVENT), IdentityEventReader::revoked,
          topic(InvestmentLimits.LIMITCONSUMED_EVENT), IdentityEventReader::consumed,
          topic(InvestmentLimits.LIMITRELEASED_EVENT), IdentityEventReader::released);

  private IdentityEventReader() {}

  /** The event of a log; empty for events of the same contracts that tell of no person. */
  static Optional<IdentityEvent> read(RawLog log) {
    return Optional.ofNullable(BY_TOPIC.get(log.topics().getFirst()))
        .map(reader -> reader.apply(BindingsLog.of(log)));
  }

  private static Hash topic(Event event) {
    return Hash.parse(EventEncoder.encode(event));
  }

  private static IdentityEvent attested(Log log) {
    var event = InvestorRegistry.getInvestorAttestedEventFromLog(log);
    return new InvestorAttested(
        Hash.of(event.identity),
        Address.parse(event.wallet),
        event.country.intValueExact(),
        Category.of(event.category.intValueExact()),
        Instant.ofEpochSecond(event.expiresAt.longValueExact()),
        Hash.of(event.dossier));
  }

  private static IdentityEvent limitAttested(Log log) {
    var event = InvestorRegistry.getYearlyLimitAttestedEventFromLog(log);
    return new YearlyLimitAttested(
        Hash.of(event.identity),
        Hash.of(event.regime),
        ShortText.of(event.currency),
        TokenAmount.of(event.amount));
  }

  private static IdentityEvent revoked(Log log) {
    return new InvestorRevoked(
        Hash.of(InvestorRegistry.getInvestorRevokedEventFromLog(log).identity));
  }

  private static IdentityEvent consumed(Log log) {
    var event = InvestmentLimits.getLimitConsumedEventFromLog(log);
    return new LimitConsumed(
        Hash.of(event.identity),
        Hash.of(event.regime),
        Address.parse(event.round),
        ShortText.of(event.currency),
        TokenAmount.of(event.amount));
  }

  private static IdentityEvent released(Log log) {
    var event = InvestmentLimits.getLimitReleasedEventFromLog(log);
    return new LimitReleased(
        Hash.of(event.identity),
        Hash.of(event.regime),
        Address.parse(event.round),
        ShortText.of(event.currency),
        TokenAmount.of(event.amount));
  }
}
