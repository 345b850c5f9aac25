package io.fundtrail.chain;

import java.math.BigInteger;

/** What to offer per unit of gas, in wei (EIP-1559). */
public record Fees(BigInteger maxFeePerGas, BigInteger maxPriorityFeePerGas) {
  public static final Fees NONE = new Fees(BigInteger.ZERO, BigInteger.ZERO);

  public Fees {
    if (maxPriorityFeePerGas.signum() < 0 || maxFeePerGas.compareTo(maxPriorityFeePerGas) < 0) {
      throw new IllegalArgumentException(
          "the fee " + maxFeePerGas + " must cover the priority fee " + maxPriorityFeePerGas);
    }
  }
}
