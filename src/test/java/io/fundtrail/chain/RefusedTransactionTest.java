package io.fundtrail.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fundtrail.chain.TransactionGateway.Accepting;
import io.fundtrail.chain.TransactionRefused.Reason;
import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.web3j.crypto.AccessListObject;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.Sign;
import org.web3j.crypto.SignedRawTransaction;
import org.web3j.crypto.TransactionDecoder;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.crypto.transaction.type.TransactionType;

class RefusedTransactionTest {
  private static final Address NOBODY = Wallet.NOBODY;
  private static final BigInteger GAS = BigInteger.valueOf(100_000);

  @TempDir private Path folder;
  private EmbeddedNode node;
  private ChainReader chain;
  private Wallet wallet;
  private BlockRef head;
  private byte[] logged;

  @BeforeEach
  void startWithOneTransaction() throws IOException {
    node = EmbeddedNodeTest.start(folder);
    chain = ChainReader.of(node.rpcUrl());
    wallet = new Wallet(1);
    node.send(wallet.call(NOBODY, Bytes.EMPTY));
    head = node.head();
    logged = Files.readAllBytes(folder.resolve(BlockLog.FILE));
  }

  @AfterEach
  void end() {
    chain.close();
    node.close();
  }

  @Test
  void saysWhichNonceIsDue() throws IOException {
    String sender = wallet.address().toString();
    assertRefused(
        wallet.callWithNonce(0, NOBODY, Bytes.EMPTY),
        Reason.NONCE_TOO_LOW,
        "the next nonce of " + sender + " is 1, not 0");
    assertRefused(
        wallet.callWithNonce(2, NOBODY, Bytes.EMPTY),
        Reason.NONCE_GAP,
        "the next nonce of " + sender + " is 1, not 2");
  }

  @Test
  void saysForWhichChainItIsSigned() throws IOException {
    RawTransaction legacy =
        RawTransaction.createTransaction(
            BigInteger.ONE, BigInteger.ZERO, GAS, NOBODY.toString(), "");
    assertRefused(
        wallet.sign(legacy, 1),
        Reason.WRONG_CHAIN,
        "it is signed for chain 1, this is chain 31337");
    assertRefused(
        wallet.signForAnyChain(legacy),
        Reason.WRONG_CHAIN,
        "it is signed for any chain, not for chain 31337 (EIP-155)");
    RawTransaction feeMarket = feeMarket(5, "", 0, 0);
    assertRefused(
        wallet.sign(feeMarket, 5),
        Reason.WRONG_CHAIN,
        "it is signed for chain 5, this is chain 31337");
  }

  @Test
  void saysThatThereIsNoEther() throws IOException {
    assertRefused(
        wallet.sign(feeMarket(31337, "", 7, 0)),
        Reason.NO_ETHER,
        "it offers 7 wei per unit of gas and sends 0 wei; here there is no ether, and gas is free");
    assertRefused(
        wallet.sign(feeMarket(31337, "", 0, 3)),
        Reason.NO_ETHER,
        "it offers 0 wei per unit of gas and sends 3 wei; here there is no ether, and gas is free");
    assertRefused(
        wallet.signTyped(
            RawTransaction.createTransaction(
                31337,
                BigInteger.ONE,
                GAS,
                NOBODY.toString(),
                BigInteger.ZERO,
                "",
                BigInteger.TWO,
                BigInteger.ZERO)),
        Reason.NO_ETHER,
        "it offers 2 wei per unit of gas and sends 0 wei; here there is no ether, and gas is free");
  }

  @Test
  void saysWhichGasLimitsAreTaken() throws IOException {
    assertRefused(
        wallet.sign(withGas(20_999)),
        Reason.GAS_LIMIT,
        "its gas limit is 20999, 21000 being the least that it takes");
    assertRefused(
        wallet.signTyped(
            RawTransaction.createTransaction(
                31337,
                BigInteger.ONE,
                BigInteger.ZERO,
                BigInteger.valueOf(21_000 + 2_400 + 1_900 + 4 + 16 - 1),
                NOBODY.toString(),
                BigInteger.ZERO,
                "0x0001",
                List.of(new AccessListObject(NOBODY.toString(), List.of("0x" + "00".repeat(32)))))),
        Reason.GAS_LIMIT,
        "its gas limit is 25319, 25320 being the least that it takes");
    assertRefused(
        wallet.sign(withGas(100_000_001)),
        Reason.GAS_LIMIT,
        "its gas limit is 100000001, 100000000 being the most");
  }

  @Test
  void takesInitCodeUpToTheLimitOfTheChain() throws IOException {
    RawTransaction tooLarge =
        RawTransaction.createContractTransaction(
            BigInteger.ONE,
            BigInteger.ZERO,
            BigInteger.valueOf(10_000_000),
            BigInteger.ZERO,
            "0x" + "00".repeat(49_153));
    assertRefused(
        wallet.sign(tooLarge),
        Reason.MALFORMED,
        "its init code has 49153 bytes, 49152 being the most (EIP-3860)");
    RawTransaction largest =
        RawTransaction.createContractTransaction(
            BigInteger.ONE,
            BigInteger.ZERO,
            BigInteger.valueOf(10_000_000),
            BigInteger.ZERO,
            "0x" + "00".repeat(49_152));
    assertThat(chain.receipt(node.send(wallet.sign(largest)))).isPresent();
  }

  @Test
  void refusesBytesThatAreNoTransaction() throws IOException {
    Bytes valid = wallet.callWithNonce(1, NOBODY, Bytes.EMPTY);
    List<Bytes> malformed = new ArrayList<>();
    malformed.add(Bytes.EMPTY);
    malformed.add(Bytes.parse("0xc0"));
    malformed.add(Bytes.parse("0x02"));
    malformed.add(Bytes.parse("0x03" + valid.toString().substring(4)));
    malformed.add(Bytes.parse("0x04" + valid.toString().substring(4)));
    malformed.add(Bytes.parse("0x7f"));
    malformed.add(Bytes.parse(valid + "00"));
    malformed.add(valid.slice(0, valid.size() - 1));
    malformed.add(Bytes.of(new byte[SignedTransaction.MAX_SIZE + 1]));
    for (Bytes raw : malformed) {
      assertThatThrownBy(() -> node.send(raw))
          .as("%s", raw)
          .isInstanceOfSatisfying(
              TransactionRefused.class,
              refused -> assertThat(refused.reason()).isEqualTo(Reason.MALFORMED));
    }
    assertNoTrace();
  }

  @Test
  void refusesTheMirroredSignature() throws IOException {
    RawTransaction transaction = feeMarket(31337, "", 0, 0);
    SignedRawTransaction signed =
        (SignedRawTransaction) TransactionDecoder.decode(wallet.sign(transaction).toString());
    Sign.SignatureData low = signed.getSignatureData();
    BigInteger high = Sign.CURVE_PARAMS.getN().subtract(new BigInteger(1, low.getS()));
    byte[] v = {(byte) (low.getV()[0] == 27 ? 28 : 27)};
    byte[] s = WordStore.word(0).bytes();
    byte[] magnitude = high.toByteArray();
    System.arraycopy(magnitude, magnitude.length - 32, s, 0, 32);
    Bytes mirrored =
        Bytes.of(TransactionEncoder.encode(transaction, new Sign.SignatureData(v, low.getR(), s)));
    assertRefused(
        mirrored,
        Reason.MALFORMED,
        "this is no transaction that can be taken: the s of its signature is in the upper half"
            + " (EIP-2)");
  }

  @Test
  void refusesABlockAsAWholeAndThenGoesOn() throws IOException {
    Wallet other = new Wallet(2);
    Bytes first = wallet.callWithNonce(1, NOBODY, Bytes.EMPTY);
    Bytes fine = other.callWithNonce(0, NOBODY, Bytes.EMPTY);
    Bytes gap = wallet.callWithNonce(3, NOBODY, Bytes.EMPTY);
    assertThatThrownBy(() -> node.mine(head.time().plusSeconds(100), List.of(first, fine, gap)))
        .isInstanceOf(TransactionRefused.class)
        .hasMessage("the next nonce of " + wallet.address() + " is 2, not 3");
    assertNoTrace();
    Bytes lowGas = other.sign(withGas(20_999));
    assertThatThrownBy(() -> node.mine(head.time().plusSeconds(100), List.of(first, fine, lowGas)))
        .isInstanceOf(TransactionRefused.class);
    assertNoTrace();
    BlockRef block = node.mine(head.time().plusSeconds(100), List.of(fine, first));
    assertThat(block.number()).isEqualTo(head.number() + 1);
    assertThat(chain.nonce(wallet.address())).isEqualTo(2);
    assertThat(chain.nonce(other.address())).isEqualTo(1);
  }

  @Test
  void logsOnlyWhatIsValidAmongManySentAtOnce() throws Exception {
    List<Future<Hash>> valid = new ArrayList<>();
    List<Future<Hash>> refused = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int seed = 10; seed < 40; seed++) {
        Bytes fine = new Wallet(seed).callWithNonce(0, NOBODY, Bytes.EMPTY);
        Bytes gap = new Wallet(seed + 100).callWithNonce(1, NOBODY, Bytes.EMPTY);
        valid.add(executor.submit(() -> node.send(fine)));
        refused.add(executor.submit(() -> node.send(gap)));
      }
    }
    List<Hash> accepted = new ArrayList<>();
    for (Future<Hash> hash : valid) {
      accepted.add(hash.get());
    }
    assertThat(refused)
        .allSatisfy(
            outcome -> assertThat(outcome.exceptionNow()).isInstanceOf(TransactionRefused.class));
    node.close();
    List<Hash> logged = new ArrayList<>();
    try (BlockLog log = BlockLog.open(folder)) {
      log.forEach(block ->
          block.transactions().forEach(raw -> logged.add(SignedTransaction.decode(raw).hash())));
    }
    assertThat(logged.subList(1, logged.size())).containsExactlyInAnyOrderElementsOf(accepted);
  }

  /** One is refused for its gas; what the same sender sent behind it leaves no trace either. */
  @Test
  void takesNothingBehindARefusedOneOfTheSameSender() {
    List<Accepting> sent = new ArrayList<>();
    for (int seed = 10; seed < 13; seed++) {
      Wallet sender = new Wallet(seed);
      for (int nonce = 0; nonce < 40; nonce++) {
        SignedTransaction transaction = withGas(sender, nonce, 100_000);
        if (seed == 11 && nonce == 20) {
          SignedTransaction little = withGas(sender, nonce, 20_000);
          assertThatThrownBy(() -> node.accepting(little))
              .isInstanceOfSatisfying(
                  TransactionRefused.class,
                  refused -> assertThat(refused.reason()).isEqualTo(Reason.GAS_LIMIT));
        } else {
          sent.add(node.accepting(transaction));
        }
      }
    }
    for (int i = 0; i < sent.size(); i++) {
      Accepting one = sent.get(i);
      if (i < 60 || i >= 79) {
        assertThat(one.accepted()).isNotEqualTo(Hash.ZERO);
      } else {
        assertThatThrownBy(one::accepted)
            .isInstanceOfSatisfying(
                TransactionRefused.class,
                refused -> assertThat(refused.reason()).isEqualTo(Reason.NONCE_GAP));
      }
    }
    node.send(new Wallet(11).callWithNonce(20, NOBODY, Bytes.EMPTY));
    assertThat(chain.nonce(new Wallet(10).address())).isEqualTo(40);
    assertThat(chain.nonce(new Wallet(11).address())).isEqualTo(21);
    assertThat(chain.nonce(new Wallet(12).address())).isEqualTo(40);
    assertThat(chain.rawCall("txpool_status", List.of()).toString())
        .isEqualTo("{\"pending\":\"0x0\",\"queued\":\"0x0\"}");
  }

  /**
   * What the rules let pass is in the block log before the node sees it, so one that the node
   * refused then would end the chain.
   */
  @Test
  void admitsNothingThatTheNodeRefuses() {
    Random random = new Random(1);
    int admitted = 0;
    for (int i = 0; i < 2_000; i++) {
      RawTransaction whole = anything(random);
      boolean legacy = whole.getType() == TransactionType.LEGACY;
      Bytes raw = damaged(legacy ? wallet.sign(whole) : wallet.signTyped(whole), random);
      try {
        node.accepting(SignedTransaction.decode(raw)).accepted();
        admitted++;
      } catch (ChainException e) {
        assertThat(e).as("%s", raw).isInstanceOf(TransactionRefused.class);
      }
      assertThat(node.failure()).as("after %s", raw).isEmpty();
    }
    assertThat(admitted).isGreaterThan(150);
    node.mine(node.nextBlockTime(), List.of());
    node.close();
    node = EmbeddedNodeTest.start(folder);
    assertThat(node.failure()).isEmpty();
  }

  /** Of any kind, with about the least gas that it takes. */
  private static RawTransaction anything(Random random) {
    String to = random.nextInt(5) == 0 ? "" : NOBODY.toString();
    byte[] data = new byte[random.nextInt(200)];
    random.nextBytes(data);
    Arrays.fill(data, 0, random.nextInt(data.length + 1), (byte) 0);
    List<AccessListObject> named =
        random.nextInt(3) > 0
            ? List.of()
            : List.of(
                new AccessListObject(
                    "0x" + "0c".repeat(19 + random.nextInt(3)),
                    List.of("0x" + "0d".repeat(31 + random.nextInt(3)))));
    long gas = 21_000 + 4_300L * named.size() + (to.isEmpty() ? 32_000 : 0);
    gas += to.isEmpty() ? 2L * Math.ceilDiv(data.length, 32) : 0;
    for (byte one : data) {
      gas += one == 0 ? 4 : 16;
    }
    BigInteger limit = BigInteger.valueOf(gas - 1 + random.nextInt(4));
    BigInteger fee = BigInteger.valueOf(random.nextInt(10) / 9);
    BigInteger zero = BigInteger.ZERO;
    String text = Bytes.of(data).toString();
    long chain = EmbeddedNode.DEFAULT_CHAIN_ID;
    return switch (random.nextInt(3)) {
      case 0 -> RawTransaction.createTransaction(zero, zero, limit, to, zero, text);
      case 1 -> RawTransaction.createTransaction(chain, zero, zero, limit, to, zero, text, named);
      default ->
          RawTransaction.createTransaction(chain, zero, limit, to, zero, text, fee, zero, named);
    };
  }

  /** Another byte changes who seems to have signed it, so that its nonce is right once more. */
  private static Bytes damaged(Bytes raw, Random random) {
    byte[] bytes = raw.bytes();
    for (int i = random.nextInt(3); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return Bytes.of(bytes);
  }

  private void assertRefused(Bytes raw, Reason reason, String message) throws IOException {
    assertThatThrownBy(() -> node.send(raw))
        .isInstanceOfSatisfying(
            TransactionRefused.class, refused -> assertThat(refused.reason()).isEqualTo(reason))
        .hasMessage(message);
    assertNoTrace();
  }

  private void assertNoTrace() throws IOException {
    assertThat(node.head()).isEqualTo(head);
    assertThat(chain.head().ref()).isEqualTo(head);
    assertThat(Files.readAllBytes(folder.resolve(BlockLog.FILE))).isEqualTo(logged);
    assertThat(chain.rawCall("txpool_status", List.of()).toString())
        .isEqualTo("{\"pending\":\"0x0\",\"queued\":\"0x0\"}");
  }

  private static SignedTransaction withGas(Wallet sender, long nonce, long gas) {
    return SignedTransaction.decode(
        sender.sign(
            RawTransaction.createTransaction(
                BigInteger.valueOf(nonce),
                BigInteger.ZERO,
                BigInteger.valueOf(gas),
                NOBODY.toString(),
                "")));
  }

  private static RawTransaction withGas(long gas) {
    return RawTransaction.createTransaction(
        BigInteger.ONE, BigInteger.ZERO, BigInteger.valueOf(gas), NOBODY.toString(), "");
  }

  private static RawTransaction feeMarket(long chainId, String data, long fee, long value) {
    return RawTransaction.createTransaction(
        chainId,
        BigInteger.ONE,
        GAS,
        NOBODY.toString(),
        BigInteger.valueOf(value),
        data,
        BigInteger.ZERO,
        BigInteger.valueOf(fee));
  }
}
