package io.fundtrail.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.Refusal.RefusedBundle;
import io.fundtrail.proof.RlpItem.ByteString;
import io.fundtrail.proof.RlpItem.Sequence;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever bytes a stranger gives to a decoder of this package, it answers or refuses in the way
 * that it documents, at a cost in proportion to the bytes. {@code mvn verify} replays the seeds and
 * what fuzzing found; the profile {@code fuzz} and {@code -Dtest} with one of the fuzz tests, such
 * as {@code -Dtest=DecoderFuzzTest#rlp}, look for more.
 */
class DecoderFuzzTest {
  private static final PublishedCodes CODES = BundleFixtures.codes();
  private static final JsonMapper JSON = new JsonMapper();
  private static final Set<Address> VALIDATORS =
      Set.of(Address.parse("0x" + "77".repeat(20)), Address.parse("0x" + "78".repeat(20)));

  private static final BlockHeader HEADER =
      BlockHeader.decode(Bytes.of(recorded("anvil-cancun.json")));

  static Stream<byte[]> encodedItems() {
    return Stream.concat(
        headers(),
        Stream.of("event.json", "holding.json")
            .flatMap(name -> BundleFixtures.bundle(name).nodes().stream())
            .map(Bytes::bytes)
            .limit(20));
  }

  static Stream<byte[]> headers() {
    return Stream.of("anvil-cancun.json", "anvil-prague.json").map(DecoderFuzzTest::recorded);
  }

  static Stream<byte[]> sealedHeaders() {
    return headers().flatMap(header -> Stream.of(header, sealed(header)));
  }

  static Stream<byte[]> bundles() {
    return BundleFixtures.blockHashes().keySet().stream().map(BundleFixtures::json);
  }

  /** Keys and paths, each part behind its length in two bytes. */
  static Stream<byte[]> paths() {
    byte[] leaf = Rlp.encode(node("0x20646f67", "0x7075707079")).bytes();
    byte[] branch = new byte[18];
    Arrays.fill(branch, (byte) 0x80);
    branch[0] = (byte) 0xd1;
    return Stream.of(
        parts("dog".getBytes(StandardCharsets.UTF_8), leaf),
        parts("dog".getBytes(StandardCharsets.UTF_8), branch),
        parts(new byte[] {0x60}, Rlp.encode(node("0x16", "0x" + "11".repeat(32))).bytes(), branch),
        parts(new byte[0], branch));
  }

  static Stream<byte[]> receipts() {
    Sequence log =
        new Sequence(
            List.of(
                string(new byte[Address.SIZE]),
                new Sequence(List.of(string(new byte[Hash.SIZE]))),
                string(new byte[40])));
    Sequence receipt =
        new Sequence(
            List.of(
                string(new byte[] {1}),
                string(new byte[] {0x52, 0x08}),
                string(new byte[256]),
                new Sequence(List.of(log, log))));
    byte[] legacy = Rlp.encode(receipt).bytes();
    byte[] typed = new byte[legacy.length + 1];
    typed[0] = 2;
    System.arraycopy(legacy, 0, typed, 1, legacy.length);
    return Stream.of(legacy, typed);
  }

  @MethodSource("encodedItems")
  @FuzzTest(maxDuration = "5m")
  void rlp(byte[] input) {
    Cost.ofReading(
        input.length,
        () -> {
          Bytes encoded = Bytes.of(input);
          try {
            RlpItem item = Rlp.decode(encoded);
            assertThat(Rlp.encode(item)).isEqualTo(encoded);
          } catch (RlpException e) {
            assertThat(e).hasMessageNotContaining("\n");
          }
        });
  }

  @MethodSource("headers")
  @FuzzTest(maxDuration = "5m")
  void header(byte[] input) {
    Cost.ofReading(
        input.length,
        () -> {
          Bytes encoded = Bytes.of(input);
          try {
            BlockHeader header = BlockHeader.decode(encoded);
            assertThat(header.encode()).isEqualTo(encoded);
            assertThat(header.hash()).isEqualTo(Keccak.hash(encoded));
          } catch (RlpException e) {
            assertThat(e).hasMessageNotContaining("\n");
          }
        });
  }

  @MethodSource("sealedHeaders")
  @FuzzTest(maxDuration = "5m")
  void sealedHeader(byte[] input) {
    Cost.ofReading(
        input.length,
        () -> {
          Bytes encoded = Bytes.of(input);
          for (TrustAnchor anchor : anchors(Set.of(Keccak.hash(encoded)), BigInteger.ONE)) {
            try {
              TrustedHeader trusted = TrustedHeader.of(encoded, anchor);
              assertThat(trusted.trust()).isEqualTo(Verdict.Trust.BLOCK_HASH);
            } catch (RefusedBundle e) {
              assertThat(e.reason()).isNotNull();
            }
          }
        });
  }

  /** A walk among nodes whose hashes are right, whatever is in them. */
  @MethodSource("paths")
  @FuzzTest(maxDuration = "5m")
  void triePath(byte[] input) {
    Cost.ofReading(
        input.length,
        () -> {
          ByteBuffer parts = ByteBuffer.wrap(input);
          Bytes key = part(parts);
          List<Hash> asked = new ArrayList<>();
          MerklePatriciaProof.Nodes nodes =
              hash -> {
                asked.add(hash);
                return Rlp.decode(part(parts));
              };
          try {
            MerklePatriciaProof.find(Hash.ZERO, key, nodes)
                .ifPresent(value -> assertThat(value.isEmpty()).isFalse());
          } catch (InvalidProof e) {
            assertThat(e.reason()).isEqualTo(InvalidProof.Reason.MALFORMED_NODE);
          }
          assertThat(asked).hasSizeLessThanOrEqualTo(2 * key.size() + 1);
        });
  }

  /** A receipt that its trie has, whatever it is. */
  @MethodSource("receipts")
  @FuzzTest(maxDuration = "5m")
  void receipt(byte[] input) {
    Cost.ofReading(
        input.length,
        () -> {
          RlpItem leaf =
              new Sequence(List.of(string(new byte[] {0x20, (byte) 0x80}), string(input)));
          for (int log = 0; log < 3; log++) {
            try {
              Claim.Event event = Answers.event(Address.ZERO, 0, log, HEADER, _ -> leaf);
              assertThat(event.transaction()).isEqualTo(Keccak.hash(input));
            } catch (RefusedBundle | InvalidProof e) {
              assertThat(e.getMessage()).isNotEmpty();
            }
          }
        });
  }

  /** A bundle whose blocks are believed, whatever else is in it. */
  @MethodSource("bundles")
  @FuzzTest(maxDuration = "5m")
  void bundle(byte[] input) {
    Cost.ofReading(
        input.length,
        () -> {
          ProofBundle bundle;
          try {
            bundle = BundleJson.read(input);
          } catch (UnreadableBundle _) {
            return;
          }
          assertOneSpelling(input, BundleJson.write(bundle));
          Set<Hash> blocks = new HashSet<>(Set.of(Keccak.hash(bundle.header())));
          if (bundle.claim() instanceof Claim.History history) {
            blocks.add(Keccak.hash(history.earlierHeader()));
          }
          for (TrustAnchor anchor : anchors(blocks, bundle.chainId())) {
            Verdict verdict = Verifier.verify(bundle, anchor, CODES);
            assertThat(BundleJson.write(verdict)).isNotEmpty();
            assertThat(VerdictText.lines(verdict)).hasSizeGreaterThan(1);
          }
        });
  }

  @Test
  void standSeededChangesOfTheirSeeds() {
    Random random = new Random(20260101);
    changed(random, encodedItems(), this::rlp);
    changed(random, headers(), this::header);
    changed(random, sealedHeaders(), this::sealedHeader);
    changed(random, paths(), this::triePath);
    changed(random, receipts(), this::receipt);
    changed(random, bundles(), this::bundle);
  }

  private static void changed(Random random, Stream<byte[]> seeds, Consumer<byte[]> target) {
    List<byte[]> all = seeds.toList();
    for (int i = 0; i < 2_000; i++) {
      byte[] seed = all.get(i % all.size());
      target.accept(SeededChange.of(seed, all.get(random.nextInt(all.size())), random));
    }
  }

  private static void assertOneSpelling(byte[] read, byte[] written) {
    try {
      assertThat(JSON.readTree(new String(read, StandardCharsets.UTF_8)))
          .isEqualTo(JSON.readTree(written));
    } catch (JsonProcessingException e) {
      throw new AssertionError("read as a bundle, but it is no JSON in UTF-8", e);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<TrustAnchor> anchors(Set<Hash> blocks, BigInteger chainId) {
    return List.of(
        new TrustAnchor.BlockHashes(chainId, blocks),
        new TrustAnchor.BlockHashes(chainId, Set.of(Hash.ZERO)),
        new TrustAnchor.Validators(chainId, VALIDATORS));
  }

  private static byte[] recorded(String recording) {
    try {
      return BlockHeader.of(
              HeaderJson.fields(BlockHeaderTest.recording(recording).path("blocks").path(1)))
          .encode()
          .bytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The same header with extra data as QBFT's, sealed by nobody. */
  private static byte[] sealed(byte[] header) {
    Sequence extra =
        new Sequence(
            List.of(
                string(new byte[32]),
                new Sequence(
                    VALIDATORS.stream().sorted().<RlpItem>map(a -> string(a.bytes())).toList()),
                new Sequence(List.of()),
                ByteString.ofUint(BigInteger.ONE),
                new Sequence(List.of(string(signature()), string(signature())))));
    List<RlpItem> fields = new ArrayList<>(Rlp.decode(Bytes.of(header)).asSequence().items());
    fields.set(12, string(Rlp.encode(extra).bytes()));
    return Rlp.encode(new Sequence(fields)).bytes();
  }

  private static byte[] signature() {
    byte[] signature = new byte[65];
    signature[31] = 1;
    signature[63] = 1;
    return signature;
  }

  private static Sequence node(String path, String value) {
    return new Sequence(
        List.of(new ByteString(Bytes.parse(path)), new ByteString(Bytes.parse(value))));
  }

  private static ByteString string(byte[] bytes) {
    return new ByteString(Bytes.of(bytes));
  }

  private static byte[] parts(byte[]... parts) {
    ByteBuffer joined = ByteBuffer.allocate(Stream.of(parts).mapToInt(p -> p.length + 2).sum());
    for (byte[] part : parts) {
      joined.putShort((short) part.length).put(part);
    }
    return joined.array();
  }

  /** The next part, or what is left of it. */
  private static Bytes part(ByteBuffer parts) {
    int length = parts.remaining() < 2 ? 0 : parts.getShort() & 0xffff;
    byte[] part = new byte[Math.min(length, parts.remaining())];
    parts.get(part);
    return Bytes.of(part);
  }
}
