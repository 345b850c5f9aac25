package io.fundtrail.chain;

import io.fundtrail.chain.TransactionRefused.Reason;
import io.fundtrail.model.Address;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which nonce is due of whom, after what is mined and what is admitted since. For one thread, and
 * as long as nobody else sends to the node.
 */
final class NextNonces {
  private final AnvilChain anvil;
  private final Map<Address, Long> due = new HashMap<>();

  NextNonces(AnvilChain anvil) {
    this.anvil = anvil;
  }

  /** For transactions in their order why they are not admitted, if so; the others are, by this. */
  List<Optional<TransactionRefused>> refusals(List<SignedTransaction> transactions) {
    transactions.forEach(
        transaction -> due.computeIfAbsent(transaction.sender(), anvil::minedNonce));
    return transactions.stream().map(this::refusal).toList();
  }

  /** Takes back what was admitted of some transactions none of which is to be mined. */
  void forget(List<SignedTransaction> transactions) {
    transactions.forEach(transaction -> due.remove(transaction.sender()));
  }

  private Optional<TransactionRefused> refusal(SignedTransaction transaction) {
    long next = due.getOrDefault(transaction.sender(), 0L);
    if (transaction.nonce() != next) {
      return Optional.of(wrongNonce(transaction, next));
    }
    due.put(transaction.sender(), next + 1);
    return Optional.empty();
  }

  private static TransactionRefused wrongNonce(SignedTransaction transaction, long next) {
    return new TransactionRefused(
        transaction.nonce() < next ? Reason.NONCE_TOO_LOW : Reason.NONCE_GAP,
        "the next nonce of %s is %d, not %d"
            .formatted(transaction.sender(), next, transaction.nonce()));
  }
}
