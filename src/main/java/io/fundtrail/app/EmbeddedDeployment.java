package io.fundtrail.app;

import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The ledger of the embedded chain: always the same transactions of development accounts, mined in
 * one block, so that all of it is there or nothing. The operator's last one lists the worthless
 * settlement token that comes with it.
 */
public record EmbeddedDeployment(DeploymentPlan plan, List<PlannedTransaction> transactions) {
  /** The demo's settlement token stands for dollars: ISO 4217. */
  public static final String CURRENCY = "USD";

  private static final long CREATION_GAS = 10_000_000;
  private static final long LISTING_GAS = 200_000;

  public EmbeddedDeployment {
    transactions = List.copyOf(transactions);
  }

  /** Where everything will be, which is known before anything is signed. */
  static DeploymentPlan plan(long chainId) {
    return DeploymentPlan.of(
        chainId, DevelopmentAccount.DEPLOYER.address(), 0, 1, Roles.development(), true);
  }

  /** Plans it as the first transactions of the planner's accounts. */
  public static EmbeddedDeployment of(long chainId, TransactionPlanner planner) {
    DeploymentPlan plan = plan(chainId);
    List<PlannedTransaction> transactions = new ArrayList<>();
    for (DeploymentPlan.Creation creation : plan.creations()) {
      transactions.add(
          planner.next(
              DevelopmentAccount.DEPLOYER,
              "create " + creation.name(),
              Optional.empty(),
              creation.initCode(),
              CREATION_GAS,
              Optional.empty()));
    }
    Address directory = plan.deployment().directory();
    String demoDollar = plan.demoDollar().orElseThrow().toString();
    byte[] currency = CURRENCY.getBytes(StandardCharsets.US_ASCII);
    transactions.add(
        planner.next(
            DevelopmentAccount.OPERATOR,
            "list the settlement token",
            Optional.of(directory),
            Bound.data(Bound.directory(directory).listSettlementToken(demoDollar, currency)),
            LISTING_GAS,
            Optional.empty()));
    return new EmbeddedDeployment(plan, transactions);
  }

  /** The transaction that is mined if and only if all of it is. */
  Hash landmark() {
    return transactions.getLast().hash();
  }
}
