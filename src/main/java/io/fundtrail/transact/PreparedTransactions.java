package io.fundtrail.transact;

import io.fundtrail.api.Problem;
import io.fundtrail.api.ProblemType;
import io.fundtrail.chain.Call;
import io.fundtrail.chain.CallResult;
import io.fundtrail.chain.ChainException;
import io.fundtrail.chain.ChainReader;
import io.fundtrail.chain.Fees;
import io.fundtrail.chain.RpcError;
import io.fundtrail.chain.SimulatedCall;
import io.fundtrail.model.Address;
import io.fundtrail.model.AsOf;
import io.fundtrail.model.Bytes;
import io.fundtrail.transact.Refusals.Refusal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes ordered lists of unsigned transactions, tried together at the next block's time before
 * anybody signs them. What a contract would refuse is a problem that says why, in words.
 */
public final class PreparedTransactions {
  /** The member of a refusal that holds the contract's {@link ContractError}, or null. */
  static final String ERROR = "error";

  private static final int METHOD_NOT_FOUND = -32601;
  private static final BigInteger MARGIN_PARTS = BigInteger.valueOf(3);
  private static final BigInteger MARGIN_WHOLE = BigInteger.TWO;

  private final LiveChain chain;
  private final Refusals refusals;
  private final long chainId;

  public PreparedTransactions(LiveChain chain, Refusals refusals, long chainId) {
    this.chain = chain;
    this.refusals = refusals;
    this.chainId = chainId;
  }

  /** A list of transactions, as the API gives it. */
  public record Prepared(
      AsOf asOf,
      BigInteger chainId,
      Address from,
      Simulation simulation,
      List<Transaction> transactions) {
    public Prepared {
      transactions = List.copyOf(transactions);
    }
  }

  /**
   * How the transactions were tried.
   *
   * @param time the block time they ran at
   * @param tried how many of them, from the first; fewer than all where the endpoint cannot
   *     simulate
   */
  public record Simulation(Instant time, int tried) {}

  /**
   * A transaction to be signed; nonce, gas and fees are suggestions.
   *
   * @param gas null when the transaction was not tried
   */
  public record Transaction(
      String description,
      String function,
      Address to,
      BigInteger value,
      Bytes data,
      long nonce,
      @Nullable BigInteger gas,
      BigInteger maxFeePerGas,
      BigInteger maxPriorityFeePerGas) {}

  /** What a try gave: the calls that ran, at a block time. */
  private record Trial(Instant time, List<SimulatedCall> calls) {}

  /**
   * Prepares calls that one wallet will sign and send in this order.
   *
   * @param asOf the state of the ledger from which the calls were made
   */
  public Prepared prepare(AsOf asOf, Address from, List<PlannedCall> calls) {
    try {
      ChainReader reader = chain.reader();
      Trial trial = run(reader, from, calls);
      for (int i = 0; i < trial.calls().size(); i++) {
        if (trial.calls().get(i).result() instanceof CallResult.Reverted(Bytes data)) {
          throw refused(i, calls.get(i), data);
        }
      }
      return prepared(asOf, from, calls, trial, reader.nonce(from));
    } catch (ChainException e) {
      throw ChainProblems.of(e);
    }
  }

  private Prepared prepared(
      AsOf asOf, Address from, List<PlannedCall> calls, Trial trial, long firstNonce) {
    Fees fees = chain.gateway().suggestedFees();
    List<Transaction> transactions = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      PlannedCall call = calls.get(i);
      @Nullable BigInteger gas = i < trial.calls().size() ? gas(trial.calls().get(i)) : null;
      transactions.add(
          new Transaction(
              call.description(),
              call.function(),
              call.to(),
              BigInteger.ZERO,
              call.data(),
              firstNonce + i,
              gas,
              fees.maxFeePerGas(),
              fees.maxPriorityFeePerGas()));
    }
    return new Prepared(
        asOf,
        BigInteger.valueOf(chainId),
        from,
        new Simulation(trial.time(), trial.calls().size()),
        transactions);
  }

  private Trial run(ChainReader reader, Address from, List<PlannedCall> planned) {
    List<Call> calls =
        planned.stream().map(call -> new Call(from, call.to(), call.data())).toList();
    Instant time = chain.gateway().nextBlockTime();
    try {
      return new Trial(time, reader.simulate(calls, time));
    } catch (RpcError e) {
      if (!isUnknownMethod(e)) {
        throw e;
      }
      return new Trial(reader.head().time(), List.of(alone(reader, calls.getFirst())));
    }
  }

  /** Without eth_simulateV1 only the first call can be tried, and only at the head's time. */
  private static SimulatedCall alone(ChainReader reader, Call call) {
    CallResult result = reader.call(call);
    long gas = result instanceof CallResult.Returned ? reader.estimateGas(call) : 0;
    return new SimulatedCall(result, gas);
  }

  private static boolean isUnknownMethod(RpcError error) {
    String reason = error.reason().toLowerCase(Locale.ROOT);
    return error.code() == METHOD_NOT_FOUND
        || (reason.contains("method")
            && (reason.contains("not found")
                || reason.contains("not supported")
                || reason.contains("not available")
                || reason.contains("does not exist")));
  }

  private Problem refused(int index, PlannedCall call, Bytes data) {
    Refusal refusal = refusals.explain(data, call.units());
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("transaction", index);
    members.put("contract", call.to());
    members.put(ERROR, refusal.error());
    members.put("data", refusal.data());
    return Problem.of(ProblemType.REFUSED, refusal.sentence(), members);
  }

  /**
   * Half as much again: gas that comes back at the end (EIP-3529, up to a fifth) has to be there
   * until then, and the state may change before the block.
   */
  private static BigInteger gas(SimulatedCall call) {
    return BigInteger.valueOf(call.gasUsed()).multiply(MARGIN_PARTS).divide(MARGIN_WHOLE);
  }
}
