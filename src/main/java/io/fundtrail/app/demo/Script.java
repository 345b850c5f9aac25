package io.fundtrail.app.demo;

import io.fundtrail.app.EmbeddedDeployment;
import io.fundtrail.app.PlannedTransaction;
import io.fundtrail.app.TransactionPlanner;
import io.fundtrail.app.demo.CallData.Target;
import io.fundtrail.app.demo.Step.Action;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The whole demo as blocks of signed transactions, the deployment first: a pure function of the
 * story and the chain's number.
 */
record Script(EmbeddedDeployment deployment, Instances instances, List<PlannedBlock> blocks) {
  Script {
    blocks = List.copyOf(blocks);
  }

  static Script of(Story story, long chainId) {
    TransactionPlanner planner = new TransactionPlanner(chainId);
    EmbeddedDeployment deployment = EmbeddedDeployment.of(chainId, planner);
    Instances instances = Instances.of(story, deployment.plan().deployment().directory());
    CallData callData = new CallData(deployment.plan(), instances);
    List<PlannedBlock> blocks = new ArrayList<>();
    blocks.add(new PlannedBlock(story.begins(), deployment.transactions()));
    List<PlannedTransaction> block = new ArrayList<>();
    Instant time = story.begins();
    for (Step step : story.steps()) {
      if (step.time().isAfter(time)) {
        finish(blocks, time, block);
        time = step.time();
      }
      Target target = callData.target(step.action());
      block.add(
          planner.next(
              step.actor(),
              step.words(),
              Optional.of(target.address()),
              target.data(),
              gasLimit(step.action()),
              step.refusal()));
    }
    finish(blocks, time, block);
    return new Script(deployment, instances, blocks);
  }

  /** How many transactions there are. */
  int size() {
    return blocks.stream().mapToInt(block -> block.transactions().size()).sum();
  }

  private static void finish(
      List<PlannedBlock> blocks, Instant time, List<PlannedTransaction> block) {
    if (!block.isEmpty()) {
      blocks.add(new PlannedBlock(time, block));
      block.clear();
    }
  }

  /** At least twice what was measured: nothing is paid for it, and it is part of the hash. */
  private static long gasLimit(Action action) {
    return switch (action) {
      case Action.RegisterCompany _ -> 500_000;
      case Action.OpenShareClass _ -> 1_000_000;
      case Action.OpenRound _ -> 1_500_000;
      case Action.AttestAll(List<Person> persons) -> 200_000 + 200_000L * persons.size();
      case Action.Attest _ -> 500_000;
      case Action.Mint _ -> 200_000;
      case Action.Approve _ -> 150_000;
      case Action.Commit _ -> 800_000;
      case Action.Cancel _ -> 400_000;
      case Action.Close _ -> 300_000;
      case Action.Tally(Offering _, int count) -> 300_000 + 100_000L * count;
      case Action.Settle(Offering _, int count) -> 400_000 + 400_000L * count;
      case Action.PayProceeds _, Action.PayFee _ -> 300_000;
      case Action.Refund _ -> 400_000;
      case Action.Call _ -> 2_500_000;
    };
  }
}
