package io.fundtrail.proof;

import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.Refusal.RefusedBundle;
import java.math.BigInteger;

/**
 * What a round, a trust or a distribution owes in its settlement token, from its own storage and
 * the terms that are the end of its code. In the token's smallest unit.
 */
public final class MoneyBooks {
  private static final int WORD_104 = 104;
  private static final BigInteger BPS = BigInteger.valueOf(10_000);

  private MoneyBooks() {}

  /** Where a token keeps what an account has. */
  public static Hash balanceSlot(StorageLayout token, Address account) {
    return Storage.valueOf(token.variable("_balances"), account);
  }

  /** The settlement token that the terms name. */
  static Address token(ContractCode code, Terms terms) throws RefusedBundle {
    Address token =
        switch (code.contract()) {
          case RoundBooks.CONTRACT -> terms.address(RoundBooks.SETTLEMENT_TOKEN);
          case "CustodyTrust" -> terms.address(88);
          case "Distribution" -> terms.address(40);
          default ->
              throw Refusal.OTHER_CONTRACT.because(
                  "a " + code.contract() + " holds no settlement token");
        };
    if (token.equals(Address.ZERO)) {
      throw Refusal.OTHER_CONTRACT.because("the trust holds shares only");
    }
    return token;
  }

  /** What the contract owes to all, by its own books. */
  static BigInteger owed(ContractCode code, Terms terms, Storage storage) throws RefusedBundle {
    return switch (code.contract()) {
      case RoundBooks.CONTRACT -> new RoundBooks(code.layout(), terms, storage).owed();
      case "CustodyTrust" -> trustOwes(code.layout(), terms, storage);
      case "Distribution" ->
          code.layout()
              .member(
                  "Distribution.Standing",
                  "owed",
                  storage.read(code.layout().variable("_standing")));
      default ->
          throw Refusal.OTHER_CONTRACT.because("a " + code.contract() + " keeps no such books");
    };
  }

  /** As TrustAccounts._owedMoney: what came in, less what was paid to anyone. */
  private static BigInteger trustOwes(StorageLayout layout, Terms terms, Storage storage)
      throws RefusedBundle {
    BigInteger fund = storage.read(layout.variable("_fund")).toUint();
    BigInteger mask = BigInteger.ONE.shiftLeft(WORD_104);
    BigInteger received = fund.mod(mask);
    BigInteger released = fund.shiftRight(WORD_104).mod(mask);
    Hash paid = storage.read(layout.variable("_paid"));
    return received
        .subtract(released)
        .add(released.multiply(terms.number(180, 2)).divide(BPS))
        .subtract(layout.member("TrustRecords.Paid", "toPlatform", paid))
        .subtract(layout.member("TrustRecords.Paid", "toOthers", paid));
  }
}
