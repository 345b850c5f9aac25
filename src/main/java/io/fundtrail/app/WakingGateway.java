package io.fundtrail.app;

import io.fundtrail.chain.Fees;
import io.fundtrail.chain.SignedTransaction;
import io.fundtrail.chain.TransactionGateway;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import java.time.Instant;

/** Has the index look for the block of each transaction that goes in. */
record WakingGateway(TransactionGateway gateway, Runnable wake) implements TransactionGateway {
  @Override
  public Hash send(Bytes rawTransaction) {
    Hash hash = gateway.send(rawTransaction);
    wake.run();
    return hash;
  }

  @Override
  public Accepting accepting(SignedTransaction transaction) {
    Accepting accepting = gateway.accepting(transaction);
    return () -> {
      Hash hash = accepting.accepted();
      wake.run();
      return hash;
    };
  }

  @Override
  public Fees suggestedFees() {
    return gateway.suggestedFees();
  }

  @Override
  public Instant nextBlockTime() {
    return gateway.nextBlockTime();
  }
}
