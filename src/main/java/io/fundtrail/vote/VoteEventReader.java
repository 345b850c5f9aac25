package io.fundtrail.vote;

import io.fundtrail.bindings.HolderVote;
import io.fundtrail.index.BindingsLog;
import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.model.RawLog;
import io.fundtrail.vote.VoteEvent.ElectorateNamed;
import io.fundtrail.vote.VoteEvent.ProxyAppointed;
import io.fundtrail.vote.VoteEvent.ProxyRevoked;
import io.fundtrail.vote.VoteEvent.VoteCast;
import io.fundtrail.vote.VoteEvent.VoteOpened;
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
final class VoteEventReader {
  private static final Map<Hash, Function<Log, VoteEvent>> BY_TOPIC =
      Map.of(
          topic(HolderVote.VOTEOPENED_EVENT), VoteEventReader::opened,
          topic(HolderVote.ELECTORATENAMED_EVENT), VoteEventReader::electorate,
          topic(HolderVote.VOTECAST_EVENT), VoteEventReader::cast,
          topic(HolderVote.PROXYAPPOINTED_EVENT), VoteEventReader::appointed,
          topic(HolderVote.PROXYREVOKED_EVENT), VoteEventReader::revoked);

  private VoteEventReader() {}

  /** The event of a log. */
  static Optional<VoteEvent> read(RawLog log) {
    return Optional.ofNullable(BY_TOPIC.get(log.topics().getFirst()))
        .map(reader -> reader.apply(BindingsLog.of(log)));
  }

  private static Hash topic(Event event) {
    return Hash.parse(EventEncoder.encode(event));
  }

  private static VoteEvent opened(Log log) {
    var event = HolderVote.getVoteOpenedEventFromLog(log);
    return new VoteOpened(
        event.companyId.longValueExact(),
        Address.parse(event.openedBy),
        Hash.of(event.subject),
        present(event.round),
        present(event.target),
        Address.parse(event.treasury),
        Hash.of(event.documentHash),
        event.quorumBps.intValueExact(),
        event.majorityBps.intValueExact(),
        time(event.opensAt),
        time(event.closesAt));
  }

  private static VoteEvent electorate(Log log) {
    var event = HolderVote.getElectorateNamedEventFromLog(log);
    return new ElectorateNamed(
        Address.parse(event.shareClass),
        event.recordDate.intValueExact(),
        event.votesPerShare.intValueExact());
  }

  private static VoteEvent cast(Log log) {
    var event = HolderVote.getVoteCastEventFromLog(log);
    return new VoteCast(
        Hash.of(event.elector),
        Address.parse(event.by),
        BindingsLog.constant(Choice.class, event.choice),
        new Weight(event.weight));
  }

  private static VoteEvent appointed(Log log) {
    var event = HolderVote.getProxyAppointedEventFromLog(log);
    return new ProxyAppointed(Hash.of(event.elector), Address.parse(event.proxy));
  }

  private static VoteEvent revoked(Log log) {
    return new ProxyRevoked(Hash.of(HolderVote.getProxyRevokedEventFromLog(log).elector));
  }

  private static @Nullable Address present(String text) {
    Address address = Address.parse(text);
    return address.equals(Address.ZERO) ? null : address;
  }

  private static Instant time(BigInteger seconds) {
    return Instant.ofEpochSecond(seconds.longValueExact());
  }
}
