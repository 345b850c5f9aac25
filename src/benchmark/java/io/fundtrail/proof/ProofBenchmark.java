package io.fundtrail.proof;

import io.fundtrail.model.Hash;
import io.fundtrail.proof.LargeClass.SlotProof;
import java.security.Security;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlinx.coroutines.Dispatchers;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.apache.tuweni.trie.MerkleStorage;
import org.apache.tuweni.trie.StoredMerklePatriciaTrie;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** How fast proofs are verified, on one thread. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@Threads(1)
public class ProofBenchmark {
  static final int PROOFS = 1_000;
  static final int EVENTS = 10_000;

  /** Proofs of slots, as this verifier and as Tuweni takes them. */
  @State(Scope.Benchmark)
  public static class Proofs {
    Hash root = Hash.ZERO;
    List<SlotProof> own = List.of();
    Bytes32 tuweniRoot = Bytes32.ZERO;
    List<TuweniProof> tuweni = List.of();

    @Setup
    public void read() {
      Security.addProvider(new BouncyCastleProvider());
      LargeClass shares = new LargeClass();
      root = shares.storageRoot();
      own = shares.proofs(PROOFS);
      tuweniRoot = Bytes32.wrap(root.bytes());
      tuweni = own.stream().map(TuweniProof::of).toList();
    }
  }

  /** The same proof in the other library's terms. */
  record TuweniProof(Bytes key, Bytes value, List<Bytes> nodes) {
    static TuweniProof of(SlotProof proof) {
      return new TuweniProof(
          Bytes.wrap(proof.key().bytes()),
          Bytes.wrap(proof.value().bytes()),
          proof.nodes().stream().map(node -> Bytes.wrap(node.bytes())).toList());
    }
  }

  /** A history of real events. */
  @State(Scope.Benchmark)
  public static class History {
    ProofBundle bundle = BundleFixtures.bundle("history.json");
    List<Claim.Entry> events = new ArrayList<>();

    @Setup
    public void read() {
      List<Claim.Entry> few = new ArrayList<>();
      for (String name : List.of("history.json", "history-trust.json")) {
        few.addAll(((Claim.History) BundleFixtures.bundle(name).claim()).events());
      }
      for (int i = 0; i < EVENTS; i++) {
        events.add(few.get(i % few.size()));
      }
    }
  }

  /** The bundle of a whole register, as a file has it. */
  @State(Scope.Benchmark)
  public static class Register {
    LargeClass shares = new LargeClass();
    byte[] bundle = BundleJson.write(shares.register());
  }

  @Benchmark
  @OperationsPerInvocation(PROOFS)
  public int storage(Proofs proofs) {
    int proven = 0;
    for (SlotProof proof : proofs.own) {
      if (MerklePatriciaProof.verify(proofs.root, proof.key(), proof.nodes())
          .filter(proof.value()::equals)
          .isPresent()) {
        proven++;
      }
    }
    return all(proven);
  }

  @Benchmark
  @OperationsPerInvocation(PROOFS)
  public int storageByTuweni(Proofs proofs) throws Exception {
    int proven = 0;
    for (TuweniProof proof : proofs.tuweni) {
      Nodes nodes = new Nodes(proof.nodes());
      Bytes value =
          StoredMerklePatriciaTrie.storingBytes(nodes, proofs.tuweniRoot)
              .getAsync(Dispatchers.getUnconfined(), proof.key())
              .get();
      if (proof.value().equals(value)) {
        proven++;
      }
    }
    return all(proven);
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public Hash history(History history) {
    return Answers.fold(
        history.bundle.chainId(), history.bundle.contract(), Hash.ZERO, history.events);
  }

  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  public Verdict register(Register register) throws UnreadableBundle {
    Verdict verdict =
        Verifier.verify(
            BundleJson.read(register.bundle), register.shares.anchor(), register.shares.codes());
    if (verdict instanceof Verdict.Rejected rejected) {
      throw new IllegalStateException("rejected: " + rejected);
    }
    return verdict;
  }

  private static int all(int proven) {
    if (proven != PROOFS) {
      throw new IllegalStateException(proven + " of " + PROOFS + " proofs hold");
    }
    return proven;
  }

  /** The nodes of a proof by their hash, as the other library looks them up. */
  private static final class Nodes implements MerkleStorage {
    private final Map<Bytes32, Bytes> byHash = new HashMap<>();

    private Nodes(List<Bytes> nodes) {
      nodes.forEach(node -> byHash.put(org.apache.tuweni.crypto.Hash.keccak256(node), node));
    }

    @Override
    public @Nullable Object get(Bytes32 hash, Continuation<? super Bytes> continuation) {
      return byHash.get(hash);
    }

    @Override
    public Object put(Bytes32 hash, Bytes content, Continuation<? super Unit> continuation) {
      throw new IllegalStateException("a proof is only read");
    }
  }
}
