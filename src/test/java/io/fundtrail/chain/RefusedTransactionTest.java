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
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.Sign;
import org.web3j.crypto.SignedRawTransaction;
import org.web3j.crypto.TransactionDecoder;
import org.web3j.crypto.TransactionEncoder;

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
  }

  @Test
  void saysWhichGasLimitsAreTaken() throws IOException {
    assertRefused(wallet.sign(withGas(20_999)), Reason.GAS_LIMIT, "intrinsic gas too low");
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

  /**
   * The node refuses one for its gas; what the same sender sent behind it leaves no trace either.
   */
  @Test
  void takesNothingBehindARefusedOneOfTheSameSender() {
    List<Accepting> sent = new ArrayList<>();
    for (int seed = 10; seed < 13; seed++) {
      Wallet sender = new Wallet(seed);
      for (int nonce = 0; nonce < 40; nonce++) {
        long gas = seed == 11 && nonce == 20 ? 20_000 : 100_000;
        RawTransaction transaction =
            RawTransaction.createTransaction(
                BigInteger.valueOf(nonce),
                BigInteger.ZERO,
                BigInteger.valueOf(gas),
                NOBODY.toString(),
                "");
        Bytes raw = sender.sign(transaction, EmbeddedNode.DEFAULT_CHAIN_ID);
        sent.add(node.accepting(SignedTransaction.decode(raw)));
      }
    }
    for (int i = 0; i < sent.size(); i++) {
      Accepting one = sent.get(i);
      if (i < 60 || i >= 80) {
        assertThat(one.accepted()).isNotEqualTo(Hash.ZERO);
      } else {
        assertThatThrownBy(one::accepted)
            .isInstanceOfSatisfying(
                TransactionRefused.class,
                i == 60
                    ? refused -> assertThat(refused.reason()).isEqualTo(Reason.GAS_LIMIT)
                    : refused -> assertThat(refused.reason()).isEqualTo(Reason.NONCE_GAP));
      }
    }
    node.send(new Wallet(11).callWithNonce(20, NOBODY, Bytes.EMPTY));
    assertThat(chain.nonce(new Wallet(10).address())).isEqualTo(40);
    assertThat(chain.nonce(new Wallet(11).address())).isEqualTo(21);
    assertThat(chain.nonce(new Wallet(12).address())).isEqualTo(40);
    assertThat(chain.rawCall("txpool_status", List.of()).toString())
        .isEqualTo("{\"pending\":\"0x0\",\"queued\":\"0x0\"}");
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
