package io.fundtrail.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fundtrail.app.DeploymentPlan.Creation;
import io.fundtrail.chain.ChainReader;
import io.fundtrail.chain.Receipt;
import io.fundtrail.chain.RpcError;
import io.fundtrail.chain.TransactionGateway;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Brings a planned ledger onto a chain. What is already there is found and kept, so an interrupted
 * deployment goes on; afterwards every contract is asked whether it is what was planned.
 */
final class Deployer {
  private static final Duration MINED_WITHIN = Duration.ofMinutes(10);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private final ChainReader chain;
  private final TransactionGateway gateway;
  private final Consumer<String> progress;

  /**
   * @param progress told in words what was done
   */
  Deployer(ChainReader chain, TransactionGateway gateway, Consumer<String> progress) {
    this.chain = chain;
    this.gateway = gateway;
    this.progress = progress;
  }

  /**
   * Creates what is missing of the plan and checks everything.
   *
   * @throws DeploymentFailed if a contract could not be created or is not what was planned
   */
  void deploy(DeploymentPlan plan, Signer deployer) {
    for (Creation creation : plan.creations()) {
      if (isThere(creation.address())) {
        progress.accept("%s is at %s".formatted(creation.name(), creation.address()));
      } else {
        create(creation, deployer);
      }
    }
    new DeploymentCheck(chain).verify(plan);
  }

  /** How many of the plan's contracts are there. */
  long created(DeploymentPlan plan) {
    return plan.creations().stream().filter(creation -> isThere(creation.address())).count();
  }

  /** Sends a transaction and waits until it has succeeded. */
  Receipt send(Signer signer, Optional<Address> to, Bytes data, String what) {
    long gasLimit = estimateGas(signer.address(), to, data, what);
    long nonce = chain.nonce(signer.address());
    Bytes signed = signer.sign(nonce, to, data, gasLimit, gateway.suggestedFees());
    Receipt receipt = await(gateway.send(signed), what);
    if (!receipt.succeeded()) {
      throw new DeploymentFailed(
          "%s failed in block %d, transaction %s"
              .formatted(what, receipt.blockNumber(), receipt.txHash()));
    }
    return receipt;
  }

  private void create(Creation creation, Signer deployer) {
    long nonce = chain.nonce(deployer.address());
    if (nonce > creation.nonce()) {
      awaitEarlier(creation, deployer.address());
      return;
    }
    if (nonce < creation.nonce()) {
      throw otherTransactions(creation, deployer.address(), nonce);
    }
    Receipt receipt =
        send(deployer, Optional.empty(), creation.initCode(), "creating " + creation.name());
    progress.accept(
        "%s created at %s, %,d gas"
            .formatted(creation.name(), creation.address(), receipt.gasUsed()));
  }

  /** An interrupted deployment may have sent it, and it may still wait to be mined. */
  private void awaitEarlier(Creation creation, Address deployer) {
    progress.accept("waiting for %s, which was sent before".formatted(creation.name()));
    boolean mined =
        await(() -> isThere(creation.address()) || minedNonce(deployer) > creation.nonce());
    if (!isThere(creation.address())) {
      throw mined
          ? otherTransactions(creation, deployer, minedNonce(deployer))
          : new DeploymentFailed(
              "%s was sent before, but not mined in %d minutes; run the same command again"
                  .formatted(creation.name(), MINED_WITHIN.toMinutes()));
    }
  }

  private static DeploymentFailed otherTransactions(
      Creation creation, Address deployer, long nonce) {
    return new DeploymentFailed(
        "%s was planned for the deployer's transaction %d, but %s has sent %d, others among them"
            .formatted(creation.name(), creation.nonce(), deployer, nonce));
  }

  private boolean isThere(Address address) {
    return !code(address).isEmpty();
  }

  private Bytes code(Address address) {
    return Bytes.parse(askAboutLatest("eth_getCode", address));
  }

  /** How many transactions of an account are mined. */
  long minedNonce(Address address) {
    return Long.decode(askAboutLatest("eth_getTransactionCount", address));
  }

  private String askAboutLatest(String method, Address address) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return chain
        .rawCall(method, List.of(json.textNode(address.toString()), json.textNode("latest")))
        .asText();
  }

  /** With a tenth to spare, because the state may differ when it is mined. */
  private long estimateGas(Address from, Optional<Address> to, Bytes data, String what) {
    ObjectNode call = JsonNodeFactory.instance.objectNode();
    call.put("from", from.toString());
    to.ifPresent(address -> call.put("to", address.toString()));
    call.put("data", data.toString());
    String estimate;
    try {
      estimate = chain.rawCall("eth_estimateGas", List.of(call)).asText();
    } catch (RpcError e) {
      throw new DeploymentFailed("%s would fail: %s".formatted(what, e.getMessage()), e);
    }
    return Long.decode(estimate) * 11 / 10;
  }

  private Receipt await(Hash transaction, String what) {
    await(() -> chain.receipt(transaction).isPresent());
    return chain
        .receipt(transaction)
        .orElseThrow(() ->
            new DeploymentFailed(
                "%s was sent as transaction %s, but not mined in %d minutes; run the same command again"
                    .formatted(what, transaction, MINED_WITHIN.toMinutes())));
  }

  /** Whether it came about before the time was over. */
  private static boolean await(BooleanSupplier condition) {
    long until = System.nanoTime() + MINED_WITHIN.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > until) {
        return false;
      }
      try {
        Thread.sleep(BETWEEN_LOOKS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new DeploymentFailed("interrupted; run the same command again", e);
      }
    }
    return true;
  }
}
