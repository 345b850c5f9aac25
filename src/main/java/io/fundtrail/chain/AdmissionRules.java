package io.fundtrail.chain;

import io.fundtrail.chain.TransactionRefused.Reason;
import java.math.BigInteger;

/**
 * What a transaction must be for the embedded chain, whatever the chain's state: signed for it, and
 * for free, since nobody there has ether. What passes here and has the right nonce is mined.
 */
record AdmissionRules(long chainId) {
  /** A block holds 90 million of these; one of them still ends within seconds. */
  static final BigInteger MAX_GAS = BigInteger.valueOf(100_000_000);

  /** EIP-3860. */
  static final int MAX_INIT_CODE = 49_152;

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
    if (transaction.maxFeePerGas().signum() != 0 || transaction.value().signum() != 0) {
      throw new TransactionRefused(
          Reason.NO_ETHER,
          "it offers %s wei per unit of gas and sends %s wei; here there is no ether, and gas is free"
              .formatted(transaction.maxFeePerGas(), transaction.value()));
    }
    if (transaction.gasLimit().compareTo(MAX_GAS) > 0) {
      throw new TransactionRefused(
          Reason.GAS_LIMIT,
          "its gas limit is %s, %s being the most".formatted(transaction.gasLimit(), MAX_GAS));
    }
    if (transaction.to().isEmpty() && transaction.data().size() > MAX_INIT_CODE) {
      throw new TransactionRefused(
          Reason.MALFORMED,
          "its init code has %d bytes, %d being the most (EIP-3860)"
              .formatted(transaction.data().size(), MAX_INIT_CODE));
    }
  }
}
