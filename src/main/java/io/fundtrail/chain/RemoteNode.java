package io.fundtrail.chain;

import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Sends transactions to a node that others run; they are mined when its chain mines them. */
public final class RemoteNode implements TransactionGateway {
  private final ChainReader chain;
  private final InstantSource clock;

  public RemoteNode(ChainReader chain, InstantSource clock) {
    this.chain = chain;
    this.clock = clock;
  }

  @Override
  public Hash send(Bytes rawTransaction) {
    try {
      return chain.sendRawTransaction(rawTransaction);
    } catch (RpcError e) {
      throw new TransactionRefused(reason(e), e.reason());
    }
  }

  /** Room for the base fee to double, and the node's own suggestion of a priority fee. */
  @Override
  public Fees suggestedFees() {
    BigInteger priority = chain.maxPriorityFeePerGas();
    BigInteger base = chain.gasPrice().subtract(priority).max(BigInteger.ZERO);
    return new Fees(base.multiply(BigInteger.TWO).add(priority), priority);
  }

  @Override
  public Instant nextBlockTime() {
    Instant afterHead = chain.head().time().plusSeconds(1);
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    return afterHead.isAfter(now) ? afterHead : now;
  }

  private static TransactionRefused.Reason reason(RpcError error) {
    String text = error.reason().toLowerCase(Locale.ROOT);
    if (text.contains("nonce too low")) {
      return TransactionRefused.Reason.NONCE_TOO_LOW;
    }
    if (text.contains("insufficient funds")) {
      return TransactionRefused.Reason.NO_ETHER;
    }
    if (text.contains("intrinsic gas") || text.contains("gas limit")) {
      return TransactionRefused.Reason.GAS_LIMIT;
    }
    return TransactionRefused.Reason.NODE;
  }
}
