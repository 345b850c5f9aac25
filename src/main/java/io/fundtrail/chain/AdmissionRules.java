package io.fundtrail.chain;

import io.fundtrail.chain.TransactionRefused.Reason;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import java.math.BigInteger;

/**
 * What a transaction must be for the embedded chain, whatever the chain's state: signed for it, and
 * for free, since nobody there has ether. What passes here and has the right nonce is mined: it is
 * in the block log before the node sees it, and one that the node refused then would end the chain.
 */
record AdmissionRules(long chainId) {
  /** A block holds 90 million of these; one of them still ends within seconds. */
  static final BigInteger MAX_GAS = BigInteger.valueOf(100_000_000);

  /** EIP-3860. */
  static final int MAX_INIT_CODE = 49_152;

  private static final long TRANSACTION = 21_000;

  /** EIP-2. */
  private static final long CREATION = 32_000;

  /** EIP-3860, for 32 bytes. */
  private static final long INIT_CODE_WORD = 2;

  private static final long ZERO_BYTE = 4;

  /** EIP-2028. */
  private static final long OTHER_BYTE = 16;

  /** Throws {@link TransactionRefused} with the rule that is broken. */
  void check(SignedTransaction transaction) {
    if (transaction.chainId().isEmpty()) {
      throw new TransactionRefused(
          Reason.WRONG_CHAIN,
          "it is signed for any chain, not for chain " + chainId + " (EIP-155)");
    }
    if (transaction.chainId().getAsLong() != chainId) {
      throw new TransactionRefused(
          Reason.WRONG_CHAIN,
          "it is signed for chain %d, this is chain %d"
              .formatted(transaction.chainId().getAsLong(), chainId));
    }
    BigInteger offer = transaction.maxFeePerGas().max(transaction.maxPriorityFeePerGas());
    if (offer.signum() != 0 || transaction.value().signum() != 0) {
      throw new TransactionRefused(
          Reason.NO_ETHER,
          "it offers %s wei per unit of gas and sends %s wei; here there is no ether, and gas is free"
              .formatted(offer, transaction.value()));
    }
    if (transaction.gasLimit().compareTo(MAX_GAS) > 0) {
      throw new TransactionRefused(
          Reason.GAS_LIMIT,
          "its gas limit is %s, %s being the most".formatted(transaction.gasLimit(), MAX_GAS));
    }
    long least = intrinsicGas(transaction);
    if (transaction.gasLimit().compareTo(BigInteger.valueOf(least)) < 0) {
      throw new TransactionRefused(
          Reason.GAS_LIMIT,
          "its gas limit is %s, %d being the least that it takes"
              .formatted(transaction.gasLimit(), least));
    }
    if (transaction.to().isEmpty() && transaction.data().size() > MAX_INIT_CODE) {
      throw new TransactionRefused(
          Reason.MALFORMED,
          "its init code has %d bytes, %d being the most (EIP-3860)"
              .formatted(transaction.data().size(), MAX_INIT_CODE));
    }
  }

  /** What it takes to start with, before any code runs, by the rules of Cancun. */
  private static long intrinsicGas(SignedTransaction transaction) {
    long gas = TRANSACTION + transaction.accessListGas();
    Bytes data = transaction.data();
    for (int i = 0; i < data.size(); i++) {
      gas += data.get(i) == 0 ? ZERO_BYTE : OTHER_BYTE;
    }
    return transaction.to().isPresent()
        ? gas
        : gas + CREATION + INIT_CODE_WORD * Math.ceilDiv(data.size(), Hash.SIZE);
  }
}
