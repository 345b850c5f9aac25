package io.fundtrail.index;

import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;

/** What the index is doing. */
public sealed interface IndexState {
  /** Reading blocks that were there before. */
  record CatchingUp() implements IndexState {}

  /** At the chain's head, waiting for the next block. */
  record Following() implements IndexState {}

  /** Trying again: the chain or the database is away, or gave no usable answer. */
  record Waiting(String reason) implements IndexState {}

  /** Another program indexes the same database; this one takes over when that one ends. */
  record Standby() implements IndexState {}

  /** Ended until somebody acts. */
  record Stopped(String reason) implements IndexState {}

  /**
   * Ended because the logs that the endpoint gave do not fold to the head that the chain proves:
   * one was hidden, invented or altered. Nothing that was not verified before is kept.
   *
   * @param block the block of the proof
   * @param proven the head in the contract's storage; zero where it has none
   * @param folded the head that the logs make
   */
  record IntegrityFailure(BlockRef block, Address contract, Hash proven, Hash folded)
      implements IndexState {
    public String reason() {
      return "the logs given for %s do not make its history at %s: the chain proves head %s, they fold to %s"
          .formatted(contract, block, proven, folded);
    }
  }

  /**
   * Ended because a block's receipts or transactions, which its header commits to, have other logs
   * of a contract than the endpoint gave. Nothing that was not verified before is kept.
   *
   * @param difference what differs, in words
   */
  record FalseLogs(BlockRef block, Address contract, String difference) implements IndexState {
    public String reason() {
      return "the logs given for %s in %s are not those of the block's receipts: %s"
          .formatted(contract, block, difference);
    }
  }
}
