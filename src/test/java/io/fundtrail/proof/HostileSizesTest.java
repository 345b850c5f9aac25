package io.fundtrail.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.Refusal.RefusedBundle;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is large and made to be dear costs no more than its size. */
class HostileSizesTest {
  private static final int MEGABYTE = 1 << 20;
  private static final PublishedCodes CODES = BundleFixtures.codes();
  private static final String HOLDING =
      new String(BundleFixtures.json("holding.json"), StandardCharsets.UTF_8);

  /** A log's data is in the bundle twice, in the receipt and in the claim, two digits a byte. */
  @Test
  void aBundleThatNobodyWouldReadIsNotGivenOut() {
    int most = BundleJson.MOST_BYTES / 4;
    ProofBundle large = withLog(most - MEGABYTE / 16);
    byte[] json = BundleJson.write(large);
    assertThat(json.length).isBetween(BundleJson.MOST_BYTES - MEGABYTE, BundleJson.MOST_BYTES);
    assertThat(BundleJson.size(large)).isEqualTo(json.length);
    assertThat(catchThrowable(() -> withLog(most)))
        .isInstanceOf(BundleTooLarge.class)
        .hasMessageContaining("of which at most " + BundleJson.MOST_BYTES + " are read");
  }

  private static ProofBundle withLog(int bytes) {
    Bytes zeros = Bytes.of(new byte[bytes]);
    RlpItem empty = new RlpItem.ByteString(Bytes.EMPTY);
    RlpItem log =
        new RlpItem.Sequence(
            List.of(
                new RlpItem.ByteString(Bytes.of(Address.ZERO.bytes())),
                new RlpItem.Sequence(List.of()),
                new RlpItem.ByteString(zeros)));
    List<Bytes> receipts =
        List.of(
            Rlp.encode(
                new RlpItem.Sequence(
                    List.of(empty, empty, empty, new RlpItem.Sequence(List.of(log))))));
    List<Bytes> transactions = List.of(Rlp.encode(new RlpItem.Sequence(List.of(empty))));
    List<RlpItem> header =
        new ArrayList<>(
            Rlp.decode(BundleFixtures.bundle("holding.json").header()).asSequence().items());
    header.set(4, root(transactions));
    header.set(5, root(receipts));
    return new Prover(
            CODES,
            BigInteger.ONE,
            Address.ZERO,
            Rlp.encode(new RlpItem.Sequence(header)),
            FalseState.NONE)
        .event(0, 0, transactions, receipts);
  }

  private static RlpItem root(List<Bytes> values) {
    return new RlpItem.ByteString(
        Bytes.of(Keccak.hash(TrieNodes.ofIndexed(values).root()).bytes()));
  }

  /** An event is proven without any state. */
  private enum FalseState implements StateSource {
    NONE;

    @Override
    public Bytes code(Address address) {
      throw new AssertionError("no code is needed");
    }

    @Override
    public StateProof proof(Address address, List<Hash> slots) {
      throw new AssertionError("no state is needed");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0x01, 0x7f, 0x80, 0xc0})
  void manySmallItems(int item) {
    byte[] encoded = list(MEGABYTE);
    Arrays.fill(encoded, 4, encoded.length, (byte) item);
    assertRoundTrip(encoded);
  }

  @Test
  void manyListsOfOne() {
    byte[] encoded = list(MEGABYTE);
    for (int i = 4; i < encoded.length; i += 2) {
      encoded[i] = (byte) 0xc1;
      encoded[i + 1] = (byte) 0xc0;
    }
    assertRoundTrip(encoded);
  }

  @Test
  void aLargeStringAtTheGreatestDepth() {
    RlpItem item = new RlpItem.ByteString(Bytes.of(new byte[MEGABYTE]));
    for (int depth = 0; depth < 128; depth++) {
      item = new RlpItem.Sequence(List.of(item));
    }
    assertRoundTrip(Rlp.encode(item).bytes());
  }

  @Test
  void aHeaderThatNobodyVouchesFor() {
    byte[] encoded = list(8 * MEGABYTE);
    Cost.ofReading(
        encoded.length,
        () -> {
          for (TrustAnchor anchor :
              List.of(
                  new TrustAnchor.BlockHashes(BigInteger.ONE, Set.of(Hash.ZERO)),
                  new TrustAnchor.Validators(BigInteger.ONE, Set.of(Address.ZERO)))) {
            assertThat(catchThrowable(() -> TrustedHeader.of(Bytes.of(encoded), anchor)))
                .isInstanceOf(RefusedBundle.class);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"0x\",",
        "\"0xc0\",",
        "\"0x80\",\"0xc0\",",
      })
  void aBundleOfManyNodes(String nodes) {
    assertJudged(HOLDING.replace("\"nodes\":[", "\"nodes\":[" + nodes.repeat(200_000)));
  }

  @Test
  void aBundleOfManyDifferentNodes() {
    StringBuilder nodes = new StringBuilder();
    for (int i = 0; i < 200_000; i++) {
      nodes.append("\"0x%06x\",".formatted(i));
    }
    assertJudged(HOLDING.replace("\"nodes\":[", "\"nodes\":[" + nodes));
  }

  @Test
  void aBundleOfManyCodesOfOneContract() {
    int from = HOLDING.indexOf("{\"address\"");
    String code = HOLDING.substring(from, HOLDING.indexOf("}}", from) + 2) + ",";
    assertJudged(HOLDING.replace("\"codes\":[", "\"codes\":[" + code.repeat(2_000)));
  }

  @Test
  void aBundleOfManyImmutables() {
    StringBuilder more = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      more.append("\"a%d\":\"%s\",".formatted(i, Hash.ZERO));
    }
    assertJudged(HOLDING.replaceFirst("\"immutables\":\\{", "\"immutables\":{" + more));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "{\"claim\":", "{\"claim\":{\"kind\":"})
  void textThatOpensAndNeverCloses(String opening) {
    assertUnreadable(opening.repeat(1 << 18));
  }

  @Test
  void tokensOfAnyLength() {
    for (String token :
        new String[] {"\"recordDate\":0", "\"kind\":\"holding\"", "\"format\":", "\"31337\""}) {
      assertThat(HOLDING).contains(token);
    }
    String digits = "9".repeat(MEGABYTE);
    assertUnreadable(HOLDING.replace("\"recordDate\":0", "\"recordDate\":" + digits));
    assertUnreadable(HOLDING.replace("\"recordDate\":0", "\"recordDate\":0e" + digits));
    assertUnreadable(HOLDING.replace("\"31337\"", "\"" + digits + "\""));
    assertUnreadable(HOLDING.replace("\"format\":", "\"" + digits + "\":"));
    assertUnreadable(HOLDING.replace("\"kind\":\"holding\"", "\"kind\":\"" + digits + "\""));
    assertUnreadable(" ".repeat(MEGABYTE));
  }

  @Test
  void aBundleAboveTheLimitAndOneAtIt() {
    byte[] over = new byte[BundleJson.MOST_BYTES + 1];
    Arrays.fill(over, (byte) ' ');
    assertThat(catchThrowable(() -> BundleJson.read(over)))
        .isInstanceOf(UnreadableBundle.class)
        .hasMessage("a bundle of more than 67108864 bytes");
    byte[] padded = new byte[BundleJson.MOST_BYTES];
    Arrays.fill(padded, (byte) ' ');
    byte[] bundle = HOLDING.strip().getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bundle, 0, padded, padded.length - bundle.length, bundle.length);
    assertThat(catchThrowable(() -> BundleJson.read(padded))).isNull();
  }

  private static void assertRoundTrip(byte[] encoded) {
    Cost.ofReading(
        encoded.length,
        () -> {
          Bytes bytes = Bytes.of(encoded);
          assertThat(Rlp.encode(Rlp.decode(bytes)).equals(bytes)).isTrue();
        });
  }

  private static void assertJudged(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    Cost.ofReading(
        bytes.length,
        () -> {
          try {
            ProofBundle bundle = BundleJson.read(bytes);
            assertThat(
                    Verifier.verify(
                        bundle,
                        new TrustAnchor.BlockHashes(
                            bundle.chainId(), Set.of(Keccak.hash(bundle.header()))),
                        CODES))
                .isInstanceOf(Verdict.Rejected.class);
          } catch (UnreadableBundle e) {
            throw new AssertionError(e);
          }
        });
  }

  private static void assertUnreadable(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    Cost.ofReading(
        bytes.length,
        () ->
            assertThat(catchThrowable(() -> BundleJson.read(bytes)))
                .isInstanceOf(UnreadableBundle.class)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1_000)));
  }

  /** A list of so many bytes in all, of which the first four say how long it is. */
  private static byte[] list(int size) {
    byte[] list = new byte[size];
    int payload = size - 4;
    list[0] = (byte) 0xfa;
    list[1] = (byte) (payload >>> 16);
    list[2] = (byte) (payload >>> 8);
    list[3] = (byte) payload;
    return list;
  }
}
