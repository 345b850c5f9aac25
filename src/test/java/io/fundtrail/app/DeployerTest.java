package io.fundtrail.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fundtrail.chain.ChainReader;
import io.fundtrail.chain.RemoteNode;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.testnode.TestChain;
import io.fundtrail.testnode.TestNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@TestNode
class DeployerTest {
  private final List<String> said = new ArrayList<>();
  private final ChainReader chain;
  private final RemoteNode node;
  private final Signer signer;
  private final Deployer deployer;

  DeployerTest(TestChain testChain) {
    chain = ChainReader.of(testChain.rpcUrl().toString());
    node = new RemoteNode(chain, InstantSource.system());
    signer = new Signer(testChain.account(), chain.chainId());
    deployer = new Deployer(chain, node, said::add);
  }

  @AfterEach
  void close() {
    chain.close();
  }

  @Test
  void createsEveryContractWhereItWasPlanned() {
    DeploymentPlan plan = plan(Roles.development(), true);
    assertThat(deployer.created(plan)).isZero();

    deployer.deploy(plan, signer);

    assertThat(deployer.created(plan)).isEqualTo(22);
    assertThat(said).hasSize(22).allMatch(line -> line.contains(" created at 0x"));
  }

  @Test
  void goesOnWithWhatAnInterruptedDeploymentLeft() {
    DeploymentPlan plan = plan(Roles.development(), false);
    for (DeploymentPlan.Creation creation : plan.creations().subList(0, 3)) {
      deployer.send(signer, Optional.empty(), creation.initCode(), creation.name());
    }

    deployer.deploy(plan, signer);

    assertThat(said).filteredOn(line -> line.contains(" is at ")).hasSize(3);
    assertThat(said).filteredOn(line -> line.contains(" created at ")).hasSize(18);
  }

  @Test
  void refusesToGoOnWhenTheDeployerHasSentSomethingElse() {
    DeploymentPlan plan = plan(Roles.development(), false);
    deployer.send(signer, Optional.of(Address.ZERO), Bytes.EMPTY, "something else");

    assertThatThrownBy(() -> deployer.deploy(plan, signer))
        .isInstanceOf(DeploymentFailed.class)
        .hasMessageContaining("InvestorRegistry was planned for the deployer's transaction")
        .hasMessageContaining("others among them");
  }

  @Test
  void findsOutThatARoleIsHeldByAnotherThanPlanned() {
    DeploymentPlan plan = plan(Roles.development(), false);
    deployer.deploy(plan, signer);
    Roles meant = Roles.development();
    Roles others =
        new Roles(
            meant.admin(),
            signer.address(),
            meant.registrar(),
            meant.guardian(),
            meant.recovery(),
            meant.feeRecipient(),
            Duration.ofDays(2));

    DeploymentPlan plannedOtherwise =
        new DeploymentPlan(plan.deployment(), plan.addresses(), others, plan.firstNonce());

    assertThatThrownBy(() -> new DeploymentCheck(chain).verify(plannedOtherwise))
        .isInstanceOf(DeploymentFailed.class)
        .hasMessage("role 1 of " + signer.address() + " is false instead of true");
  }

  @Test
  void saysWhyATransactionWouldFail() {
    assertThatThrownBy(
            () -> deployer.send(signer, Optional.empty(), Bytes.parse("0xfe"), "nonsense"))
        .isInstanceOf(DeploymentFailed.class)
        .hasMessageStartingWith("nonsense would fail: ");
  }

  private DeploymentPlan plan(Roles roles, boolean withDemoDollar) {
    return DeploymentPlan.of(
        chain.chainId(),
        signer.address(),
        chain.nonce(signer.address()),
        chain.head().number() + 1,
        roles,
        withDemoDollar);
  }
}
