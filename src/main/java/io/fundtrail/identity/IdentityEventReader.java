package io.fundtrail.identity;

import io.fundtrail.api.ShortText;
import io.fundtrail.bindings.InvestmentLimits;
import io.fundtrail.bindings.InvestorRegistry;
import io.fundtrail.bindings.Recovery;
import io.fundtrail.identity.IdentityEvent.AffiliateAttested;
import io.fundtrail.identity.IdentityEvent.EstatePassed;
import io.fundtrail.identity.IdentityEvent.InvestorAttested;
import io.fundtrail.identity.IdentityEvent.InvestorRevoked;
import io.fundtrail.identity.IdentityEvent.LimitConsumed;
import io.fundtrail.identity.IdentityEvent.LimitReleased;
import io.fundtrail.identity.IdentityEvent.RecoveryAnnounced;
import io.fundtrail.identity.IdentityEvent.RecoveryConfirmed;
import io.fundtrail.identity.IdentityEvent.RecoveryExecuted;
import io.fundtrail.identity.IdentityEvent.RecoveryObjected;
import io.fundtrail.identity.IdentityEvent.RecoveryWithdrawn;
import io.fundtrail.identity.IdentityEvent.WalletSucceeded;
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
      Map.ofEntries(
          entry(InvestorRegistry.INVESTORATTESTED_EVENT, IdentityEventReader::attested),
          entry(InvestorRegistry.YEARLYLIMITATTESTED_EVENT, IdentityEventReader::limitAttested),
          entry(InvestorRegistry.INVESTORREVOKED_EVENT, IdentityEventReader::revoked),
          entry(InvestorRegistry.AFFILIATEATTESTED_EVENT, IdentityEventReader::affiliate),
          entry(InvestorRegistry.WALLETSUCCEEDED_EVENT, IdentityEventReader::succeeded),
          entry(InvestorRegistry.ESTATEPASSED_EVENT, IdentityEventReader::estatePassed),
          entry(Recovery.RECOVERYANNOUNCED_EVENT, IdentityEventReader::announced),
          entry(Recovery.RECOVERYCONFIRMED_EVENT, IdentityEventReader::confirmed),
          entry(Recovery.RECOVERYOBJECTED_EVENT, IdentityEventReader::objected),
          entry(Recovery.RECOVERYWITHDRAWN_EVENT, IdentityEventReader::withdrawn),
          entry(Recovery.RECOVERYEXECUTED_EVENT, IdentityEventReader::executed),
          entry(InvestmentLimits.LIMITCONSUMED_EVENT, IdentityEventReader::consumed),
          entry(InvestmentLimits.LIMITRELEASED_EVENT, IdentityEventReader::released));

  private IdentityEventReader() {}

  /** The event of a log; empty for events of the same contracts that tell of no person. */
  static Optional<IdentityEvent> read(RawLog log) {
    return Optional.ofNullable(BY_TOPIC.get(log.topics().getFirst()))
        .map(reader -> reader.apply(BindingsLog.of(log)));
  }

  private static Map.Entry<Hash, Function<Log, IdentityEvent>> entry(
      Event event, Function<Log, IdentityEvent> reader) {
    return Map.entry(Hash.parse(EventEncoder.encode(event)), reader);
  }

  private static IdentityEvent attested(Log log) {
    var event = InvestorRegistry.getInvestorAttestedEventFromLog(log);
    return new InvestorAttested(
        Hash.of(event.identity),
        Address.parse(event.wallet),
        event.country.intValueExact(),
        Category.of(event.category.intValueExact()),
        Instant.ofEpochSecond(event.expiresAt.longValueExact()),
        event.persons.intValueExact(),
        event.withholdingBps.intValueExact(),
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

  private static IdentityEvent affiliate(Log log) {
    var event = InvestorRegistry.getAffiliateAttestedEventFromLog(log);
    return new AffiliateAttested(Hash.of(event.identity), Hash.of(event.issuer), event.affiliate);
  }

  private static IdentityEvent succeeded(Log log) {
    var event = InvestorRegistry.getWalletSucceededEventFromLog(log);
    return new WalletSucceeded(Hash.of(event.identity), Address.parse(event.newWallet));
  }

  private static IdentityEvent estatePassed(Log log) {
    var event = InvestorRegistry.getEstatePassedEventFromLog(log);
    return new EstatePassed(Hash.of(event.identity), Hash.of(event.heir));
  }

  private static IdentityEvent announced(Log log) {
    var event = Recovery.getRecoveryAnnouncedEventFromLog(log);
    return new RecoveryAnnounced(
        Hash.of(event.subject),
        Address.parse(event.oldWallet),
        BindingsLog.constant(RecoveryKind.class, event.kind),
        Address.parse(event.newWallet),
        Hash.of(event.heir),
        Hash.of(event.documentHash),
        Address.parse(event.directory),
        event.companyId.longValueExact());
  }

  private static IdentityEvent confirmed(Log log) {
    return new RecoveryConfirmed(Hash.of(Recovery.getRecoveryConfirmedEventFromLog(log).subject));
  }

  private static IdentityEvent objected(Log log) {
    return new RecoveryObjected(Hash.of(Recovery.getRecoveryObjectedEventFromLog(log).subject));
  }

  private static IdentityEvent withdrawn(Log log) {
    return new RecoveryWithdrawn(Hash.of(Recovery.getRecoveryWithdrawnEventFromLog(log).subject));
  }

  private static IdentityEvent executed(Log log) {
    return new RecoveryExecuted(Hash.of(Recovery.getRecoveryExecutedEventFromLog(log).subject));
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
        event.day.longValueExact(),
        TokenAmount.of(event.amount));
  }
}
