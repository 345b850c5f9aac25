package io.fundtrail.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fundtrail.app.DataDirectory.Purpose;
import io.fundtrail.chain.ChainReader;
import io.fundtrail.chain.RemoteNode;
import io.fundtrail.model.Hash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Deploys a ledger onto a chain that others run. Before the first transaction it writes down from
 * which nonce it begins, so that an interrupted deployment goes on with the same addresses.
 */
public final class ExternalDeployment {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final DataDirectory data;
  private final String rpcUrl;
  private final Consumer<String> progress;

  /**
   * A deployment by this command.
   *
   * @param progress told in words what was done
   */
  public ExternalDeployment(DataDirectory data, String rpcUrl, Consumer<String> progress) {
    this.data = data;
    this.rpcUrl = rpcUrl;
    this.progress = progress;
  }

  /** What is written down before the first transaction. */
  private record Beginning(Hash genesis, String deployer, String roles, long nonce, long block) {}

  /**
   * Deploys, or goes on with what was interrupted, and records the result.
   *
   * @throws StartRefused if the data directory has a deployment already
   * @throws DeploymentFailed if a contract cannot be created
   */
  public DeploymentPlan run(DeployerKey key, Roles roles) {
    try (DataDirectory.Claim claim = data.claim(Purpose.LEDGER);
        ChainReader chain = ChainReader.of(rpcUrl)) {
      refuseSecondDeployment();
      Signer deployer = new Signer(key.credentials(), chain.chainId());
      Deployer deploying =
          new Deployer(chain, new RemoteNode(chain, InstantSource.system()), progress);
      Hash genesis = chain.genesisHash();
      DeploymentPlan plan = plan(chain, genesis, deployer, roles, deploying);
      deploying.deploy(plan, deployer);
      new DeploymentRecord(plan.deployment(), genesis).write(data);
      Files.deleteIfExists(beginningFile());
      return plan;
    } catch (IOException e) {
      throw new StartRefused(beginningFile() + " cannot be deleted: " + e.getMessage(), e);
    }
  }

  private void refuseSecondDeployment() {
    DeploymentRecord.read(data)
        .ifPresent(record -> {
          throw new StartRefused(
              "%s has a deployment already, its Directory is %s on chain %d; give another folder with %s"
                  .formatted(
                      data.path(),
                      record.deployment().directory(),
                      record.deployment().chainId(),
                      Setting.DATA.flag()));
        });
  }

  private DeploymentPlan plan(
      ChainReader chain, Hash genesis, Signer deployer, Roles roles, Deployer deploying) {
    long nonce = chain.nonce(deployer.address());
    Optional<Beginning> interrupted = readBeginning();
    if (interrupted.isPresent()) {
      Beginning before = interrupted.get();
      DeploymentPlan plan = plan(chain, deployer, roles, before.nonce(), before.block());
      boolean same =
          before.genesis().equals(genesis)
              && before.deployer().equals(deployer.address().toString())
              && before.roles().equals(roles.toString());
      long created = deploying.created(plan);
      boolean nothingElse = deploying.minedNonce(deployer.address()) == before.nonce() + created;
      if (same && nothingElse) {
        progress.accept(
            "going on with an interrupted deployment: %d of %d contracts are there"
                .formatted(created, plan.creations().size()));
        return plan;
      }
      progress.accept(
          "starting anew: the interrupted deployment was for another chain, key or roles, or the"
              + " deployer has sent other transactions since; its contracts stay unused");
    }
    long block = chain.head().number() + 1;
    write(new Beginning(genesis, deployer.address().toString(), roles.toString(), nonce, block));
    return plan(chain, deployer, roles, nonce, block);
  }

  private static DeploymentPlan plan(
      ChainReader chain, Signer deployer, Roles roles, long nonce, long block) {
    return DeploymentPlan.of(chain.chainId(), deployer.address(), nonce, block, roles, false);
  }

  private Path beginningFile() {
    return data.path().resolve("deployment-begun.json");
  }

  private Optional<Beginning> readBeginning() {
    if (!Files.exists(beginningFile())) {
      return Optional.empty();
    }
    try {
      JsonNode json = JSON.readTree(beginningFile().toFile());
      return Optional.of(
          new Beginning(
              Hash.parse(json.path("genesis").asText()),
              json.path("deployer").asText(),
              json.path("roles").asText(),
              json.path("nonce").longValue(),
              json.path("block").longValue()));
    } catch (IOException | IllegalArgumentException e) {
      throw new StartRefused(
          "%s cannot be read: %s; delete it to start anew"
              .formatted(beginningFile(), e.getMessage()),
          e);
    }
  }

  private void write(Beginning beginning) {
    ObjectNode json = JSON.createObjectNode();
    json.put("genesis", beginning.genesis().toString());
    json.put("deployer", beginning.deployer());
    json.put("roles", beginning.roles());
    json.put("nonce", beginning.nonce());
    json.put("block", beginning.block());
    data.writeDurably(beginningFile(), (json + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
