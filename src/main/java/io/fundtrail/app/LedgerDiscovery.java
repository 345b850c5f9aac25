package io.fundtrail.app;

import io.fundtrail.bindings.Directory;
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
import java.util.List;
import org.web3j.abi.EventEncoder;

/** Finds the contracts of a ledger: those of its deployment, and what its Directory lists. */
public record LedgerDiscovery(Deployment deployment) implements Discovery {
  public static final ContractKind AUTHORITY = new ContractKind("authority");

  private static final Hash INSTANCE_LISTED =
      Hash.parse(EventEncoder.encode(Directory.INSTANCELISTED_EVENT));

  @Override
  public List<FollowedContract> roots() {
    return List.of(
        root(deployment.directory(), ShareProjection.DIRECTORY),
        root(deployment.authority(), AUTHORITY),
        root(deployment.registry(), IdentityProjection.REGISTRY),
        root(deployment.limits(), IdentityProjection.LIMITS));
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
      default -> throw new IllegalStateException("the Directory lists the unknown kind " + number);
    };
  }
}
