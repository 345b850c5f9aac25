package io.fundtrail.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fundtrail.app.Bound;
import io.fundtrail.app.Deployment;
import io.fundtrail.app.DeploymentPlan;
import io.fundtrail.app.DevelopmentAccount;
import io.fundtrail.app.EmbeddedDeployment;
import io.fundtrail.app.Signer;
import io.fundtrail.app.TransactionPlanner;
import io.fundtrail.bindings.Directory;
import io.fundtrail.bindings.InvestorRegistry;
import io.fundtrail.chain.Call;
import io.fundtrail.chain.CallResult;
import io.fundtrail.chain.ChainReader;
import io.fundtrail.chain.Fees;
import io.fundtrail.chain.Receipt;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.model.RawLog;
import io.fundtrail.proof.Keccak;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The real contracts on an anvil that mines each transaction at once, or on Hardhat's node, and
 * what it can be told.
 */
final class LedgerChain implements AutoCloseable {
  static final DevelopmentAccount COMPANY_ACCOUNT = new DevelopmentAccount("company");
  static final Address COMPANY = COMPANY_ACCOUNT.address();

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration MINED_WITHIN = Duration.ofSeconds(10);
  private static final String A_MILLION_ETHER = "0xd3c21bcecceda1000000";

  private static final long CREATION_GAS = 10_000_000;
  private static final Fees FEES =
      new Fees(BigInteger.valueOf(100_000_000_000L), BigInteger.valueOf(1_000_000_000));
  private static final long DEPLOYMENT_GAS = 1_000_000_000;

  private final String rpcUrl;
  private final ChainReader chain;
  private final DeploymentPlan plan;
  private final long chainId;
  private int persons;

  private LedgerChain(String rpcUrl, ChainReader chain, DeploymentPlan plan) {
    this.rpcUrl = rpcUrl;
    this.chain = chain;
    this.plan = plan;
    this.chainId = chain.chainId();
  }

  /** The chain behind an address, which may have the contracts already. */
  static LedgerChain at(String rpcUrl) {
    ChainReader chain = ChainReader.of(rpcUrl);
    TransactionPlanner planner = new TransactionPlanner(chain.chainId());
    return new LedgerChain(rpcUrl, chain, EmbeddedDeployment.of(chain.chainId(), planner).plan());
  }

  /** The chain with the contracts on it, a settlement token listed and one company registered. */
  static LedgerChain deploy(String rpcUrl) {
    LedgerChain ledger = at(rpcUrl);
    for (DevelopmentAccount account :
        List.of(
            DevelopmentAccount.DEPLOYER,
            DevelopmentAccount.OPERATOR,
            DevelopmentAccount.REGISTRAR,
            COMPANY_ACCOUNT)) {
      ledger.lend(account.address());
    }
    ledger.createAll();
    ledger.listSettlementToken();
    ledger.registerCompany("First");
    return ledger;
  }

  String rpcUrl() {
    return rpcUrl;
  }

  ChainReader reader() {
    return chain;
  }

  Deployment deployment() {
    return plan.deployment();
  }

  long head() {
    return chain.head().number();
  }

  /** Emits one event in the Directory. */
  void registerCompany(String name) {
    send(
        DevelopmentAccount.OPERATOR,
        Optional.of(deployment().directory()),
        Bound.data(
            directory().registerCompany(COMPANY.toString(), BigInteger.valueOf(100), name, "DE")));
  }

  /** Opens a share class of the first company: events in the Directory and in the new contract. */
  Address openShareClass(String name) {
    return listed(
        send(
            COMPANY_ACCOUNT,
            Optional.of(deployment().directory()),
            Bound.data(
                directory()
                    .openShareClass(
                        new Directory.ClassTerms(
                            BigInteger.ONE,
                            BigInteger.valueOf(100_000),
                            BigInteger.ONE,
                            BigInteger.ZERO,
                            new byte[3],
                            BigInteger.ZERO,
                            Address.ZERO.toString(),
                            BigInteger.ZERO,
                            BigInteger.ZERO,
                            BigInteger.ZERO,
                            BigInteger.ZERO,
                            name,
                            "SHR",
                            List.of())))));
  }

  /** Opens a round: events in the Directory, the limits, the share class and the new contract. */
  Address openRound(Address shareClass) {
    BigInteger opensAt = BigInteger.valueOf(chain.head().time().getEpochSecond() + 3_600);
    Directory.RoundTerms terms =
        new Directory.RoundTerms(
            shareClass.toString(),
            plan.demoDollar().orElseThrow().toString(),
            plan.at("RegulationCrowdfunding").toString(),
            Address.ZERO.toString(),
            BigInteger.ZERO,
            BigInteger.valueOf(2_000_000),
            BigInteger.valueOf(10),
            BigInteger.valueOf(1_000),
            BigInteger.ONE,
            BigInteger.ZERO,
            opensAt,
            opensAt.add(BigInteger.valueOf(Duration.ofDays(30).toSeconds())),
            BigInteger.valueOf(100),
            Hash.ZERO.bytes(),
            "test");
    return listed(
        send(
            COMPANY_ACCOUNT,
            Optional.of(deployment().directory()),
            Bound.data(directory().openRound(terms))));
  }

  /** Attests a new person: one event in the registry. */
  Hash attest() {
    Hash identity = nextPerson();
    send(DevelopmentAccount.REGISTRAR, Optional.of(deployment().registry()), attestation(identity));
    return identity;
  }

  /** Attests so many new persons in one block. */
  void attestTogether(int persons) {
    tell("evm_setAutomine", false);
    List<Hash> sent = new ArrayList<>();
    for (int i = 0; i < persons; i++) {
      sent.add(
          sendSigned(
              DevelopmentAccount.REGISTRAR,
              Optional.of(deployment().registry()),
              attestation(nextPerson())));
    }
    mine(1);
    tell("evm_setAutomine", true);
    sent.forEach(this::requireSuccess);
  }

  private Hash nextPerson() {
    return Keccak.hash(("person " + persons++).getBytes(StandardCharsets.UTF_8));
  }

  private Bytes attestation(Hash identity) {
    InvestorRegistry.Attestation attestation =
        new InvestorRegistry.Attestation(
            identity.bytes(),
            wallet(identity).toString(),
            BigInteger.valueOf(276),
            BigInteger.ONE,
            BigInteger.valueOf(4_000_000_000L),
            BigInteger.ONE,
            BigInteger.ZERO,
            Hash.ZERO.bytes());
    return Bound.data(Bound.registry(deployment().registry()).attest(attestation, List.of()));
  }

  Address dollar() {
    return plan.demoDollar().orElseThrow();
  }

  JsonNode blockWithTransactions(long number) {
    return tell("eth_getBlockByNumber", "0x" + Long.toHexString(number), true);
  }

  /** A block as the node gives it. */
  JsonNode block(long number) {
    return tell("eth_getBlockByNumber", "0x" + Long.toHexString(number), false);
  }

  /** What the contract itself says its head was after a block. */
  Hash historyHead(Address contract, long block) {
    Bytes ask = Bound.data(Bound.directory(contract).historyHead());
    return switch (chain.call(new Call(Address.ZERO, contract, ask), block)) {
      case CallResult.Returned(Bytes head) -> Hash.of(head.bytes());
      case CallResult.Reverted(Bytes error) -> throw new IllegalStateException(error.toString());
    };
  }

  static Address wallet(Hash identity) {
    return Address.of(Arrays.copyOf(identity.bytes(), Address.SIZE));
  }

  void mine(int blocks) {
    tell("hardhat_mine", "0x" + Long.toHexString(blocks));
  }

  /** Replaces so many blocks by empty ones; one that was empty may come again as it was. */
  void replaceBlocks(int depth) {
    tell("anvil_reorg", depth, List.of());
  }

  /** Takes so many blocks away. */
  void dropBlocks(int depth) {
    tell("anvil_rollback", depth);
  }

  String snapshot() {
    return tell("evm_snapshot").asText();
  }

  void revert(String snapshot) {
    if (!tell("evm_revert", snapshot).asBoolean()) {
      throw new IllegalStateException("anvil did not revert to snapshot " + snapshot);
    }
  }

  Discovery discovery() {
    return new DirectoryDiscovery(deployment());
  }

  @Override
  public void close() {
    chain.close();
  }

  private Directory directory() {
    return Bound.directory(deployment().directory());
  }

  private void listSettlementToken() {
    send(
        DevelopmentAccount.OPERATOR,
        Optional.of(deployment().directory()),
        Bound.data(
            directory()
                .listSettlementToken(
                    plan.demoDollar().orElseThrow().toString(),
                    "USD".getBytes(StandardCharsets.US_ASCII))));
  }

  private void lend(Address account) {
    tell("hardhat_setBalance", account.toString(), A_MILLION_ETHER);
  }

  private Receipt send(DevelopmentAccount from, Optional<Address> to, Bytes data) {
    return requireSuccess(sendSigned(from, to, data));
  }

  /** Signed, so that its hash is that of what the block has, which a node's own would not have. */
  private Hash sendSigned(DevelopmentAccount from, Optional<Address> to, Bytes data) {
    Bytes signed =
        new Signer(from.credentials(), chainId)
            .sign(chain.nonce(from.address()), to, data, CREATION_GAS, FEES);
    return Hash.parse(tell("eth_sendRawTransaction", signed.toString()).asText());
  }

  private Receipt requireSuccess(Hash transaction) {
    Receipt receipt = awaitReceipt(transaction);
    if (!receipt.succeeded()) {
      throw new IllegalStateException("the transaction failed: " + receipt);
    }
    return receipt;
  }

  /** Creates the contracts in one block, as on the embedded chain. */
  private void createAll() {
    tell("evm_setBlockGasLimit", "0x" + Long.toHexString(DEPLOYMENT_GAS));
    tell("evm_setAutomine", false);
    List<Hash> sent = new ArrayList<>();
    for (DeploymentPlan.Creation creation : plan.creations()) {
      sent.add(sendSigned(DevelopmentAccount.DEPLOYER, Optional.empty(), creation.initCode()));
    }
    mine(1);
    tell("evm_setAutomine", true);
    sent.forEach(this::requireSuccess);
  }

  private Receipt awaitReceipt(Hash transaction) {
    long until = System.nanoTime() + MINED_WITHIN.toNanos();
    Optional<Receipt> receipt = chain.receipt(transaction);
    while (receipt.isEmpty() && System.nanoTime() < until) {
      receipt = chain.receipt(transaction);
    }
    return receipt.orElseThrow();
  }

  private Address listed(Receipt receipt) {
    RawLog log =
        receipt.logs().stream()
            .filter(each -> each.topics().getFirst().equals(DirectoryDiscovery.INSTANCE_LISTED))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("it lists no contract: " + receipt));
    return Address.ofWord(log.topics().get(1));
  }

  JsonNode tell(String method, Object... params) {
    return chain.rawCall(
        method, List.of(params).stream().<JsonNode>map(JSON::valueToTree).toList());
  }
}
