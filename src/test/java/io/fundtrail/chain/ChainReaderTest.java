package io.fundtrail.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.model.RawLog;
import io.fundtrail.proof.AccountState;
import io.fundtrail.proof.BlockHeader;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real node: block 1 creates a {@link WordStore}, blocks 2 and 3 put words into it. */
class ChainReaderTest {
  private static final Instant GENESIS = Instant.parse("2016-05-16T00:00:00Z");
  private static final int BLOCKS = 250;

  private static AnvilProcess node;
  private static ChainReader chain;
  private static Address sender;
  private static Address contract;
  private static Hash creation;

  @BeforeAll
  static void buildChain(@TempDir Path folder) {
    node =
        AnvilProcess.start(
            AnvilBinary.under(Path.of(System.getProperty("fundtrail.home"))),
            List.of(
                "--no-mining",
                "--order",
                "fifo",
                "--hardfork",
                "cancun",
                "--timestamp",
                Long.toString(GENESIS.getEpochSecond())),
            folder);
    chain = ChainReader.of(node.url());
    sender = Address.parse(ask("eth_accounts").path(0).asText());
    creation = send(Map.of("from", sender.toString(), "data", WordStore.INIT_CODE.toString()));
    mine(1);
    contract = chain.receipt(creation).orElseThrow().contractAddress().orElseThrow();
    put(7, 70);
    put(8, 80);
    mine(1);
    put(7, 71);
    mine(1);
    mine(BLOCKS - 3);
  }

  @AfterAll
  static void endNode() {
    chain.close();
    node.close();
  }

  @Test
  void namesTheChain() {
    assertThat(chain.chainId()).isEqualTo(31337);
    assertThat(chain.genesisHash()).isEqualTo(chain.header(0).hash());
    assertThat(chain.header(0).time()).isEqualTo(GENESIS);
  }

  @Test
  void givesHeadersFromWhichTheirHashIsRecomputed() {
    List<BlockHead> heads = chain.headers(0, BLOCKS);
    assertThat(heads).hasSize(BLOCKS + 1);
    Hash parent = Hash.ZERO;
    for (BlockHead head : heads) {
      BlockHeader header = BlockHeader.of(head.rlpFields());
      assertThat(header.hash()).isEqualTo(head.hash());
      assertThat(header.timestamp()).isEqualTo(head.time().getEpochSecond());
      assertThat(head.parentHash()).isEqualTo(parent);
      parent = head.hash();
    }
    assertThat(chain.head()).isEqualTo(heads.getLast());
    assertThat(chain.header(3)).isEqualTo(heads.get(3));
  }

  @Test
  void saysWhichBlockIsFinal() {
    assertThat(chain.finalHead(new Finality.Immediate()).number()).isEqualTo(BLOCKS);
    assertThat(chain.finalHead(new Finality.Depth(12)).number()).isEqualTo(BLOCKS - 12);
    assertThat(chain.finalHead(new Finality.Depth(BLOCKS + 1)).number()).isZero();
    assertThat(chain.finalHead(new Finality.Tag()).number()).isLessThan(BLOCKS);
  }

  @Test
  void refusesToInventABlock() {
    assertThatThrownBy(() -> chain.header(BLOCKS + 1))
        .isInstanceOf(ChainUnavailable.class)
        .hasMessage("the chain has no block 0xfb, or not yet");
  }

  @Test
  void givesTheLogsOfTheChosenContractsInOrder() {
    List<RawLog> logs = chain.logs(0, BLOCKS, List.of(contract));
    assertThat(logs).extracting(RawLog::data).containsExactly(bytes(70), bytes(80), bytes(71));
    assertThat(logs)
        .extracting(log -> log.ref().blockNumber(), log -> log.ref().logIndex(), RawLog::txIndex)
        .containsExactly(tuple(2L, 0, 0), tuple(2L, 1, 1), tuple(3L, 0, 0));
    assertThat(logs)
        .allSatisfy(log -> {
          assertThat(log.address()).isEqualTo(contract);
          assertThat(log.topics()).containsExactly(WordStore.TOPIC);
          assertThat(log.blockHash()).isEqualTo(chain.header(log.ref().blockNumber()).hash());
        });
    assertThat(chain.logs(3, 3, List.of(contract))).containsExactly(logs.get(2));
    assertThat(chain.logs(0, BLOCKS, List.of(Address.ZERO))).isEmpty();
    assertThat(chain.logs(0, BLOCKS, List.of())).as("no contract, not every contract").isEmpty();
  }

  @Test
  void givesProofsThatVerifyAgainstTheHeader() {
    Hash stateRoot = BlockHeader.of(chain.header(2).rlpFields()).stateRoot();
    List<Hash> slots = List.of(WordStore.word(7), WordStore.word(9));
    ChainProof proof = chain.proof(contract, slots, 2);
    AccountState account =
        AccountState.verify(stateRoot, contract, proof.accountNodes()).orElseThrow();
    assertThat(account.verifyStorage(slots.get(0), proof.slots().get(0).nodes()))
        .isEqualTo(WordStore.word(70))
        .isEqualTo(proof.slots().get(0).claimedValue());
    assertThat(account.verifyStorage(slots.get(1), proof.slots().get(1).nodes()))
        .isEqualTo(Hash.ZERO);
    assertThat(chain.proofs(List.of(contract, sender), slots, 2)).first().isEqualTo(proof);
    ChainProof ofSender = chain.proofs(List.of(contract, sender), slots, 2).get(1);
    assertThat(
            AccountState.verify(stateRoot, sender, ofSender.accountNodes()).orElseThrow().nonce())
        .isEqualTo(3);
  }

  @Test
  void triesACallAndTellsARefusalFromAResult() {
    assertThat(chain.call(WordStore.call(sender, contract, 1, 5)))
        .isEqualTo(new CallResult.Returned(bytes(5)));
    assertThat(chain.call(WordStore.call(sender, contract, 0, 6)))
        .isEqualTo(new CallResult.Reverted(bytes(6)));
    assertThat(chain.call(WordStore.call(sender, contract, 0, 6), 0))
        .as("before there was a contract")
        .isEqualTo(new CallResult.Returned(Bytes.EMPTY));
  }

  @Test
  void simulatesCallsOneAfterTheOther() {
    List<SimulatedCall> calls =
        chain.simulate(
            List.of(
                WordStore.call(sender, contract, 1, 5),
                WordStore.call(sender, contract, 0, 6),
                WordStore.call(sender, contract, 1, 6)),
            GENESIS.plusSeconds(1_000_000));
    assertThat(calls)
        .extracting(SimulatedCall::result)
        .containsExactly(
            new CallResult.Returned(bytes(5)),
            new CallResult.Reverted(bytes(6)),
            new CallResult.Returned(bytes(6)));
    assertThat(calls.get(0).gasUsed()).isGreaterThan(40_000);
    assertThat(calls.get(2).gasUsed())
        .as("the slot is already written by the first call")
        .isLessThan(calls.get(0).gasUsed());
  }

  @Test
  void estimatesGasOrGivesTheRefusalsData() {
    assertThat(chain.estimateGas(WordStore.call(sender, contract, 1, 5)))
        .isBetween(40_000L, 60_000L);
    assertThatThrownBy(() -> chain.estimateGas(WordStore.call(sender, contract, 0, 6)))
        .isInstanceOfSatisfying(
            RpcError.class, error -> assertThat(error.data()).contains(bytes(6)));
  }

  @Test
  void findsTransactionsAndReceipts() {
    SentTransaction transaction = chain.transaction(creation).orElseThrow();
    assertThat(transaction.from()).isEqualTo(sender);
    assertThat(transaction.to()).isEmpty();
    assertThat(transaction.input()).isEqualTo(WordStore.INIT_CODE);
    assertThat(transaction.blockNumber()).hasValue(1);
    Receipt receipt = chain.receipt(creation).orElseThrow();
    assertThat(receipt.succeeded()).isTrue();
    assertThat(receipt.blockNumber()).isEqualTo(1);
    assertThat(receipt.blockHash()).isEqualTo(chain.header(1).hash());
    RawLog log = chain.logs(3, 3, List.of(contract)).getFirst();
    assertThat(chain.receipt(log.txHash()).orElseThrow().logs()).containsExactly(log);
    assertThat(chain.transaction(Hash.ZERO)).isEmpty();
    assertThat(chain.receipt(Hash.ZERO)).isEmpty();
    assertThat(chain.nonce(sender)).isEqualTo(4);
  }

  @Test
  void saysWhyTheNodeRefusesAMethod() {
    assertThatThrownBy(() -> ask("no_such"))
        .isInstanceOf(RpcError.class)
        .hasMessage("no_such was refused: Method not found (code -32601)");
  }

  @Test
  void suggestsFeesAndTheNextBlocksTime() {
    RemoteNode remote = new RemoteNode(chain, () -> GENESIS.minusSeconds(5));
    Instant head = chain.head().time();
    assertThat(remote.nextBlockTime()).isEqualTo(head.plusSeconds(1));
    Instant later = head.plusSeconds(900);
    assertThat(new RemoteNode(chain, () -> later.plusMillis(300)).nextBlockTime()).isEqualTo(later);
    assertThat(remote.suggestedFees().maxPriorityFeePerGas())
        .isEqualTo(BigInteger.valueOf(1_000_000_000));
    assertThatThrownBy(() -> remote.send(Bytes.parse("0x01")))
        .isInstanceOf(TransactionRefused.class)
        .hasMessage("Failed to decode transaction");
  }

  private static void put(long key, long value) {
    send(
        Map.of(
            "from",
            sender.toString(),
            "to",
            contract.toString(),
            "data",
            WordStore.put(key, value).toString(),
            "gas",
            "0x186a0"));
  }

  private static Hash send(Map<String, String> transaction) {
    return Hash.parse(ask("eth_sendTransaction", transaction).asText());
  }

  private static void mine(int blocks) {
    for (int i = 0; i < blocks; i++) {
      ask("evm_mine");
    }
  }

  private static Bytes bytes(long word) {
    return Bytes.of(WordStore.word(word).bytes());
  }

  private static JsonNode ask(String method, Object... params) {
    List<JsonNode> nodes =
        Arrays.stream(params).<JsonNode>map(JsonRpc.MAPPER::valueToTree).toList();
    return chain.rawCall(method, nodes);
  }
}
