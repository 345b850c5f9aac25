package io.fundtrail.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fundtrail.chain.ChainReader;
import io.fundtrail.chain.RemoteNode;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.testnode.TestChain;
import io.fundtrail.testnode.TestNode;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@TestNode
class ExternalDeploymentTest {
  @TempDir Path folder;

  private final List<String> said = new ArrayList<>();
  private final String rpcUrl;
  private final String key;

  ExternalDeploymentTest(TestChain chain) {
    rpcUrl = chain.rpcUrl().toString();
    key = "%064x".formatted(chain.account().getEcKeyPair().getPrivateKey());
  }

  @Test
  void deploysAndRecordsWhatCanBeFoundFromTheDirectoryAlone() {
    DeploymentPlan plan = deploy(said::add);

    Deployment recorded = DeploymentRecord.read(data()).orElseThrow().deployment();
    assertThat(recorded).isEqualTo(plan.deployment());
    try (ChainReader chain = ChainReader.of(rpcUrl)) {
      Deployment found =
          ExternalLedger.find(chain, recorded.directory(), OptionalLong.of(recorded.startBlock()));
      assertThat(found).isEqualTo(recorded);
      assertThat(ExternalLedger.find(chain, recorded.directory(), OptionalLong.empty()))
          .isEqualTo(recorded);
    }
  }

  @Test
  void saysThatThereIsNoDirectoryAtAnAddress() {
    try (ChainReader chain = ChainReader.of(rpcUrl)) {
      assertThatThrownBy(() -> ExternalLedger.find(chain, Address.ZERO, OptionalLong.empty()))
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("there is no Directory of Fundtrail at " + Address.ZERO);
    }
  }

  @Test
  void goesOnAfterAnInterruption() {
    assertThatThrownBy(() -> deploy(interruptedAfter(3))).isInstanceOf(Interruption.class);

    deploy(said::add);

    assertThat(said.getFirst())
        .isEqualTo("going on with an interrupted deployment: 3 of 21 contracts are there");
    assertThat(DeploymentRecord.read(data())).isPresent();
  }

  @Test
  void startsAnewWhenTheDeployerDidSomethingElseMeanwhile() {
    assertThatThrownBy(() -> deploy(interruptedAfter(2))).isInstanceOf(Interruption.class);
    sendSomethingElse();

    deploy(said::add);

    assertThat(said).anyMatch(line -> line.startsWith("starting anew"));
    assertThat(DeploymentRecord.read(data())).isPresent();
  }

  @Test
  void refusesASecondDeploymentInTheSameFolder() {
    deploy(said::add);

    assertThatThrownBy(() -> deploy(said::add))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("has a deployment already");
  }

  @Test
  void neverShowsTheKey() {
    DeployerKey given = DeployerKey.of(settings(Map.of("FUNDTRAIL_KEY", key)));
    String wrong = key + "00";

    assertThat(given.toString()).doesNotContain(key).contains(given.address());
    assertThatThrownBy(() -> DeployerKey.of(settings(Map.of("FUNDTRAIL_KEY", wrong))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "FUNDTRAIL_KEY: a private key is 64 hexadecimal digits; what is there is not"
                + " (66 characters)");
    assertThatThrownBy(() -> DeployerKey.of(settings(Map.of())))
        .hasMessage(
            "the deployer's key is missing; put it in a file and give --key-file, or in"
                + " FUNDTRAIL_KEY");
  }

  private static final class Interruption extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private Consumer<String> interruptedAfter(int lines) {
    List<String> heard = new ArrayList<>();
    return line -> {
      heard.add(line);
      if (heard.size() == lines) {
        throw new Interruption();
      }
    };
  }

  private DeploymentPlan deploy(Consumer<String> progress) {
    DeployerKey deployerKey = DeployerKey.of(settings(Map.of("FUNDTRAIL_KEY", key)));
    return new ExternalDeployment(data(), rpcUrl, progress).run(deployerKey, Roles.development());
  }

  private DataDirectory data() {
    return new DataDirectory(folder);
  }

  private Settings settings(Map<String, String> environment) {
    return Settings.resolve(Map.of(), environment, folder);
  }

  private void sendSomethingElse() {
    try (ChainReader chain = ChainReader.of(rpcUrl)) {
      Signer signer =
          new Signer(
              DeployerKey.of(settings(Map.of("FUNDTRAIL_KEY", key))).credentials(),
              chain.chainId());
      new Deployer(chain, new RemoteNode(chain, InstantSource.system()), said::add)
          .send(signer, Optional.of(Address.ZERO), Bytes.EMPTY, "something else");
    }
  }
}
