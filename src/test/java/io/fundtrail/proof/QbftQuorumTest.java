package io.fundtrail.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.Refusal.RefusedBundle;
import io.fundtrail.proof.RlpItem.ByteString;
import io.fundtrail.proof.RlpItem.Sequence;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;

/**
 * Which sealed headers are believed. The headers are made here, as Besu makes them by its source;
 * none was recorded from a Besu network yet.
 */
class QbftQuorumTest {
  private static final BigInteger CHAIN = BigInteger.valueOf(1337);
  private static final int EXTRA_DATA = 12;
  private static final List<ECKeyPair> KEYS =
      IntStream.rangeClosed(1, 4)
          .mapToObj(i -> ECKeyPair.create(BigInteger.valueOf(1_000_003L * i)))
          .toList();
  private static final Set<Address> VALIDATORS = Set.copyOf(addresses(KEYS));

  private List<RlpItem> fields = List.of();

  @BeforeEach
  void aRecordedHeader() throws IOException {
    var block = BlockHeaderTest.recording("anvil-cancun.json").path("blocks").path(1);
    fields = Rlp.decode(BlockHeader.of(HeaderJson.fields(block)).encode()).asSequence().items();
  }

  @Test
  void aQuorumIsTwoThirdsRoundedUp() {
    assertThat(IntStream.rangeClosed(1, 10).mapToObj(QbftQuorumTest::quorum))
        .containsExactly(1, 2, 2, 3, 4, 4, 5, 6, 6, 7);
  }

  @Test
  void aHeaderThatAQuorumSealedIsBelievedByItsHashOfRoundZero() throws RefusedBundle {
    for (int round : List.of(0, 1, 300)) {
      Bytes header = sealed(round, KEYS.subList(0, 3));
      TrustedHeader trusted =
          TrustedHeader.of(header, new TrustAnchor.Validators(CHAIN, VALIDATORS));
      assertThat(trusted.trust()).isEqualTo(Verdict.Trust.QBFT_QUORUM);
      assertThat(trusted.hash()).isEqualTo(Keccak.hash(header(0, List.of())));
      assertThat(trusted.hash()).isNotEqualTo(Keccak.hash(header));
      assertThat(
              TrustedHeader.of(header, new TrustAnchor.BlockHashes(CHAIN, Set.of(trusted.hash())))
                  .trust())
          .isEqualTo(Verdict.Trust.BLOCK_HASH);
    }
  }

  @Test
  void fewerThanAQuorumAreTooFew() {
    assertThat(refusal(sealed(0, KEYS.subList(0, 2)), VALIDATORS)).isEqualTo(Refusal.TOO_FEW_SEALS);
    assertThat(refusal(sealed(0, List.of()), VALIDATORS)).isEqualTo(Refusal.TOO_FEW_SEALS);
  }

  @Test
  void aSealThatComesTwiceOrIsByAStrangerIsWrong() {
    ECKeyPair stranger = ECKeyPair.create(BigInteger.valueOf(77));
    assertThat(refusal(sealed(0, List.of(KEYS.get(0), KEYS.get(1), KEYS.get(1))), VALIDATORS))
        .isEqualTo(Refusal.WRONG_SEAL);
    assertThat(refusal(sealed(0, List.of(KEYS.get(0), KEYS.get(1), stranger)), VALIDATORS))
        .isEqualTo(Refusal.WRONG_SEAL);
    Hash otherRound = Keccak.hash(header(2, List.of()));
    List<Bytes> seals = KEYS.stream().map(key -> seal(key, otherRound)).toList();
    assertThat(refusal(header(1, seals), VALIDATORS)).isEqualTo(Refusal.WRONG_SEAL);
  }

  @Test
  void everyChangedByteOfASealIsNoticed() {
    Hash signed = Keccak.hash(header(1, List.of()));
    List<Bytes> seals = KEYS.subList(0, 3).stream().map(key -> seal(key, signed)).toList();
    for (int i = 0; i < seals.getFirst().size(); i++) {
      byte[] changed = seals.getFirst().bytes();
      changed[i] ^= 1;
      List<Bytes> told = List.of(Bytes.of(changed), seals.get(1), seals.get(2));
      assertThat(refusal(header(1, told), VALIDATORS)).isEqualTo(Refusal.WRONG_SEAL);
    }
    for (Bytes bad : List.of(Bytes.EMPTY, seals.getFirst().slice(0, 64), Bytes.of(new byte[65]))) {
      assertThat(refusal(header(1, List.of(bad)), VALIDATORS)).isEqualTo(Refusal.WRONG_SEAL);
    }
  }

  @Test
  void otherValidatorsThanTheCallersAreNotTakenForThem() {
    assertThat(refusal(sealed(0, KEYS.subList(0, 3)), Set.copyOf(addresses(KEYS.subList(0, 3)))))
        .isEqualTo(Refusal.OTHER_VALIDATORS);
  }

  @Test
  void aHeaderOfAnotherConsensusIsNone() {
    assertThat(refusal(Rlp.encode(new Sequence(fields)), VALIDATORS))
        .isEqualTo(Refusal.MALFORMED_HEADER);
    assertThat(refusal(Bytes.EMPTY, VALIDATORS)).isEqualTo(Refusal.MALFORMED_HEADER);
  }

  @Test
  void aSecondProviderVouchesForItsBlockOfThatNumber() throws RefusedBundle {
    Bytes header = Rlp.encode(new Sequence(fields));
    Hash hash = Keccak.hash(header);
    assertThat(TrustedHeader.of(header, provider(Map.of(1L, hash))).trust())
        .isEqualTo(Verdict.Trust.SECOND_PROVIDER);
    for (Map<Long, Hash> other :
        List.of(Map.of(2L, hash), Map.of(1L, Hash.ZERO), Map.<Long, Hash>of())) {
      assertThatThrownBy(() -> TrustedHeader.of(header, provider(other)))
          .isInstanceOfSatisfying(
              RefusedBundle.class,
              refused -> assertThat(refused.reason()).isEqualTo(Refusal.UNTRUSTED_HEADER));
    }
  }

  private static TrustAnchor provider(Map<Long, Hash> hashes) {
    return new TrustAnchor.SecondProvider(CHAIN, "another", hashes);
  }

  private static int quorum(int validators) {
    Set<Address> set =
        Set.copyOf(
            IntStream.rangeClosed(1, validators)
                .mapToObj(i -> Address.ofWord(Storage.slot(i)))
                .toList());
    return new TrustAnchor.Validators(CHAIN, set).quorum();
  }

  private static Refusal refusal(Bytes header, Set<Address> validators) {
    try {
      TrustedHeader.of(header, new TrustAnchor.Validators(CHAIN, validators));
      throw new AssertionError("it was believed");
    } catch (RefusedBundle e) {
      return e.reason();
    }
  }

  private Bytes sealed(int round, List<ECKeyPair> keys) {
    Hash signed = Keccak.hash(header(round, List.of()));
    return header(round, keys.stream().map(key -> seal(key, signed)).toList());
  }

  private Bytes header(int round, List<Bytes> seals) {
    List<RlpItem> extra =
        List.of(
            new ByteString(Bytes.of(new byte[32])),
            new Sequence(
                addresses(KEYS).stream()
                    .<RlpItem>map(address -> new ByteString(Bytes.of(address.bytes())))
                    .toList()),
            new Sequence(List.of()),
            ByteString.ofUint(BigInteger.valueOf(round)),
            new Sequence(seals.stream().<RlpItem>map(ByteString::new).toList()));
    List<RlpItem> header = new ArrayList<>(fields);
    header.set(EXTRA_DATA, new ByteString(Rlp.encode(new Sequence(extra))));
    return Rlp.encode(new Sequence(header));
  }

  private static Bytes seal(ECKeyPair key, Hash signed) {
    Sign.SignatureData signature = Sign.signMessage(signed.bytes(), key, false);
    byte[] seal = new byte[65];
    System.arraycopy(signature.getR(), 0, seal, 0, 32);
    System.arraycopy(signature.getS(), 0, seal, 32, 32);
    seal[64] = (byte) (signature.getV()[0] - 27);
    return Bytes.of(seal);
  }

  private static List<Address> addresses(List<ECKeyPair> keys) {
    return keys.stream().map(key -> Address.parse("0x" + Keys.getAddress(key))).toList();
  }
}
