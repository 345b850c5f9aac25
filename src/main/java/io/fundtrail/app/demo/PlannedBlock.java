package io.fundtrail.app.demo;

import io.fundtrail.app.PlannedTransaction;
import java.time.Instant;
import java.util.List;

/** Transactions of the demo that are mined together, in this order, at this time. */
record PlannedBlock(Instant time, List<PlannedTransaction> transactions) {
  PlannedBlock {
    transactions = List.copyOf(transactions);
  }
}
