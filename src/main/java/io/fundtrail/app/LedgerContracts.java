package io.fundtrail.app;

import io.fundtrail.identity.IdentityProjection;
import io.fundtrail.index.Checkpoint;
import io.fundtrail.index.ContractKind;
import io.fundtrail.index.Contracts;
import io.fundtrail.model.Address;
import io.fundtrail.round.RoundProjection;
import io.fundtrail.round.Settlement;
import io.fundtrail.share.ShareProjection;
import io.fundtrail.store.Database;
import io.fundtrail.transact.ContractFunctionRoutes.Known;
import io.fundtrail.transact.Units;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Which contract of contracts/src stands at an address of this ledger. */
public record LedgerContracts(Database database) implements Function<Address, Optional<Known>> {
  private static final Map<ContractKind, String> NAMES =
      Map.of(
          LedgerDiscovery.AUTHORITY, "LedgerAuthority",
          ShareProjection.DIRECTORY, "Directory",
          IdentityProjection.REGISTRY, "InvestorRegistry",
          IdentityProjection.LIMITS, "InvestmentLimits",
          ShareProjection.SHARE_CLASS, "ShareToken",
          RoundProjection.ROUND, "FundingRound");

  @Override
  public Optional<Known> apply(Address address) {
    return database.read(handle ->
        Contracts.at(handle, address)
            .map(contract ->
                new Known(
                    name(contract.kind()),
                    contract.kind().name(),
                    units(handle, address, contract.kind()))));
  }

  private static String name(ContractKind kind) {
    String name = NAMES.get(kind);
    if (name == null) {
      throw new IllegalStateException("no contract is known by the kind " + kind);
    }
    return name;
  }

  private static Units units(Handle handle, Address address, ContractKind kind) {
    if (kind.equals(ShareProjection.SHARE_CLASS)) {
      return Units.SHARES;
    }
    return Checkpoint.read(handle)
        .flatMap(at -> Settlement.units(handle, address, at.number()))
        .orElse(Units.SMALLEST);
  }
}
