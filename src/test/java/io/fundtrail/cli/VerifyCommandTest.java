package io.fundtrail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.BlockHeader;
import io.fundtrail.proof.BundleJson;
import io.fundtrail.proof.Claim;
import io.fundtrail.proof.Keccak;
import io.fundtrail.proof.ProofBundle;
import io.fundtrail.proof.Rlp;
import io.fundtrail.proof.RlpItem;
import io.fundtrail.proof.RlpItem.ByteString;
import io.fundtrail.proof.RlpItem.Sequence;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command, on the bundle of an event in a block that has this one transaction. */
class VerifyCommandTest {
  private static final Address CONTRACT = Address.parse("0x" + "c0".repeat(20));
  private static final Hash TOPIC = Hash.parse("0x" + "ab".repeat(32));
  private static final Bytes TRANSACTION = Bytes.parse("0x02" + "cd".repeat(40));
  private static final Bytes DATA = Bytes.parse("0x1234");

  @TempDir private Path folder;

  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();
  private Path file = Path.of("");
  private String hash = "";

  @BeforeEach
  void write() throws IOException {
    Bytes log =
        Rlp.encode(
            new Sequence(
                List.of(
                    new ByteString(Bytes.of(CONTRACT.bytes())),
                    new Sequence(List.of(new ByteString(Bytes.of(TOPIC.bytes())))),
                    new ByteString(DATA))));
    Bytes receipt =
        Rlp.encode(
            new Sequence(
                List.of(
                    ByteString.ofUint(BigInteger.ONE),
                    ByteString.ofUint(BigInteger.TEN),
                    new ByteString(Bytes.of(new byte[256])),
                    new Sequence(List.of(Rlp.decode(log))))));
    Bytes receipts = leaf(receipt);
    Bytes transactions = leaf(TRANSACTION);
    BlockHeader header =
        new BlockHeader(
            Hash.ZERO,
            Hash.ZERO,
            Address.ZERO,
            Hash.ZERO,
            Keccak.hash(transactions),
            Keccak.hash(receipts),
            Bytes.of(new byte[256]),
            BigInteger.ZERO,
            7,
            0,
            0,
            1_500_000_000,
            Bytes.EMPTY,
            Hash.ZERO,
            Bytes.of(new byte[8]),
            null,
            null,
            null,
            null,
            null,
            null);
    hash = header.hash().toString();
    List<Bytes> nodes =
        Stream.of(receipts, transactions)
            .sorted((a, b) -> Keccak.hash(a).compareTo(Keccak.hash(b)))
            .toList();
    ProofBundle bundle =
        new ProofBundle(
            ProofBundle.FORMAT,
            BigInteger.valueOf(31337),
            CONTRACT,
            header.encode(),
            Bytes.EMPTY,
            List.of(),
            nodes,
            new Claim.Event(0, 0, Keccak.hash(TRANSACTION), List.of(TOPIC), DATA));
    file = folder.resolve("bundle.json");
    Files.write(file, BundleJson.write(bundle));
  }

  @Test
  void acceptsUnderTheHashOfTheBlock() {
    assertThat(verify(file.toString(), "--chain-id", "31337", "--block-hash", hash)).isZero();
    assertThat(out.toString())
        .startsWith("accepted     if the block's hash is the one that you know\n")
        .contains("block        7 of 2017-07-14T02:40:00Z, " + hash)
        .contains("transaction  " + Keccak.hash(TRANSACTION))
        .contains("data         " + DATA);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void readsStandardInputAndWritesJson() throws IOException {
    InputStream before = System.in;
    try {
      System.setIn(new ByteArrayInputStream(Files.readAllBytes(file)));
      assertThat(verify("-", "--json", "--chain-id", "31337", "--block-hash", hash)).isZero();
    } finally {
      System.setIn(before);
    }
    JsonNode verdict = new ObjectMapper().readTree(out.toString());
    assertThat(verdict.get("verdict").textValue()).isEqualTo("accepted");
    assertThat(verdict.get("trust").textValue()).isEqualTo("BLOCK_HASH");
    assertThat(verdict.at("/claim/kind").textValue()).isEqualTo("event");
    assertThat(verdict.at("/claim/data").textValue()).isEqualTo(DATA.toString());
  }

  @Test
  void rejectsWithTheReason() {
    assertThat(verify(file.toString(), "--chain-id", "31337", "--block-hash", TOPIC.toString()))
        .isOne();
    assertThat(out.toString()).startsWith("rejected     untrusted-header\n");
    assertThat(verify(file.toString(), "--chain-id", "1", "--block-hash", hash)).isOne();
    assertThat(out.toString()).startsWith("rejected     other-chain\n");
    assertThat(verify(file.toString(), "--chain-id", "31337", "--validator", CONTRACT.toString()))
        .isOne();
    assertThat(out.toString()).startsWith("rejected     malformed-header\n");
  }

  @Test
  void saysWhatIsUnusable() throws IOException {
    assertThat(verify(file.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("--block-hash", "--validator", "--provider");
    assertThat(verify(file.toString(), "--block-hash", hash)).isEqualTo(2);
    assertThat(err.toString()).contains("--chain-id");
    assertThat(verify(file.toString(), "--chain-id", "1", "--block-hash", "0x12")).isEqualTo(2);
    assertThat(verify(folder.resolve("none").toString(), "--provider", "http://x")).isEqualTo(2);
    assertThat(err.toString()).contains("cannot be read");
    Path garbage = folder.resolve("garbage");
    Files.writeString(garbage, "{\"format\":1}");
    assertThat(verify(garbage.toString(), "--chain-id", "1", "--block-hash", hash)).isEqualTo(2);
    assertThat(err.toString()).contains("is no proof bundle");
    assertThat(out.toString()).isEmpty();
  }

  private int verify(String... args) {
    out = new StringWriter();
    err = new StringWriter();
    Terminal terminal =
        new Terminal(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            Map.of(),
            folder,
            folder,
            false);
    return Main.run(
        terminal, Stream.concat(Stream.of("verify"), Stream.of(args)).toArray(String[]::new));
  }

  /** The one node of a trie with the one key that RLP makes of index 0: the byte 0x80. */
  private static Bytes leaf(Bytes value) {
    RlpItem path = new ByteString(Bytes.parse("0x2080"));
    return Rlp.encode(new Sequence(List.of(path, new ByteString(value))));
  }
}
