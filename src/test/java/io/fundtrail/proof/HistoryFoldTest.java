package io.fundtrail.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The expected values were computed by a separate program over js-sha3. */
class HistoryFoldTest {
  private static final Hash BIRTH =
      HistoryFold.birth(
          BigInteger.valueOf(31337), Address.parse("0x5fbdb2315678afecb367f032d93f642f64180aa3"));
  private static final Hash ONES = Hash.parse("0x" + "11".repeat(32));
  private static final Hash TWOS = Hash.parse("0x" + "22".repeat(32));
  private static final Bytes DATA = Bytes.parse("0xdeadbeef");

  @Test
  void isBornFromChainAndContract() {
    assertThat(BIRTH)
        .hasToString("0x4eff3c5b1f35f65d2bda0ccda908c188864ba7e5ec40a4fd1eb5969fe8758cae");
  }

  @Test
  void foldsEventsInOrder() {
    Hash one = HistoryFold.fold(BIRTH, 1, 1463356800, List.of(ONES, TWOS), DATA);
    assertThat(one)
        .hasToString("0xbc418a80e374a64d72173fe863257fefa80ae2a01fe3d7f0a63e77e7534f71d0");
    assertThat(HistoryFold.fold(one, 2, 1463443200, List.of(), Bytes.EMPTY))
        .hasToString("0xd509aa78c2153575fe7084e8b1ccda3be480bbb1399ae4749b7a65be4f9553d4");
  }

  @Test
  void changesWithEveryPartOfAnEvent() {
    Hash head = HistoryFold.fold(BIRTH, 1, 1463356800, List.of(ONES, TWOS), DATA);
    assertThat(
            List.of(
                HistoryFold.fold(ONES, 1, 1463356800, List.of(ONES, TWOS), DATA),
                HistoryFold.fold(BIRTH, 2, 1463356800, List.of(ONES, TWOS), DATA),
                HistoryFold.fold(BIRTH, 1, 1463356801, List.of(ONES, TWOS), DATA),
                HistoryFold.fold(BIRTH, 1, 1463356800, List.of(TWOS, ONES), DATA),
                HistoryFold.fold(BIRTH, 1, 1463356800, List.of(ONES), DATA),
                HistoryFold.fold(BIRTH, 1, 1463356800, List.of(ONES, TWOS), Bytes.EMPTY)))
        .doesNotHaveDuplicates()
        .doesNotContain(head);
  }

  @Test
  void liesWhereErc7201PutsIt() {
    assertThat(HistoryFold.SLOT)
        .hasToString("0x284fe18004ccad648149b67e0da120fad36adfb5984c0483cf5536e214e6e700");
  }
}
