package io.fundtrail.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fundtrail.bindings.DemoDollar;
import io.fundtrail.chain.ChainReader;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.testnode.TestChain;
import io.fundtrail.testnode.TestNode;
import java.math.BigInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.web3j.protocol.Web3j;
import org.web3j.tx.TransactionManager;
import org.web3j.tx.gas.ContractGasProvider;

/** The blooms that a real node put into its headers. */
@TestNode
class LogsBloomTest {
  private static Address logging;
  private static BlockHeader header;
  private static BlockHeader quiet;

  @BeforeAll
  static void logOnce(
      Web3j web3j, TransactionManager sender, ContractGasProvider gas, TestChain chain)
      throws Exception {
    DemoDollar dollar = DemoDollar.deploy(web3j, sender, gas).send();
    logging = Address.parse(dollar.getContractAddress());
    long block =
        dollar
            .mint(chain.account().getAddress(), BigInteger.TEN)
            .send()
            .getBlockNumber()
            .longValueExact();
    try (ChainReader reader = ChainReader.of(chain.rpcUrl().toString())) {
      header = BlockHeader.of(reader.header(block).rlpFields());
      quiet = BlockHeader.of(reader.header(0).rlpFields());
    }
  }

  @Test
  void holdsWhoLogged() {
    assertThat(LogsBloom.of(header).mayHoldLogsOf(logging)).isTrue();
  }

  @Test
  void clearsWhoDidNot() {
    LogsBloom bloom = LogsBloom.of(header);

    assertThat(IntStream.range(0, 1_000).mapToObj(LogsBloomTest::address))
        .noneMatch(bloom::mayHoldLogsOf);
  }

  @Test
  void clearsEverybodyOfABlockWithoutLogs() {
    assertThat(LogsBloom.of(quiet).mayHoldLogsOf(logging)).isFalse();
  }

  @Test
  void needsEachOfThreeBits() {
    byte[] bloom = header.logsBloom().bytes();
    long clearing =
        IntStream.range(0, bloom.length * Byte.SIZE)
            .filter(bit -> (bloom[bit / Byte.SIZE] >> bit % Byte.SIZE & 1) == 1)
            .filter(bit -> !LogsBloom.of(without(bloom, bit)).mayHoldLogsOf(logging))
            .count();

    assertThat(clearing).isEqualTo(3);
  }

  @Test
  void refusesAnotherSize() {
    assertThatThrownBy(() -> LogsBloom.of(Bytes.of(new byte[255])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a bloom has 256 bytes, not 255");
  }

  private static Bytes without(byte[] bloom, int bit) {
    byte[] other = bloom.clone();
    other[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
    return Bytes.of(other);
  }

  private static Address address(int seed) {
    return Address.ofWord(Hash.ofUint(BigInteger.valueOf(1_000_003L * (seed + 1))));
  }
}
