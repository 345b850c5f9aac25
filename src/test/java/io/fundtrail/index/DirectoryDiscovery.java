package io.fundtrail.index;

import io.fundtrail.app.Deployment;
import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.Keccak;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

/** Follows what the Directory lists. */
record DirectoryDiscovery(Deployment deployment) implements Discovery {
  static final Hash INSTANCE_LISTED =
      Keccak.hash("InstanceListed(address,uint256,uint8)".getBytes(StandardCharsets.US_ASCII));
  static final ContractKind DIRECTORY = new ContractKind("directory");
  static final ContractKind AUTHORITY = new ContractKind("authority");
  static final ContractKind REGISTRY = new ContractKind("registry");
  static final ContractKind LIMITS = new ContractKind("limits");
  static final ContractKind SHARE_CLASS = new ContractKind("share-class");
  static final ContractKind ROUND = new ContractKind("round");

  @Override
  public List<FollowedContract> roots() {
    return List.of(
        new FollowedContract(deployment.directory(), DIRECTORY, deployment.startBlock()),
        new FollowedContract(deployment.authority(), AUTHORITY, deployment.startBlock()),
        new FollowedContract(deployment.registry(), REGISTRY, deployment.startBlock()),
        new FollowedContract(deployment.limits(), LIMITS, deployment.startBlock()));
  }

  @Override
  public List<FollowedContract> announcedBy(Collection<LogEntry> entries) {
    return entries.stream().flatMap(entry -> announcedBy(entry).stream()).toList();
  }

  private List<FollowedContract> announcedBy(LogEntry entry) {
    if (!entry.log().address().equals(deployment.directory())
        || !entry.log().topics().getFirst().equals(INSTANCE_LISTED)) {
      return List.of();
    }
    Address instance = Address.ofWord(entry.log().topics().get(1));
    int kind = Hash.of(entry.log().data().bytes()).toUint().intValueExact();
    return List.of(
        new FollowedContract(instance, kind == 1 ? SHARE_CLASS : ROUND, entry.block().number()));
  }
}
