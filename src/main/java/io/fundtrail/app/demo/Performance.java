package io.fundtrail.app.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fundtrail.app.PlannedTransaction;
import io.fundtrail.chain.ChainReader;
import io.fundtrail.chain.EmbeddedNode;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Bytes;
import io.fundtrail.transact.Refusals;
import io.fundtrail.transact.Units;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Plays a script on the embedded chain, from where an earlier performance was interrupted. */
final class Performance {
  private static final String SUCCEEDED = "0x1";
  private static final Units DOLLARS = new Units("USD", 6);

  private final EmbeddedNode node;
  private final ChainReader chain;
  private final Script script;
  private final Refusals refusals;
  private final DemoListener listener;

  Performance(
      EmbeddedNode node,
      ChainReader chain,
      Script script,
      Refusals refusals,
      DemoListener listener) {
    this.node = node;
    this.chain = chain;
    this.script = script;
    this.refusals = refusals;
    this.listener = listener;
  }

  /** How many blocks of the script are on the chain already. */
  int blocksPlayed() {
    int from = 0;
    int to = script.blocks().size();
    while (from < to) {
      int middle = (from + to) / 2;
      if (isMined(script.blocks().get(middle))) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  /**
   * Mines the blocks of a part of the script and checks that each transaction ended as planned.
   *
   * @throws DemoStopped if one did not, or the chain's clock is past the next block
   */
  void play(int from, int to) {
    int done =
        script.blocks().subList(0, from).stream().mapToInt(b -> b.transactions().size()).sum();
    for (PlannedBlock block : script.blocks().subList(from, to)) {
      refuseToGoBack(block.time());
      BlockRef mined =
          node.mine(
              block.time(), block.transactions().stream().map(PlannedTransaction::raw).toList());
      check(mined, block);
      done += block.transactions().size();
      listener.mined(done, script.size(), block.time());
    }
  }

  /** What the contracts refused, as they should, in the order of time. */
  List<RefusedAttempt> refusedAttempts() {
    List<RefusedAttempt> attempts = new ArrayList<>();
    for (PlannedBlock block : script.blocks()) {
      for (PlannedTransaction transaction : block.transactions()) {
        transaction
            .refusal()
            .ifPresent(expected -> attempts.add(refused(block, transaction, expected)));
      }
    }
    return attempts;
  }

  private boolean isMined(PlannedBlock block) {
    return chain.receipt(block.transactions().getFirst().hash()).isPresent();
  }

  private void refuseToGoBack(Instant next) {
    Instant clock = chain.head().time();
    if (!clock.isBefore(next)) {
      throw new DemoStopped(
          "the chain's clock is at %s, but the demo would go on at %s: something else was done on this chain; \"demo --reset\" starts over"
              .formatted(clock, next));
    }
  }

  private void check(BlockRef mined, PlannedBlock block) {
    JsonNode receipts =
        chain.rawCall(
            "eth_getBlockReceipts",
            List.of(JsonNodeFactory.instance.textNode(mined.hash().toString())));
    for (int i = 0; i < block.transactions().size(); i++) {
      PlannedTransaction transaction = block.transactions().get(i);
      boolean succeeded = receipts.path(i).path("status").asText().equals(SUCCEEDED);
      if (succeeded != transaction.refusal().isEmpty()) {
        throw new DemoStopped(
            "%s (%s, transaction %s): %s"
                .formatted(
                    transaction.what(),
                    block.time(),
                    transaction.hash(),
                    succeeded
                        ? "should have been refused with " + transaction.refusal().get()
                        : explanation(transaction).sentence()));
      }
    }
  }

  private RefusedAttempt refused(
      PlannedBlock block, PlannedTransaction transaction, String expected) {
    Refusals.Refusal refusal = explanation(transaction);
    String error = refusal.error() == null ? "no known error" : refusal.error().name();
    if (!error.equals(expected)) {
      throw new DemoStopped(
          "%s (%s) was refused with %s instead of %s: %s"
              .formatted(transaction.what(), block.time(), error, expected, refusal.sentence()));
    }
    return new RefusedAttempt(block.time(), transaction.what(), error, refusal.sentence());
  }

  /** What the mined transaction returned, by tracing it again. */
  private Refusals.Refusal explanation(PlannedTransaction transaction) {
    ObjectNode tracer = JsonNodeFactory.instance.objectNode().put("tracer", "callTracer");
    JsonNode trace =
        chain.rawCall(
            "debug_traceTransaction",
            List.of(JsonNodeFactory.instance.textNode(transaction.hash().toString()), tracer));
    Bytes output = Bytes.parse(trace.path("output").asText("0x"));
    return refusals.explain(output, DOLLARS);
  }
}
