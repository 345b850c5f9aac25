package io.fundtrail.app;

import io.fundtrail.bindings.Directory;
import io.fundtrail.distribution.DistributionProjection;
import io.fundtrail.identity.IdentityProjection;
import io.fundtrail.index.BindingsLog;
import io.fundtrail.index.ContractKind;
import io.fundtrail.index.Discovery;
import io.fundtrail.index.FollowedContract;
import io.fundtrail.index.LogEntry;
import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.round.RoundProjection;
import io.fundtrail.share.ShareProjection;
import io.fundtrail.trust.TrustProjection;
import io.fundtrail.vote.VoteProjection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.web3j.abi.EventEncoder;

/** Finds the contracts of a ledger: those of its deployment, and what its Directory lists. */
public record LedgerDiscovery(Deployment deployment) implements Discovery {
  public static final ContractKind AUTHORITY = new ContractKind("authority");
  public static final ContractKind CALENDAR = new ContractKind("calendar");

  private static final Hash INSTANCE_LISTED =
      Hash.parse(EventEncoder.encode(Directory.INSTANCELISTED_EVENT));

  @Override
  public List<FollowedContract> roots() {
    List<FollowedContract> roots = new ArrayList<>();
    Collections.addAll(
        roots,
        root(deployment.directory(), ShareProjection.DIRECTORY),
        root(deployment.authority(), AUTHORITY),
        root(deployment.registry(), IdentityProjection.REGISTRY),
        root(deployment.limits(), IdentityProjection.LIMITS),
        root(deployment.recovery(), IdentityProjection.RECOVERY));
    deployment.calendar().ifPresent(calendar -> roots.add(root(calendar, CALENDAR)));
    return roots;
  }

  @Override
  public List<FollowedContract> announcedBy(LogEntry entry) {
    if (!entry.log().address().equals(deployment.directory())
        || !entry.log().topics().getFirst().equals(INSTANCE_LISTED)) {
      return List.of();
    }
    var listed = Directory.getInstanceListedEventFromLog(BindingsLog.of(entry.log()));
    return List.of(
        new FollowedContract(
            Address.parse(listed.instance),
            kind(listed.kind.intValueExact()),
            entry.block().number()));
  }

  private FollowedContract root(Address address, ContractKind kind) {
    return new FollowedContract(address, kind, deployment.startBlock());
  }

  /** The Directory's enumeration of kinds. */
  private static ContractKind kind(int number) {
    return switch (number) {
      case 1 -> ShareProjection.SHARE_CLASS;
      case 2 -> RoundProjection.ROUND;
      case 3 -> TrustProjection.TRUST;
      case 4 -> DistributionProjection.DISTRIBUTION;
      case 5 -> VoteProjection.VOTE;
      default -> throw new IllegalStateException("the Directory lists the unknown kind " + number);
    };
  }
}
