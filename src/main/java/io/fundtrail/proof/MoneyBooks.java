package io.fundtrail.proof;

import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
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

  /** RoundStatus: credits arise in settlement only. */
  private static final int SETTLING = 2;

  private static final int SETTLED = 3;

  private MoneyBooks() {}

  /** Where a token keeps what an account has. */
  public static Hash balanceSlot(StorageLayout token, Address account) {
    return Storage.valueOf(token.variable("_balances"), account);
  }

  /** The settlement token that the terms name. */
  static Address token(ContractCode code, Bytes terms) throws RefusedBundle {
    Address token =
        switch (code.contract()) {
          case "FundingRound" -> address(terms, 0);
          case "CustodyTrust" -> address(terms, 88);
          case "Distribution" -> address(terms, 40);
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
  static BigInteger owed(ContractCode code, Bytes terms, Storage storage) throws RefusedBundle {
    return switch (code.contract()) {
      case "FundingRound" -> roundOwes(code.layout(), terms, storage);
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

  /** As FundingRound.conserved: the escrow of commitments, and what settlement has credited. */
  private static BigInteger roundOwes(StorageLayout layout, Bytes terms, Storage storage)
      throws RefusedBundle {
    Hash progress = storage.read(layout.variable("_progress"));
    BigInteger owed =
        layout
            .member("RoundState.Progress", "escrowedShares", progress)
            .multiply(number(terms, 40, 16));
    int status = layout.member("RoundState.Progress", "status", progress).intValue();
    if (status != SETTLING && status != SETTLED) {
      return owed;
    }
    Hash credits = storage.read(layout.variable("_credits"));
    return owed.add(layout.member("RoundState.Credits", "proceeds", credits))
        .add(layout.member("RoundState.Credits", "fee", credits));
  }

  /** As TrustAccounts._owedMoney: what came in, less what was paid to anyone. */
  private static BigInteger trustOwes(StorageLayout layout, Bytes terms, Storage storage)
      throws RefusedBundle {
    BigInteger fund = storage.read(layout.variable("_fund")).toUint();
    BigInteger mask = BigInteger.ONE.shiftLeft(WORD_104);
    BigInteger received = fund.mod(mask);
    BigInteger released = fund.shiftRight(WORD_104).mod(mask);
    Hash paid = storage.read(layout.variable("_paid"));
    return received
        .subtract(released)
        .add(released.multiply(number(terms, 180, 2)).divide(BPS))
        .subtract(layout.member("TrustRecords.Paid", "toPlatform", paid))
        .subtract(layout.member("TrustRecords.Paid", "toOthers", paid));
  }

  private static Address address(Bytes terms, int offset) throws RefusedBundle {
    return Address.of(part(terms, offset, Address.SIZE).bytes());
  }

  private static BigInteger number(Bytes terms, int offset, int length) throws RefusedBundle {
    return new BigInteger(1, part(terms, offset, length).bytes());
  }

  private static Bytes part(Bytes terms, int offset, int length) throws RefusedBundle {
    if (terms.size() < offset + length) {
      throw Refusal.OTHER_CODE.because("the terms are cut off at byte " + terms.size());
    }
    return terms.slice(offset, offset + length);
  }
}
