package io.fundtrail.transact;

import io.fundtrail.api.Answer;
import io.fundtrail.api.Problem;
import io.fundtrail.api.RequestParams;
import io.fundtrail.api.Route;
import io.fundtrail.api.Routes;
import io.fundtrail.chain.ChainException;
import io.fundtrail.chain.ChainReader;
import io.fundtrail.chain.Receipt;
import io.fundtrail.chain.SentTransaction;
import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Signed transactions come in here, and what became of them is told. */
public final class TransactionRoutes implements Routes {
  private static final String PATH = "/v1/transactions";

  private final LiveChain chain;
  private final Relay relay;

  public TransactionRoutes(LiveChain chain, Relay relay) {
    this.chain = chain;
    this.relay = relay;
  }

  /** How far a transaction has come. */
  public enum State {
    PENDING,
    SUCCEEDED,
    REVERTED
  }

  /** A transaction as the API gives it; block and gas are null while it waits. */
  record Followed(
      Hash hash,
      State state,
      Address from,
      @Nullable Address to,
      @Nullable BlockRef block,
      @Nullable BigInteger gasUsed) {}

  record Relayed(Hash hash) {}

  @Override
  public List<Route> routes() {
    return List.of(Route.post(PATH, this::relay), Route.get(PATH + "/{hash}", this::follow));
  }

  private Answer relay(RequestParams request) {
    Hash hash = relay.send(request.body("rawTransaction").field("rawTransaction").bytes());
    return Answer.accepted(new Relayed(hash), PATH + "/" + hash);
  }

  private Answer follow(RequestParams request) {
    Hash hash = request.path("hash").hash();
    try {
      ChainReader reader = chain.reader();
      SentTransaction sent =
          reader
              .transaction(hash)
              .orElseThrow(() -> Problem.notFound("transaction " + hash + " on this chain"));
      Optional<Receipt> receipt = reader.receipt(hash);
      return Answer.json(followed(sent, receipt, reader));
    } catch (ChainException e) {
      throw ChainProblems.of(e);
    }
  }

  private static Followed followed(
      SentTransaction sent, Optional<Receipt> receipt, ChainReader reader) {
    @Nullable Address to = sent.to().orElse(null);
    return receipt
        .map(mined ->
            new Followed(
                sent.hash(),
                mined.succeeded() ? State.SUCCEEDED : State.REVERTED,
                sent.from(),
                to,
                reader.header(mined.blockNumber()).ref(),
                BigInteger.valueOf(mined.gasUsed())))
        .orElseGet(() -> new Followed(sent.hash(), State.PENDING, sent.from(), to, null, null));
  }
}
