package io.fundtrail.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.InvalidProof.Reason;
import io.fundtrail.proof.RlpItem.ByteString;
import io.fundtrail.proof.RlpItem.Sequence;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateProofTest {
  private static final Hash NO_CODE = Keccak.hash();

  @ParameterizedTest
  @ValueSource(strings = {"anvil-cancun.json", "anvil-prague.json"})
  void provesWhatOurOwnNodeSaysOfAccountsAndStorage(String recording) throws IOException {
    JsonNode json = BlockHeaderTest.recording(recording);
    int words = 0;
    for (JsonNode entry : json.path("proofs")) {
      words += assertProven(header(json, entry).stateRoot(), entry.path("proof"));
    }
    assertThat(words).isGreaterThan(10);
  }

  @Test
  void provesTheHistoryHeadUnderAHeader() throws IOException {
    JsonNode json = BlockHeaderTest.recording("anvil-cancun.json");
    Hash stored = Hash.parse("0x" + "c0ffee".repeat(10) + "00ff");
    for (JsonNode entry : json.path("proofs")) {
      JsonNode proof = entry.path("proof");
      Address address = Address.parse(proof.path("address").asText());
      boolean written =
          address.toString().equals(json.path("contract").asText())
              && !entry.path("block").asText().equals("0x1");
      assertThat(
              HeadProof.verify(
                  header(json, entry),
                  address,
                  nodes(proof.path("accountProof")),
                  nodes(headStorage(proof).path("proof"))))
          .isEqualTo(written ? stored : Hash.ZERO);
    }
  }

  @Test
  void refusesAHeadProofWithAnyByteFlippedOrOfAnotherBlock() throws IOException {
    JsonNode json = BlockHeaderTest.recording("anvil-cancun.json");
    JsonNode entry = json.path("proofs").path(3);
    BlockHeader header = header(json, entry);
    Address contract = Address.parse(json.path("contract").asText());
    List<Bytes> account = nodes(entry.path("proof").path("accountProof"));
    List<Bytes> storage = nodes(headStorage(entry.path("proof")).path("proof"));
    assertThat(HeadProof.verify(header, contract, account, storage)).isNotEqualTo(Hash.ZERO);
    for (int node = 0; node < account.size(); node++) {
      for (int i = 0; i < account.get(node).size(); i++) {
        List<Bytes> tampered = flipped(account, node, i);
        assertThat(reasonOf(header, contract, tampered, storage)).isEqualTo(Reason.WRONG_NODE);
      }
    }
    for (int node = 0; node < storage.size(); node++) {
      for (int i = 0; i < storage.get(node).size(); i++) {
        List<Bytes> tampered = flipped(storage, node, i);
        assertThat(reasonOf(header, contract, account, tampered)).isEqualTo(Reason.WRONG_NODE);
      }
    }
    BlockHeader other = header(json, json.path("proofs").path(0));
    assertThat(reasonOf(other, contract, account, storage)).isEqualTo(Reason.WRONG_NODE);
    assertThat(reasonOf(header, Address.ZERO, account, storage)).isNotNull();
    assertThat(reasonOf(header, contract, account, List.of())).isEqualTo(Reason.MISSING_NODE);
  }

  @Test
  void refusesAProvenValueThatIsNoAccountOrNoWord() {
    Address address = Address.ZERO;
    Bytes key = Bytes.of(Keccak.hash(address.bytes()).bytes());
    Bytes account = leaf(key, Rlp.encode(new Sequence(List.of())));
    assertThat(
            catchThrowableOfType(
                    InvalidProof.class,
                    () -> AccountState.verify(Keccak.hash(account), address, List.of(account)))
                .reason())
        .isEqualTo(Reason.MALFORMED_VALUE);
    Bytes slotKey = Bytes.of(Keccak.hash(Hash.ZERO.bytes()).bytes());
    Bytes word = leaf(slotKey, Bytes.parse("0x820001"));
    AccountState state = new AccountState(0, BigInteger.ZERO, Keccak.hash(word), NO_CODE);
    assertThat(
            catchThrowableOfType(
                    InvalidProof.class, () -> state.verifyStorage(Hash.ZERO, List.of(word)))
                .reason())
        .isEqualTo(Reason.MALFORMED_VALUE);
  }

  @Test
  void provesThePublicProofsOfExecutionApis() throws IOException {
    int proofs = 0;
    for (Path file : PublicVectors.files("execution-apis/tests/eth_getProof", ".io")) {
      assertProvenByItsOwnRoot(PublicVectors.recordedResult(file));
      proofs++;
    }
    assertThat(proofs).isGreaterThanOrEqualTo(4);
  }

  @Test
  void provesThePublicProofsOfBesu() throws IOException {
    int proofs = 0;
    for (Path file : PublicVectors.files("besu", ".json")) {
      JsonNode result = new ObjectMapper().readTree(file.toFile()).path("response").path("result");
      if (result.has("accountProof")) {
        assertProvenByItsOwnRoot(result);
        proofs++;
      }
    }
    assertThat(proofs).isGreaterThanOrEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ropsten_validAccount.ts",
        "ropsten_nonexistentAccount.ts",
        "ropsten_contractWithStorage.ts"
      })
  void provesThePublicProofsOfEthereumJs(String name) throws IOException {
    String folder = "ethereumjs/packages/statemanager/test/testdata/";
    String source = Files.readString(PublicVectors.file(folder + name));
    Matcher literal = Pattern.compile("= (\\{.*})", Pattern.DOTALL).matcher(source);
    assertThat(literal.find()).isTrue();
    String json =
        literal
            .group(1)
            .replaceAll("(?m)^(\\s*)(\\w+):", "$1\"$2\":")
            .replace('\'', '"')
            .replaceAll(",(\\s*[}\\]])", "$1");
    assertProvenByItsOwnRoot(new ObjectMapper().readTree(json));
  }

  private static void assertProvenByItsOwnRoot(JsonNode proof) {
    assertProven(Keccak.hash(nodes(proof.path("accountProof")).getFirst()), proof);
  }

  /** Compares the proven state with what the node says it is; gives how many words are not zero. */
  private static int assertProven(Hash stateRoot, JsonNode proof) {
    Address address = Address.parse(proof.path("address").asText());
    Optional<AccountState> account =
        AccountState.verify(stateRoot, address, nodes(proof.path("accountProof")));
    AccountState state =
        account.orElse(
            new AccountState(0, BigInteger.ZERO, MerklePatriciaProof.EMPTY_ROOT, NO_CODE));
    assertThat(state.nonce()).isEqualTo(quantity(proof.path("nonce")).longValueExact());
    assertThat(state.balance()).isEqualTo(quantity(proof.path("balance")));
    if (account.isPresent()) {
      assertThat(state.storageRoot()).hasToString(proof.path("storageHash").asText());
      assertThat(state.codeHash()).hasToString(proof.path("codeHash").asText());
    }
    int words = 0;
    for (JsonNode slot : proof.path("storageProof")) {
      Hash word =
          state.verifyStorage(Hash.ofUint(quantity(slot.path("key"))), nodes(slot.path("proof")));
      assertThat(word.toUint()).isEqualTo(quantity(slot.path("value")));
      words += word.isZero() ? 0 : 1;
    }
    return words;
  }

  private static BlockHeader header(JsonNode json, JsonNode entry) {
    int number = quantity(entry.path("block")).intValueExact();
    return BlockHeader.of(HeaderJson.fields(json.path("blocks").path(number)));
  }

  private static JsonNode headStorage(JsonNode proof) {
    JsonNode last = proof.path("storageProof").path(proof.path("storageProof").size() - 1);
    assertThat(last.path("key").asText()).isEqualTo(HistoryFold.SLOT.toString());
    return last;
  }

  private static Reason reasonOf(
      BlockHeader header, Address contract, List<Bytes> account, List<Bytes> storage) {
    return catchThrowableOfType(
            InvalidProof.class, () -> HeadProof.verify(header, contract, account, storage))
        .reason();
  }

  private static List<Bytes> nodes(JsonNode array) {
    List<Bytes> nodes = new ArrayList<>();
    array.forEach(node -> nodes.add(Bytes.parse(node.asText())));
    return nodes;
  }

  private static List<Bytes> flipped(List<Bytes> nodes, int node, int index) {
    List<Bytes> tampered = new ArrayList<>(nodes);
    byte[] copy = nodes.get(node).bytes();
    copy[index] ^= 1;
    tampered.set(node, Bytes.of(copy));
    return tampered;
  }

  private static Bytes leaf(Bytes key, Bytes value) {
    byte[] compact = new byte[key.size() + 1];
    compact[0] = 0x20;
    System.arraycopy(key.bytes(), 0, compact, 1, key.size());
    return Rlp.encode(
        new Sequence(List.of(new ByteString(Bytes.of(compact)), new ByteString(value))));
  }

  private static BigInteger quantity(JsonNode json) {
    return new BigInteger(json.asText().substring(2), 16);
  }
}
