package io.fundtrail.vote;

import io.fundtrail.index.ContractKind;
import io.fundtrail.index.LogEntry;
import io.fundtrail.index.Projection;
import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import io.fundtrail.vote.VoteEvent.ElectorateNamed;
import io.fundtrail.vote.VoteEvent.ProxyAppointed;
import io.fundtrail.vote.VoteEvent.ProxyRevoked;
import io.fundtrail.vote.VoteEvent.VoteCast;
import io.fundtrail.vote.VoteEvent.VoteOpened;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Keeps the tables of votes and their ballots. */
public final class VoteProjection implements Projection {
  public static final ContractKind VOTE = new ContractKind("vote");

  @Override
  public String version() {
    return "vote/2";
  }

  @Override
  public Set<ContractKind> kinds() {
    return Set.of(VOTE);
  }

  @Override
  public List<String> historyTables() {
    return List.of("vote", "vote_electorate", "vote_count", "ballot");
  }

  @Override
  public void apply(Handle handle, LogEntry entry) {
    VoteEventReader.read(entry.log()).ifPresent(event -> apply(handle, entry, event));
  }

  private static void apply(Handle handle, LogEntry entry, VoteEvent event) {
    Address vote = entry.log().address();
    BlockRef block = entry.block();
    switch (event) {
      case VoteOpened opened -> {
        Votes.store(handle, entry, opened);
        Count.NONE.store(handle, vote, block);
      }
      case ElectorateNamed named -> Votes.store(handle, vote, block, named);
      case VoteCast cast -> {
        Ballot before = Ballot.last(handle, vote, cast.elector(), block);
        Ballot after = before.cast(cast, block);
        after.store(handle, vote, block);
        Count.last(handle, vote).replace(before, after).store(handle, vote, block);
      }
      case ProxyAppointed(Hash elector, Address proxy) ->
          Ballot.last(handle, vote, elector, block)
              .withProxy(proxy, block)
              .store(handle, vote, block);
      case ProxyRevoked(Hash elector) ->
          Ballot.last(handle, vote, elector, block)
              .withProxy(null, block)
              .store(handle, vote, block);
    }
  }
}
