package io.fundtrail.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fundtrail.chaos.Chaos;
import io.fundtrail.chaos.HeldProgram;
import io.fundtrail.chaos.Place;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service, or its node, killed between any two steps of mining a block: what was accepted is on
 * the chain once, and every block that was there comes again with its hash.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class MiningKillTest {
  private static final long SECONDS = 180;

  /** The steps; what is stopped at one has done those before it. */
  private static final List<Place> STEPS =
      List.of(
          step("BlockLog", "append"),
          step("BlockLog", "sync"),
          step("AnvilChain", "put"),
          step("AnvilChain", "mine"),
          step("AnvilChain", "newest"),
          step("BlockProducer", "checkMined"),
          step("BlockLog", "appendMined"));

  private static final List<Place> ACCEPTING =
      List.of(
          step("BlockProducer", "accept"),
          step("BlockLog", "appendAccepted"),
          step("BlockLog", "sync"),
          step("AnvilChain", "put"),
          step("BlockProducer", "isAhead"),
          step("BlockLog", "append"),
          step("AnvilChain", "mine"),
          step("BlockLog", "appendMined"));

  private final Map<Long, String> blocks = new HashMap<>();
  private final List<String> accepted = new ArrayList<>();

  @TempDir private Path folder;

  @Test
  void theServiceKilledBetweenTwoSteps() throws Exception {
    killAtEveryStep("mining.service", Mining.class, STEPS, HeldProgram::kill);
  }

  @Test
  void theServiceKilledWhileItAcceptsWhatItMinesLater() throws Exception {
    killAtEveryStep("accepting.service", Accepting.class, ACCEPTING, HeldProgram::kill);
  }

  @Test
  void theNodeKilledBetweenTwoSteps() throws Exception {
    killAtEveryStep(
        "mining.node",
        Mining.class,
        STEPS,
        program -> {
          for (ProcessHandle node : program.children()) {
            node.destroyForcibly();
            node.onExit().get(SECONDS, TimeUnit.SECONDS);
          }
          program.goOn();
          program.awaitEnd();
        });
  }

  private interface Kill {
    void of(HeldProgram program) throws Exception;
  }

  private void killAtEveryStep(String phase, Class<?> main, List<Place> steps, Kill kill)
      throws Exception {
    Random random = Chaos.random("MiningKillTest " + phase);
    for (int round = 0; round < Chaos.times(); round++) {
      for (Place step : steps) {
        try (HeldProgram program = HeldProgram.start(main, folder.toString())) {
          program.tell("go");
          takeStock(program);
          program.stopAt(step.forTheTime(1 + random.nextInt(4)));
          program.tell("go");
          assertThat(program.awaitStop(SECONDS)).as("comes to %s", step).isTrue();
          kill.of(program);
          for (String line = program.nextLine(); !line.isEmpty(); line = program.nextLine()) {
            note(line);
          }
          Chaos.count("kills", 1);
          Chaos.count("kills." + phase, 1);
        }
      }
    }
    try (HeldProgram program = HeldProgram.start(main, folder.toString())) {
      program.tell("go");
      takeStock(program);
    }
    assertThat(accepted).hasSizeGreaterThan(steps.size());
  }

  /** Compares the chain as it is replayed with all that was said of it before. */
  private void takeStock(HeldProgram program) throws Exception {
    Map<Long, String> now = new HashMap<>();
    List<String> mined = new ArrayList<>();
    for (String line = program.nextLine(); !line.equals("replayed"); line = program.nextLine()) {
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case "block" -> now.put(Long.valueOf(words[1]), words[2]);
        case "mined" -> mined.add(words[1]);
        default -> throw new AssertionError("it said: " + line);
      }
    }
    Chaos.count("lost", accepted.stream().filter(hash -> !mined.contains(hash)).count());
    Chaos.count("doubled", mined.size() - mined.stream().distinct().count());
    Chaos.count(
        "altered",
        blocks.entrySet().stream()
            .filter(block -> !block.getValue().equals(now.get(block.getKey())))
            .count());
    assertThat(now).containsAllEntriesOf(blocks);
    assertThat(mined).containsAll(accepted).doesNotHaveDuplicates();
    blocks.putAll(now);
  }

  private void note(String line) {
    String[] words = line.split(" ", -1);
    if (words[0].equals("accepted")) {
      accepted.add(words[1]);
      if (words.length > 2) {
        blocks.put(Long.valueOf(words[2]), words[3]);
      }
    }
  }

  private static Place step(String type, String method) {
    return Place.entering("io.fundtrail.chain." + type, method);
  }

  /** Tells what its chain holds, and then makes a block after the other. */
  static final class Mining {
    static void main(String[] args) throws Exception {
      BufferedReader words =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      if (words.readLine() == null) {
        return;
      }
      try (EmbeddedNode node = EmbeddedNodeTest.start(Path.of(args[0]));
          ChainReader chain = ChainReader.of(node.rpcUrl())) {
        Wallet wallet = new Wallet(1);
        long nonce = chain.nonce(wallet.address());
        tell(chain);
        if (words.readLine() == null) {
          return;
        }
        while (true) {
          Bytes transaction = transaction(wallet, nonce++);
          BlockRef block = node.mine(node.nextBlockTime(), List.of(transaction));
          Hash hash = SignedTransaction.decode(transaction).hash();
          System.out.println("accepted " + hash + " " + block.number() + " " + block.hash());
        }
      } catch (ChainException e) {
        System.exit(1);
      }
    }

    static void tell(ChainReader chain) {
      for (BlockHead head : chain.headers(0, chain.head().number())) {
        System.out.println("block " + head.number() + " " + head.hash());
        for (JsonNode transaction : transactions(chain, head.number())) {
          System.out.println("mined " + transaction.asText());
        }
      }
      System.out.println("replayed");
    }

    private static JsonNode transactions(ChainReader chain, long block) {
      List<JsonNode> question =
          List.of(TextNode.valueOf("0x" + Long.toHexString(block)), BooleanNode.FALSE);
      return chain.rawCall("eth_getBlockByNumber", question).path("transactions");
    }

    private static Bytes transaction(Wallet wallet, long nonce) {
      return wallet.callWithNonce(nonce, Wallet.NOBODY, Bytes.EMPTY);
    }
  }

  /** Tells what its chain holds once it is mined, and then accepts more than it may mine. */
  static final class Accepting {
    static void main(String[] args) throws Exception {
      BufferedReader words =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      if (words.readLine() == null) {
        return;
      }
      EmbeddedNode.Settings settings =
          new EmbeddedNode.Settings(
              Path.of(args[0]),
              EmbeddedNodeTest.anvil(),
              EmbeddedNode.DEFAULT_CHAIN_ID,
              Instant.now());
      try (EmbeddedNode node = EmbeddedNode.open(settings, InstantSource.system());
          ChainReader chain = ChainReader.of(node.rpcUrl())) {
        node.replay((_, _) -> {});
        Wallet last = new Wallet(2);
        node.send(Mining.transaction(last, chain.nonce(last.address())));
        Mining.tell(chain);
        if (words.readLine() == null) {
          return;
        }
        Wallet wallet = new Wallet(1);
        for (long nonce = chain.nonce(wallet.address()); true; nonce++) {
          Bytes transaction = Mining.transaction(wallet, nonce);
          SignedTransaction decoded = SignedTransaction.decode(transaction);
          System.out.println("accepted " + node.accepting(decoded).accepted());
        }
      } catch (ChainException e) {
        System.exit(1);
      }
    }
  }
}
