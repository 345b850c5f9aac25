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
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.web3j.abi.EventEncoder;

/**
 * Finds the contracts of a ledger: those of its deployment, what its Directory lists, and for the
 * companies that left it the Directories they went to, with what those open for them.
 */
public record LedgerDiscovery(Deployment deployment) implements Discovery {
  public static final ContractKind AUTHORITY = new ContractKind("authority");
  public static final ContractKind CALENDAR = new ContractKind("calendar");

  private static final Hash INSTANCE_LISTED =
      Hash.parse(EventEncoder.encode(Directory.INSTANCELISTED_EVENT));
  private static final Hash INSTANCE_ADOPTED =
      Hash.parse(EventEncoder.encode(Directory.INSTANCEADOPTED_EVENT));
  private static final Hash COMPANY_MOVED =
      Hash.parse(EventEncoder.encode(Directory.COMPANYMOVED_EVENT));

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

  /**
   * What another Directory opens for one of our companies our own adopts in the same transaction;
   * so it alone says what is of this ledger. What it adopts from an older Directory is not
   * followed.
   */
  @Override
  public List<FollowedContract> announcedBy(Collection<LogEntry> entries) {
    Set<Address> adopted = new HashSet<>();
    for (LogEntry entry : entries) {
      if (isOurs(entry) && is(entry, INSTANCE_ADOPTED)) {
        adopted.add(Address.ofWord(entry.log().topics().get(1)));
      }
    }
    List<FollowedContract> announced = new ArrayList<>();
    for (LogEntry entry : entries) {
      if (!entry.contract().kind().equals(ShareProjection.DIRECTORY)) {
        continue;
      }
      if (is(entry, INSTANCE_LISTED)) {
        FollowedContract listed = listed(entry);
        if (isOurs(entry) || adopted.contains(listed.address())) {
          announced.add(listed);
        }
      } else if (is(entry, COMPANY_MOVED)) {
        announced.add(successor(entry));
      }
    }
    return announced;
  }

  private boolean isOurs(LogEntry entry) {
    return entry.log().address().equals(deployment.directory());
  }

  private static boolean is(LogEntry entry, Hash event) {
    return entry.log().topics().getFirst().equals(event);
  }

  private static FollowedContract listed(LogEntry entry) {
    var listed = Directory.getInstanceListedEventFromLog(BindingsLog.of(entry.log()));
    return new FollowedContract(
        Address.parse(listed.instance), kind(listed.kind.intValueExact()), entry.block().number());
  }

  /** A Directory that has stood for some time, nobody says for how long. */
  private static FollowedContract successor(LogEntry entry) {
    return new FollowedContract(
        Address.ofWord(entry.log().topics().get(2)),
        ShareProjection.DIRECTORY,
        0,
        Math.max(entry.block().number(), entry.contract().announcedBlock()));
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
