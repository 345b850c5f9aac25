package io.fundtrail.transact;

import io.fundtrail.api.Problem;
import io.fundtrail.api.ProblemType;
import io.fundtrail.chain.ChainBusy;
import io.fundtrail.chain.ChainException;
import io.fundtrail.chain.ChainUnavailable;
import io.fundtrail.chain.TransactionRefused;

/** What a client is told when the chain fails a request. */
final class ChainProblems {
  private ChainProblems() {}

  /** The problem to throw in its place; what is no client's business stays what it is. */
  static RuntimeException of(ChainException failure) {
    return switch (failure) {
      case TransactionRefused refused ->
          Problem.of(ProblemType.CHAIN_REFUSED, "The chain refused: " + refused.getMessage() + ".");
      case ChainBusy busy ->
          Problem.of(
              ProblemType.CHAIN_UNAVAILABLE, "The chain has no room: " + busy.getMessage() + ".");
      case ChainUnavailable _ ->
          Problem.of(
              ProblemType.CHAIN_UNAVAILABLE, "The chain's node gave no answer; try again shortly.");
      default -> failure;
    };
  }
}
