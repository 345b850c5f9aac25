package io.fundtrail.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a storage says that no class could have: that of a chain that somebody made up. */
class ShareBooksTest {
  private static final Address WALLET = Address.parse("0x" + "77".repeat(20));
  private static final StorageLayout LAYOUT = layout();

  private final Map<Hash, Hash> slots = new HashMap<>();
  private final ShareBooks books =
      new ShareBooks(slot -> slots.getOrDefault(slot, Hash.ZERO), LAYOUT);

  @Test
  void multipliesWhatWasWrittenBeforeASplit() {
    // Register: lastSplit, at bit 176, is period 2; holding: 100 shares of period 1, at bit 176.
    put(LAYOUT.variable("_register"), BigInteger.TWO.shiftLeft(176));
    put(
        ShareBooks.holdingSlot(LAYOUT, WALLET),
        BigInteger.valueOf(100).add(BigInteger.ONE.shiftLeft(176)));
    put(boundary(1), BigInteger.TWO.shiftLeft(64));
    put(boundary(2), BigInteger.valueOf(6).shiftLeft(64));

    assertThat(books.balance(WALLET)).isEqualTo(300);
  }

  @Test
  void refusesSharesOfAPeriodThatHasNotBegun() {
    put(LAYOUT.variable("_register"), BigInteger.TWO.shiftLeft(176));
    put(
        ShareBooks.holdingSlot(LAYOUT, WALLET),
        BigInteger.valueOf(100).add(BigInteger.ONE.shiftLeft(176)));

    assertThat(catchThrowableOfType(InvalidProof.class, () -> books.balance(WALLET)).reason())
        .isEqualTo(InvalidProof.Reason.MALFORMED_VALUE);
  }

  private void put(Hash slot, BigInteger word) {
    slots.put(slot, Hash.ofUint(word));
  }

  private static Hash boundary(long period) {
    return Storage.valueOf(LAYOUT.variable("_boundaries"), period);
  }

  private static StorageLayout layout() {
    return PublishedCodes.packed().named("ShareToken").layout();
  }
}
