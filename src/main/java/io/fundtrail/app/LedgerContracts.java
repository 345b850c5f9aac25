package io.fundtrail.app;

import io.fundtrail.distribution.DistributionProjection;
import io.fundtrail.distribution.Distributions;
import io.fundtrail.identity.IdentityProjection;
import io.fundtrail.index.Checkpoint;
import io.fundtrail.index.ContractKind;
import io.fundtrail.index.Contracts;
import io.fundtrail.model.Address;
import io.fundtrail.round.RoundProjection;
import io.fundtrail.round.Settlement;
import io.fundtrail.share.ShareProjection;
import io.fundtrail.store.ReadOnlyDatabase;
import io.fundtrail.transact.ContractFunctionRoutes.Known;
import io.fundtrail.transact.Units;
import io.fundtrail.trust.TrustProjection;
import io.fundtrail.trust.Trusts;
import io.fundtrail.vote.VoteProjection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Which contract of contracts/src stands at an address of this ledger. */
public record LedgerContracts(ReadOnlyDatabase database)
    implements Function<Address, Optional<Known>> {
  private static final Map<ContractKind, List<String>> NAMES =
      Map.ofEntries(
          Map.entry(LedgerDiscovery.AUTHORITY, List.of("LedgerAuthority")),
          Map.entry(LedgerDiscovery.CALENDAR, List.of("BusinessCalendar")),
          Map.entry(ShareProjection.DIRECTORY, List.of("Directory")),
          Map.entry(IdentityProjection.REGISTRY, List.of("InvestorRegistry")),
          Map.entry(IdentityProjection.LIMITS, List.of("InvestmentLimits")),
          Map.entry(IdentityProjection.RECOVERY, List.of("Recovery")),
          Map.entry(ShareProjection.SHARE_CLASS, List.of("ShareActs", "ShareOrders", "ShareToken")),
          Map.entry(RoundProjection.ROUND, List.of("RoundSettlement", "FundingRound")),
          Map.entry(TrustProjection.TRUST, List.of("CustodyTrust", "TrustOffices", "TrustBooks")),
          Map.entry(DistributionProjection.DISTRIBUTION, List.of("Distribution")),
          Map.entry(VoteProjection.VOTE, List.of("HolderVote")));

  @Override
  public Optional<Known> apply(Address address) {
    return database.read(handle ->
        Contracts.at(handle, address)
            .map(contract ->
                new Known(
                    names(contract.kind()),
                    contract.kind().name(),
                    units(handle, address, contract.kind()))));
  }

  private static List<String> names(ContractKind kind) {
    List<String> names = NAMES.get(kind);
    if (names == null) {
      throw new IllegalStateException("no contract is known by the kind " + kind);
    }
    return names;
  }

  private static Units units(Handle handle, Address address, ContractKind kind) {
    if (kind.equals(ShareProjection.SHARE_CLASS)) {
      return Units.SHARES;
    }
    return Checkpoint.read(handle)
        .flatMap(at -> Settlement.units(handle, address, at.number()))
        .or(() -> Trusts.units(handle, address))
        .or(() -> Distributions.units(handle, address))
        .orElse(Units.SMALLEST);
  }
}
