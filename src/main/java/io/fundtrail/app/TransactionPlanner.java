package io.fundtrail.app;

import io.fundtrail.chain.Fees;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.proof.Keccak;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Signs transactions of development accounts for the embedded chain, where gas is free, each with
 * its account's next nonce counted from 0.
 */
public final class TransactionPlanner {
  private final long chainId;
  private final Map<DevelopmentAccount, Signer> signers = new HashMap<>();
  private final Map<DevelopmentAccount, Long> nonces = new HashMap<>();

  public TransactionPlanner(long chainId) {
    this.chainId = chainId;
  }

  /** The actor's next transaction. */
  public PlannedTransaction next(
      DevelopmentAccount actor,
      String what,
      Optional<Address> to,
      Bytes data,
      long gasLimit,
      Optional<String> refusal) {
    Signer signer = signers.computeIfAbsent(actor, key -> new Signer(key.credentials(), chainId));
    long nonce = nonces.merge(actor, 1L, Long::sum) - 1;
    Bytes raw = signer.sign(nonce, to, data, gasLimit, Fees.NONE);
    return new PlannedTransaction(what, Keccak.hash(raw), raw, signer.address(), to, data, refusal);
  }
}
