package io.fundtrail.chain;

import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.chain.JsonRpc.Question;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.model.RawLog;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Gatherers;
import java.util.stream.LongStream;

/**
 * Reads a chain through any Ethereum JSON-RPC endpoint. What it gives is what the node says,
 * checked for shape only; whether it is true is for the proof package to show. Safe for many
 * threads.
 *
 * <p>Methods throw {@link RpcError} where the node refuses, {@link ChainUnavailable} where it gives
 * no answer after several attempts, and {@link ChainException} where the answer makes no sense.
 */
public final class ChainReader implements AutoCloseable {
  private static final int BATCH = 100;
  private static final int BATCHES_AT_ONCE = 4;
  private static final int WHOLE_BLOCKS = 10;
  private static final String LATEST = "latest";

  private final JsonRpc rpc;

  private ChainReader(JsonRpc rpc) {
    this.rpc = rpc;
  }

  /** A reader of the endpoint at an http or https URL. */
  public static ChainReader of(String url) {
    return of(url, Duration.ofSeconds(60));
  }

  /** A reader that waits no longer, and reads no more, than it is told. */
  public static ChainReader of(String url, Patience patience) {
    return new ChainReader(new JsonRpc(url, patience));
  }

  /** A reader that waits so long for the next part of an answer. */
  public static ChainReader of(String url, Duration timeout) {
    return new ChainReader(new JsonRpc(url, timeout));
  }

  public long chainId() {
    return Json.number(rpc.call("eth_chainId"), "the chain id");
  }

  public Hash genesisHash() {
    return header(0).hash();
  }

  /** The newest block. */
  public BlockHead head() {
    return block(LATEST);
  }

  /** The newest block that is final, which is the genesis block where none is yet. */
  public BlockHead finalHead(Finality finality) {
    return switch (finality) {
      case Finality.Immediate() -> head();
      case Finality.Tag() -> block("finalized");
      case Finality.Depth(long blocks) -> header(Math.max(0, head().number() - blocks));
    };
  }

  /**
   * The block of a number.
   *
   * @throws ChainUnavailable if the chain has no such block, or not yet
   */
  public BlockHead header(long number) {
    BlockHead head = block(Json.quantity(number));
    checkNumber(head, number);
    return head;
  }

  /** The blocks from one number to another, both included, asked in batches. */
  public List<BlockHead> headers(long from, long to) {
    return headers(LongStream.rangeClosed(from, to).boxed().toList());
  }

  /** The blocks of some numbers, in the same order, asked in batches. */
  public List<BlockHead> headers(List<Long> numbers) {
    return inBatches(numbers, BATCH, this::headersOnce);
  }

  private List<BlockHead> headersOnce(List<Long> numbers) {
    List<Optional<BlockHead>> blocks =
        rpc.batch(
            numbers.stream().map(number -> blockQuestion(Json.quantity(number))).toList(),
            BlockHeadReader::read);
    List<BlockHead> heads = new ArrayList<>(numbers.size());
    for (int i = 0; i < numbers.size(); i++) {
      BlockHead head = found(blocks.get(i), Json.quantity(numbers.get(i)));
      checkNumber(head, numbers.get(i));
      heads.add(head);
    }
    return heads;
  }

  /** Asks a few batches at a time, so that a distant endpoint's delay is not paid for each. */
  private static <Q, A> List<A> inBatches(
      List<Q> asked, int size, Function<List<Q>, List<A>> batch) {
    List<List<Q>> parts = new ArrayList<>();
    for (int start = 0; start < asked.size(); start += size) {
      parts.add(asked.subList(start, Math.min(asked.size(), start + size)));
    }
    if (parts.size() == 1) {
      return batch.apply(parts.getFirst());
    }
    return parts.stream()
        .gather(Gatherers.mapConcurrent(BATCHES_AT_ONCE, batch))
        .flatMap(List::stream)
        .toList();
  }

  /**
   * The logs of some contracts in a range of blocks, both ends included, in the chain's order. A
   * range that the node refuses is asked in halves.
   */
  public List<RawLog> logs(long from, long to, Collection<Address> addresses) {
    if (addresses.isEmpty() || from > to) {
      return List.of();
    }
    try {
      return LogReader.checked(
          rpc.call(logsQuestion(from, to, addresses), LogReader::all), from, to, addresses);
    } catch (ChainException e) {
      if (from == to || !LogReader.refusesTheRange(e)) {
        throw e;
      }
    }
    long middle = from + (to - from) / 2;
    List<RawLog> logs = new ArrayList<>(logs(from, middle, addresses));
    logs.addAll(logs(middle + 1, to, addresses));
    return logs;
  }

  /** The proof of an account and some of its slots in the state after a block. */
  public ChainProof proof(Address address, List<Hash> slots, long blockNumber) {
    return proofs(List.of(address), slots, blockNumber).getFirst();
  }

  /** The proofs of the same slots of several accounts, in their order. */
  public List<ChainProof> proofs(List<Address> addresses, List<Hash> slots, long blockNumber) {
    return inBatches(addresses, BATCH, part -> proofsOnce(part, slots, blockNumber));
  }

  private List<ChainProof> proofsOnce(List<Address> addresses, List<Hash> slots, long blockNumber) {
    List<JsonNode> answers =
        rpc.batch(
            addresses.stream().map(address -> proofQuestion(address, slots, blockNumber)).toList(),
            JsonRpc::tree);
    List<ChainProof> proofs = new ArrayList<>(addresses.size());
    for (int i = 0; i < addresses.size(); i++) {
      proofs.add(ProofReader.read(answers.get(i), addresses.get(i), slots));
    }
    return proofs;
  }

  /** The code of an account in the state after a block; empty where it has none. */
  public Bytes code(Address address, long blockNumber) {
    return Json.bytes(
        rpc.call("eth_getCode", address.toString(), Json.quantity(blockNumber)), "code");
  }

  /** Tries a call on the newest block's state. */
  public CallResult call(Call call) {
    return call(call, LATEST);
  }

  /** Tries a call on the state after a block. */
  public CallResult call(Call call, long blockNumber) {
    return call(call, Json.quantity(blockNumber));
  }

  /**
   * Tries calls one after the other, each on the state that the one before left, as if in one next
   * block of the given time (eth_simulateV1). Nonces, balances and fees are not asked for.
   */
  public List<SimulatedCall> simulate(List<Call> calls, Instant time) {
    JsonNode blocks =
        rpc.call(
            "eth_simulateV1",
            Map.of(
                "blockStateCalls",
                List.of(
                    Map.of(
                        "blockOverrides",
                        Map.of("time", Json.quantity(time.getEpochSecond())),
                        "calls",
                        calls.stream().map(ChainReader::callObject).toList()))),
            LATEST);
    return SimulationReader.read(blocks, calls.size());
  }

  /** The transaction of a hash, if the node knows it. */
  public Optional<SentTransaction> transaction(Hash hash) {
    return TransactionReader.transaction(rpc.call("eth_getTransactionByHash", hash.toString()));
  }

  /** The receipt of a transaction, once it is mined. */
  public Optional<Receipt> receipt(Hash txHash) {
    return TransactionReader.receipt(rpc.call("eth_getTransactionReceipt", txHash.toString()));
  }

  /** The nonce of an account's next transaction, those that wait included. */
  public long nonce(Address address) {
    return Json.number(
        rpc.call("eth_getTransactionCount", address.toString(), "pending"), "the nonce");
  }

  /**
   * The gas that a call needs as a transaction.
   *
   * @throws RpcError if the call reverts, with its data
   */
  public long estimateGas(Call call) {
    return Json.number(rpc.call("eth_estimateGas", callObject(call)), "the gas estimate");
  }

  /** The node's suggestion for a whole gas price, in wei. */
  public BigInteger gasPrice() {
    return Json.quantity(rpc.call("eth_gasPrice"), "the gas price");
  }

  /** The node's suggestion for a priority fee, in wei. */
  public BigInteger maxPriorityFeePerGas() {
    return Json.quantity(rpc.call("eth_maxPriorityFeePerGas"), "the priority fee");
  }

  /** Asks anything; the answer is given as it comes, a JSON null included. */
  public JsonNode rawCall(String method, List<JsonNode> params) {
    return rpc.call(new Question(method, params), JsonRpc::tree);
  }

  /**
   * The receipts of some blocks, in the same order, as they come (eth_getBlockReceipts); asked in
   * batches, and in halves where that is refused.
   */
  public List<JsonNode> receipts(List<Long> blocks) {
    return inBatches(
        blocks.stream()
            .map(number -> Question.of("eth_getBlockReceipts", Json.quantity(number)))
            .toList());
  }

  /** The blocks of some numbers with their transactions, in the same order, as they come. */
  public List<JsonNode> wholeBlocks(List<Long> blocks) {
    return inBatches(
        blocks.stream()
            .map(number -> Question.of("eth_getBlockByNumber", Json.quantity(number), true))
            .toList());
  }

  @Override
  public void close() {
    rpc.close();
  }

  /** Asked once only, since the first attempt may have arrived. */
  Hash sendRawTransaction(Bytes rawTransaction) {
    return Json.hash(
        rpc.callOnce("eth_sendRawTransaction", rawTransaction.toString()), "the transaction hash");
  }

  private CallResult call(Call call, String block) {
    try {
      return new CallResult.Returned(
          Json.bytes(rpc.call("eth_call", callObject(call), block), "the call's result"));
    } catch (RpcError e) {
      if (e.data().isPresent() || e.reason().toLowerCase(Locale.ROOT).contains("revert")) {
        return new CallResult.Reverted(e.data().orElse(Bytes.EMPTY));
      }
      throw e;
    }
  }

  private List<JsonNode> inBatches(List<Question> questions) {
    return inBatches(questions, WHOLE_BLOCKS, this::inHalves);
  }

  private List<JsonNode> inHalves(List<Question> questions) {
    try {
      return rpc.batch(questions, JsonRpc::tree);
    } catch (ChainException e) {
      if (questions.size() == 1 || !LogReader.refusesTheRange(e)) {
        throw e;
      }
    }
    int half = questions.size() / 2;
    List<JsonNode> answers = new ArrayList<>(inHalves(questions.subList(0, half)));
    answers.addAll(inHalves(questions.subList(half, questions.size())));
    return answers;
  }

  private BlockHead block(String block) {
    return found(rpc.call(blockQuestion(block), BlockHeadReader::read), block);
  }

  private static BlockHead found(Optional<BlockHead> head, String block) {
    return head.orElseThrow(
        () -> new ChainUnavailable("the chain has no block " + block + ", or not yet"));
  }

  private static Question blockQuestion(String block) {
    return Question.of("eth_getBlockByNumber", block, false);
  }

  private static void checkNumber(BlockHead head, long number) {
    if (head.number() != number) {
      throw new ChainException("block " + number + " was answered with block " + head.number());
    }
  }

  private static Question logsQuestion(long from, long to, Collection<Address> addresses) {
    return Question.of(
        "eth_getLogs",
        Map.of(
            "fromBlock",
            Json.quantity(from),
            "toBlock",
            Json.quantity(to),
            "address",
            addresses.stream().map(Address::toString).toList()));
  }

  private static Question proofQuestion(Address address, List<Hash> slots, long blockNumber) {
    return Question.of(
        "eth_getProof",
        address.toString(),
        slots.stream().map(Hash::toString).toList(),
        Json.quantity(blockNumber));
  }

  private static Map<String, String> callObject(Call call) {
    return Map.of(
        "from", call.from().toString(), "to", call.to().toString(), "data", call.data().toString());
  }
}
