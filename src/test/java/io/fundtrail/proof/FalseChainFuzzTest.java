package io.fundtrail.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.Refusal.RefusedBundle;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A chain that somebody made up, and whose block is believed, has any word in any slot of contracts
 * with the published code. What is worked out from that is a claim or a refusal, at the cost of a
 * few slots.
 */
class FalseChainFuzzTest {
  private static final PublishedCodes CODES = BundleFixtures.codes();
  private static final List<String> KINDS =
      List.of("ShareToken", "FundingRound", "CustodyTrust", "Distribution", "DemoDollar");
  private static final Address CONTRACT = Address.parse("0x" + "c0".repeat(20));
  private static final Address WALLET = Address.parse("0x" + "77".repeat(20));

  /** More than a search in as many checkpoints as a slot can count, and every lot of a holding. */
  private static final int MOST_SLOTS = 2 * 64 + 256;

  static Stream<byte[]> words() {
    byte[] many = new byte[600];
    Arrays.fill(many, (byte) 0xff);
    byte[] few = new byte[600];
    Random random = new Random(3);
    for (int i = 0; i < few.length; i += 7) {
      few[i] = (byte) random.nextInt(3);
    }
    return Stream.of(many, few)
        .flatMap(words ->
            Stream.of(0, 1, 2, 3, 4)
                .map(kind -> {
                  byte[] input = words.clone();
                  input[0] = (byte) (int) kind;
                  return input;
                }));
  }

  @MethodSource("words")
  @FuzzTest(maxDuration = "5m")
  void claims(byte[] input) {
    ByteBuffer given = ByteBuffer.wrap(input);
    int kind = Math.floorMod(next(given, 1)[0], KINDS.size());
    int recordDate = next(given, 1)[0] & 0x7f;
    long now = ByteBuffer.wrap(next(given, Long.BYTES)).getLong() & Long.MAX_VALUE;
    Terms terms = new Terms(Bytes.of(next(given, next(given, 1)[0] & 0xff)));
    Map<Hash, Hash> slots = new LinkedHashMap<>();
    Storage storage = slot -> slots.computeIfAbsent(slot, _ -> Hash.of(next(given, Hash.SIZE)));
    State.Contract contract =
        new State.Contract(CONTRACT, CODES.named(KINDS.get(kind)), terms, storage);
    State state = _ -> new State.Contract(CONTRACT, CODES.named("DemoDollar"), Terms.NONE, storage);
    for (int date : new int[] {Claim.AT_THE_BLOCK, recordDate}) {
      said(now, () -> Answers.holding(contract, WALLET, date, now));
      said(now, () -> Answers.register(contract, List.of(WALLET, CONTRACT), date, now));
    }
    said(now, () -> Answers.solvency(contract, state));
    said(now, () -> Answers.commitment(contract, Hash.ZERO));
    assertThat(slots).hasSizeLessThan(MOST_SLOTS);
  }

  @Test
  void standsSeededWords() {
    Random random = new Random(20260102);
    List<byte[]> seeds = words().toList();
    for (int i = 0; i < 3_000; i++) {
      claims(
          SeededChange.of(
              seeds.get(i % seeds.size()), seeds.get(random.nextInt(seeds.size())), random));
    }
  }

  private interface Answer {
    Claim answer() throws RefusedBundle;
  }

  /** What was worked out can be said, to people and to machines. */
  private static void said(long now, Answer answer) {
    Cost.ofReading(2 * MOST_SLOTS * Hash.SIZE, () -> say(now, answer));
  }

  private static void say(long now, Answer answer) {
    Optional<Claim> claim;
    try {
      claim = Optional.of(answer.answer());
    } catch (RefusedBundle | InvalidProof e) {
      assertThat(e.getMessage()).isNotEmpty();
      return;
    }
    Verdict verdict =
        new Verdict.Accepted(
            Verdict.Trust.BLOCK_HASH,
            BigInteger.ONE,
            new Verdict.Block(1, Hash.ZERO, now),
            CONTRACT,
            null,
            claim.orElseThrow());
    assertThat(VerdictText.lines(verdict)).hasSizeGreaterThan(4);
    assertThat(BundleJson.write(verdict)).isNotEmpty();
  }

  /** So many bytes more, zeros behind the end. */
  private static byte[] next(ByteBuffer given, int size) {
    byte[] next = new byte[size];
    given.get(next, 0, Math.min(size, given.remaining()));
    return next;
  }
}
