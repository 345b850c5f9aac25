package io.fundtrail.app.demo;

import io.fundtrail.app.Bound;
import io.fundtrail.app.Deployment;
import io.fundtrail.app.DeploymentPlan;
import io.fundtrail.app.DevelopmentAccount;
import io.fundtrail.app.Signer;
import io.fundtrail.app.demo.CallData.Target;
import io.fundtrail.app.demo.Step.Action;
import io.fundtrail.chain.Fees;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.proof.Keccak;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The whole demo as blocks of signed transactions, the deployment first: a pure function of the
 * story and the chain's number.
 */
record Script(Deployment deployment, Instances instances, List<PlannedBlock> blocks) {
  private static final long CREATION_GAS = 6_000_000;

  Script {
    blocks = List.copyOf(blocks);
  }

  static Script of(Story story, long chainId) {
    DeploymentPlan plan = DeploymentPlan.embedded(chainId);
    Instances instances = Instances.of(story, plan.deployment().directory());
    Writer writer = new Writer(chainId);
    for (DeploymentPlan.Creation creation : plan.creations()) {
      writer.create(story.begins(), creation);
    }
    writer.call(
        story.begins(),
        DevelopmentAccount.OPERATOR,
        "list the demo's settlement token",
        new Target(
            plan.deployment().directory(),
            Bound.data(
                Bound.directory(plan.deployment().directory())
                    .listSettlementToken(
                        plan.deployment().demoDollar().orElseThrow().toString(), CallData.DOLLAR))),
        150_000,
        Optional.empty());
    CallData callData = new CallData(plan.deployment(), instances);
    for (Step step : story.steps()) {
      writer.call(
          step.time(),
          step.actor(),
          step.words(),
          callData.target(step.action()),
          gasLimit(step.action()),
          step.refusal());
    }
    return new Script(plan.deployment(), instances, writer.blocks());
  }

  /** How many transactions there are. */
  int size() {
    return blocks.stream().mapToInt(block -> block.transactions().size()).sum();
  }

  /** Measured, with half as much to spare. */
  private static long gasLimit(Action action) {
    return switch (action) {
      case Action.RegisterCompany _ -> 400_000;
      case Action.OpenShareClass _ -> 800_000;
      case Action.OpenRound _ -> 1_200_000;
      case Action.AttestAll(List<Person> persons) -> 100_000 + 150_000L * persons.size();
      case Action.Attest _ -> 300_000;
      case Action.Mint _ -> 100_000;
      case Action.Approve _ -> 80_000;
      case Action.Commit _ -> 500_000;
      case Action.Cancel _ -> 250_000;
      case Action.Close _ -> 200_000;
      case Action.Tally(Offering _, int count) -> 150_000 + 40_000L * count;
      case Action.Settle(Offering _, int count) -> 250_000 + 250_000L * count;
      case Action.PayProceeds _, Action.PayFee _ -> 200_000;
      case Action.Refund _ -> 250_000;
    };
  }

  /** Signs with the next nonce of each account and begins a new block with each time. */
  private static final class Writer {
    private final long chainId;
    private final Map<DevelopmentAccount, Signer> signers = new HashMap<>();
    private final Map<DevelopmentAccount, Long> nonces = new HashMap<>();
    private final List<PlannedBlock> finished = new ArrayList<>();
    private final List<PlannedTransaction> current = new ArrayList<>();
    private Instant time = Instant.EPOCH;

    Writer(long chainId) {
      this.chainId = chainId;
    }

    void create(Instant at, DeploymentPlan.Creation creation) {
      add(
          at,
          DevelopmentAccount.DEPLOYER,
          "create " + creation.name(),
          Optional.empty(),
          creation.initCode(),
          CREATION_GAS,
          Optional.empty());
    }

    void call(
        Instant at,
        DevelopmentAccount actor,
        String what,
        Target target,
        long gasLimit,
        Optional<String> refusal) {
      add(at, actor, what, Optional.of(target.address()), target.data(), gasLimit, refusal);
    }

    List<PlannedBlock> blocks() {
      finish();
      return finished;
    }

    private void add(
        Instant at,
        DevelopmentAccount actor,
        String what,
        Optional<Address> to,
        Bytes data,
        long gasLimit,
        Optional<String> refusal) {
      if (!at.equals(time)) {
        finish();
        time = at;
      }
      Signer signer = signers.computeIfAbsent(actor, key -> new Signer(key.credentials(), chainId));
      long nonce = nonces.merge(actor, 1L, Long::sum) - 1;
      Bytes raw = signer.sign(nonce, to, data, gasLimit, Fees.NONE);
      current.add(
          new PlannedTransaction(
              what, Keccak.hash(raw), raw, signer.address(), to, data, gasLimit, refusal));
    }

    private void finish() {
      if (!current.isEmpty()) {
        finished.add(new PlannedBlock(time, current));
        current.clear();
      }
    }
  }
}
