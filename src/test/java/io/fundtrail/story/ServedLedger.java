package io.fundtrail.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.api.ApiClient;
import io.fundtrail.api.ApiClient.Reply;
import io.fundtrail.api.ApiServer;
import io.fundtrail.api.ApiSettings;
import io.fundtrail.api.Json;
import io.fundtrail.api.Moment;
import io.fundtrail.api.PageRoutes;
import io.fundtrail.api.Route;
import io.fundtrail.api.Routes;
import io.fundtrail.api.ServiceStatus;
import io.fundtrail.api.StatusRoutes;
import io.fundtrail.app.Application;
import io.fundtrail.app.Bound;
import io.fundtrail.app.Deployment;
import io.fundtrail.app.DevelopmentAccount;
import io.fundtrail.app.EmbeddedDeployment;
import io.fundtrail.app.IndexMetrics;
import io.fundtrail.app.IndexedMoments;
import io.fundtrail.app.LedgerContracts;
import io.fundtrail.app.LedgerDiscovery;
import io.fundtrail.app.PlannedTransaction;
import io.fundtrail.app.Signer;
import io.fundtrail.app.StalledMetrics;
import io.fundtrail.app.TransactionPlanner;
import io.fundtrail.audit.BlockRoutes;
import io.fundtrail.audit.EventRoutes;
import io.fundtrail.audit.ProofRoutes;
import io.fundtrail.audit.VerifyPage;
import io.fundtrail.chain.AnvilBinary;
import io.fundtrail.chain.Call;
import io.fundtrail.chain.CallResult;
import io.fundtrail.chain.ChainReader;
import io.fundtrail.chain.EmbeddedNode;
import io.fundtrail.chain.Fees;
import io.fundtrail.chain.Finality;
import io.fundtrail.distribution.DistributionProjection;
import io.fundtrail.distribution.DistributionRoutes;
import io.fundtrail.identity.IdentityProjection;
import io.fundtrail.identity.IdentityRoutes;
import io.fundtrail.index.Checkpoint;
import io.fundtrail.index.Contracts;
import io.fundtrail.index.IndexSettings;
import io.fundtrail.index.Indexer;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.model.TokenAmount;
import io.fundtrail.portfolio.PortfolioRoutes;
import io.fundtrail.proof.Keccak;
import io.fundtrail.round.RoundPreparation;
import io.fundtrail.round.RoundProjection;
import io.fundtrail.round.RoundRoutes;
import io.fundtrail.round.Settlement;
import io.fundtrail.share.CompanyRoutes;
import io.fundtrail.share.ShareProjection;
import io.fundtrail.share.ShareRoutes;
import io.fundtrail.store.Database;
import io.fundtrail.transact.ContractFunctionRoutes;
import io.fundtrail.transact.ContractFunctions;
import io.fundtrail.transact.DelayedCalls;
import io.fundtrail.transact.LiveChain;
import io.fundtrail.transact.PreparedTransactions;
import io.fundtrail.transact.Refusals;
import io.fundtrail.transact.Relay;
import io.fundtrail.transact.RelayTargets;
import io.fundtrail.transact.TransactionRoutes;
import io.fundtrail.transact.Units;
import io.fundtrail.transact.WalletRpc;
import io.fundtrail.trust.TrustProjection;
import io.fundtrail.trust.TrustRoutes;
import io.fundtrail.vote.VoteProjection;
import io.fundtrail.vote.VoteRoutes;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.web3j.abi.datatypes.Type;
import org.web3j.crypto.ContractUtils;
import org.web3j.protocol.core.RemoteFunctionCall;

/**
 * The service over an embedded chain whose clock the test sets. People act as they do in life: they
 * ask for prepared transactions, sign them, and hand them to the relay.
 */
final class ServedLedger implements AutoCloseable {
  static final Instant GENESIS = Instant.parse("2017-05-01T00:00:00Z");

  private static final long CHAIN = EmbeddedNode.DEFAULT_CHAIN_ID;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final AtomicReference<Instant> clock;
  private final EmbeddedNode node;
  private final ChainReader reader;
  private final Indexer indexer;
  private final ApiServer server;
  private final ApiClient client;
  private final EmbeddedDeployment deployment;

  private ServedLedger(
      AtomicReference<Instant> clock,
      EmbeddedNode node,
      ChainReader reader,
      Indexer indexer,
      ApiServer server,
      EmbeddedDeployment deployment) {
    this.clock = clock;
    this.node = node;
    this.reader = reader;
    this.indexer = indexer;
    this.server = server;
    this.deployment = deployment;
    this.client = new ApiClient(server.port());
  }

  static ServedLedger start(Database database, Path folder) {
    Application.schema().apply(database);
    AtomicReference<Instant> clock = new AtomicReference<>(GENESIS);
    Path anvil = AnvilBinary.under(Path.of(System.getProperty("fundtrail.home", "")));
    EmbeddedNode node =
        EmbeddedNode.open(new EmbeddedNode.Settings(folder, anvil, CHAIN, GENESIS), clock::get);
    node.replay((block, of) -> {});
    EmbeddedDeployment deployed = EmbeddedDeployment.of(CHAIN, new TransactionPlanner(CHAIN));
    node.mine(
        GENESIS.plusSeconds(1),
        deployed.transactions().stream().map(PlannedTransaction::raw).toList());
    ChainReader reader = ChainReader.of(node.rpcUrl());
    Deployment deployment = deployed.plan().deployment();
    Indexer indexer =
        new Indexer(
            database,
            reader,
            IndexSettings.embedded(deployment.directory()),
            new LedgerDiscovery(deployment),
            List.of(
                new IdentityProjection(),
                new ShareProjection(),
                new RoundProjection(),
                new TrustProjection(),
                new DistributionProjection(),
                new VoteProjection()));
    indexer.start();
    ApiServer server =
        new ApiServer(
                ApiSettings.of("127.0.0.1", 0),
                rooms(database, node, reader, deployed, indexer),
                indexer.commits()::count)
            .start();
    IndexMetrics.add(server.metrics(), indexer);
    StalledMetrics.add(server.metrics(), database, () -> Optional.of(node.nextBlockTime()));
    ServedLedger ledger = new ServedLedger(clock, node, reader, indexer, server, deployed);
    ledger.awaitIndex();
    return ledger;
  }

  private static List<Routes> rooms(
      Database database,
      EmbeddedNode node,
      ChainReader reader,
      EmbeddedDeployment deployed,
      Indexer indexer) {
    Deployment at = deployed.plan().deployment();
    IndexedMoments moments = new IndexedMoments(new Finality.Immediate());
    LiveChain chain = new LiveChain();
    chain.open(reader, node);
    PreparedTransactions preparer = new PreparedTransactions(chain, new Refusals(), CHAIN);
    Relay relay =
        new Relay(
            chain,
            CHAIN,
            new RelayTargets(
                address -> database.read(handle -> Contracts.at(handle, address).isPresent()),
                address ->
                    database.read(
                        handle -> Settlement.token(handle, address, Long.MAX_VALUE).isPresent()),
                deployed.plan().demoDollar()));
    return List.of(
        new PageRoutes(),
        new StatusRoutes(() -> status(database, node, at, indexer)),
        new RoundRoutes(database, moments),
        new RoundPreparation(database, moments, preparer, at.directory()),
        new CompanyRoutes(database, moments),
        new ShareRoutes(database, moments, preparer, at.directory()),
        new IdentityRoutes(database, moments, preparer, at.registry()),
        new TrustRoutes(database, moments),
        new DistributionRoutes(database, moments),
        new VoteRoutes(database, moments),
        new PortfolioRoutes(database, moments),
        new EventRoutes(database, moments, indexer.commits()),
        new BlockRoutes(database, moments, chain::reader),
        new VerifyPage(),
        new ProofRoutes(database, moments, chain::reader, BigInteger.valueOf(CHAIN)),
        new ContractFunctionRoutes(
            () -> database.read(handle -> moments.asOf(handle, new Moment.Latest())),
            new LedgerContracts(database),
            token ->
                database.read(handle ->
                    Settlement.token(handle, token, Long.MAX_VALUE)
                        .map(found -> new Units(found.currency(), found.decimals()))),
            preparer,
            new DelayedCalls(chain, at.authority()),
            ContractFunctions.load()),
        new TransactionRoutes(chain, relay),
        new WalletRpc(chain, relay));
  }

  private static ServiceStatus status(
      Database database, EmbeddedNode node, Deployment at, Indexer indexer) {
    return database.read(handle ->
        new ServiceStatus(
            Checkpoint.read(handle)
                .map(checkpoint -> checkpoint.asOf(new Finality.Immediate()))
                .orElse(null),
            "test",
            "Nothing of this is real.",
            true,
            new ServiceStatus.Chain(
                BigInteger.valueOf(CHAIN),
                ServiceStatus.Node.EMBEDDED,
                "immediate",
                node.head(),
                node.nextBlockTime()),
            new ServiceStatus.Index(
                ServiceStatus.IndexState.FOLLOWING,
                indexer.status().blocksBehind().orElse(null),
                null,
                null,
                null),
            new ServiceStatus.Contracts(
                at.directory(),
                at.authority(),
                at.registry(),
                at.limits(),
                at.recovery(),
                at.calendar().orElse(null),
                Settlement.tokens(handle, Long.MAX_VALUE),
                Settlement.rules(handle, Long.MAX_VALUE))));
  }

  ApiClient client() {
    return client;
  }

  Deployment deployment() {
    return deployment.plan().deployment();
  }

  Address dollar() {
    return deployment.plan().demoDollar().orElseThrow();
  }

  /** Those of Regulation Crowdfunding. */
  Address rules() {
    return rules("RegulationCrowdfunding");
  }

  Address rules(String name) {
    return deployment.plan().at(name);
  }

  List<Route> routes() {
    return server.routes();
  }

  /** The node's JSON-RPC. */
  String rpcUrl() {
    return node.rpcUrl();
  }

  /** Where the service answers. */
  URI url() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  ChainReader reader() {
    return reader;
  }

  /** The chain's clock goes forward. */
  void at(String time) {
    clock.set(Instant.parse(time));
  }

  /** The answer's JSON; it must not be a problem. */
  JsonNode read(String path) {
    return client.read(path);
  }

  /** Prepares, signs and relays; every transaction must succeed. */
  void send(DevelopmentAccount signer, String kind, Map<String, ?> fields) {
    sign(signer, kind, prepare(signer, kind, fields));
  }

  /** Calls a function of a contract, whose arguments go by name; it must succeed. */
  void call(
      DevelopmentAccount signer, Address contract, String function, Map<String, ?> arguments) {
    sign(signer, function, prepareCall(signer, contract, function, arguments));
  }

  /** Calls a function that takes demo dollars, after approving them. */
  void callAndPay(
      DevelopmentAccount signer,
      Address contract,
      String function,
      Map<String, ?> arguments,
      String units) {
    Map<String, Object> approve = Map.of("token", dollar(), "amount", units);
    sign(signer, function, prepareCall(signer, contract, function, arguments, approve));
  }

  Reply prepareCall(
      DevelopmentAccount signer, Address contract, String function, Map<String, ?> arguments) {
    return prepareCall(signer, contract, function, arguments, null);
  }

  Reply prepareCall(
      DevelopmentAccount signer,
      Address contract,
      String function,
      Map<String, ?> arguments,
      @Nullable Map<String, ?> approve) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("from", signer.address());
    body.put("arguments", arguments);
    body.put("approve", approve);
    return client.post("/v1/contracts/" + contract + "/functions/" + function, json(body));
  }

  private void sign(DevelopmentAccount signer, String kind, Reply prepared) {
    assertThat(prepared.status()).as("%s: %s", kind, prepared.body()).isEqualTo(200);
    for (JsonNode transaction : prepared.json().get("transactions")) {
      Bytes raw =
          sign(
              signer,
              transaction.get("nonce").longValue(),
              Address.parse(transaction.get("to").textValue()),
              Bytes.parse(transaction.get("data").textValue()),
              Long.parseLong(transaction.get("gas").textValue()));
      String hash = relay(raw);
      JsonNode became = client.read("/v1/transactions/" + hash);
      assertThat(became.get("state").textValue()).as("%s", became).isEqualTo("succeeded");
    }
    awaitIndex();
  }

  /** The problem that says why a contract would refuse. */
  JsonNode refusal(DevelopmentAccount signer, String kind, Map<String, ?> fields) {
    Reply prepared = prepare(signer, kind, fields);
    assertThat(prepared.status()).as("%s: %s", kind, prepared.body()).isEqualTo(422);
    return prepared.json();
  }

  Reply prepare(DevelopmentAccount signer, String kind, Map<String, ?> fields) {
    Map<String, Object> body = new LinkedHashMap<>(fields);
    body.put("from", signer.address());
    return client.post("/v1/prepared-transactions/" + kind, json(body));
  }

  /** The clock keeps up with the chain, which otherwise waits for it a few blocks ahead. */
  void keepUp() {
    clock.accumulateAndGet(node.head().time(), (now, last) -> last.isAfter(now) ? last : now);
  }

  /** Creates a contract as its deployer does, who does not ask this service. */
  Address create(DevelopmentAccount deployer, Bytes initCode) {
    long nonce = reader.nonce(deployer.address());
    sendElsewhere(deployer, Optional.empty(), initCode);
    return Address.parse(
        ContractUtils.generateContractAddress(
            deployer.address().toString(), BigInteger.valueOf(nonce)));
  }

  /** A transaction that reaches the chain without this service. */
  void sendElsewhere(DevelopmentAccount signer, Optional<Address> to, Bytes data) {
    node.send(
        new Signer(signer.credentials(), CHAIN)
            .sign(reader.nonce(signer.address()), to, data, 10_000_000, Fees.NONE));
    keepUp();
    awaitIndex();
  }

  /** Many calls in few blocks, which do not go through this service, each with so much gas. */
  void sendAll(DevelopmentAccount signer, Address to, List<Bytes> calls, long gas, int atOnce) {
    Signer signing = new Signer(signer.credentials(), CHAIN);
    long nonce = reader.nonce(signer.address());
    List<Bytes> waiting = new ArrayList<>();
    for (Bytes call : calls) {
      waiting.add(signing.sign(nonce++, Optional.of(to), call, gas, Fees.NONE));
    }
    for (int first = 0; first < waiting.size(); first += atOnce) {
      node.mine(
          node.head().time().plusSeconds(1),
          waiting.subList(first, Math.min(waiting.size(), first + atOnce)));
    }
    keepUp();
    awaitIndex();
  }

  /** So many blocks without a transaction, a second apart. */
  void mineEmpty(int blocks) {
    for (int i = 0; i < blocks; i++) {
      node.mine(node.head().time().plusSeconds(1), List.of());
    }
    keepUp();
    awaitIndex();
  }

  /** The code that created a contract of the deployment. */
  Bytes initCode(String contract) {
    return deployment.plan().creations().stream()
        .filter(creation -> creation.name().equals(contract))
        .findFirst()
        .orElseThrow()
        .initCode();
  }

  /** Indexes everything anew. */
  void rebuild() {
    indexer.rebuild(false);
    awaitIndex();
  }

  /** Relays a raw transaction that must be taken; gives its hash. The clock keeps up. */
  String relay(Bytes raw) {
    Reply relayed = client.post("/v1/transactions", json(Map.of("rawTransaction", raw)));
    assertThat(relayed.status()).as(relayed.body()).isEqualTo(202);
    keepUp();
    return relayed.json().get("hash").textValue();
  }

  Bytes sign(DevelopmentAccount signer, long nonce, Address to, Bytes data, long gas) {
    return new Signer(signer.credentials(), CHAIN)
        .sign(nonce, Optional.of(to), data, gas, Fees.NONE);
  }

  /** Gives somebody demo dollars, as everybody can. */
  void mint(DevelopmentAccount to, String amount) {
    BigInteger units = TokenAmount.parseDecimal(amount, 6).units();
    Bytes data = Bound.data(Bound.demoDollar(dollar()).mint(to.address().toString(), units));
    relay(sign(to, reader.nonce(to.address()), dollar(), data, 100_000));
  }

  /** What a wallet has of demo dollars, by the token itself. */
  TokenAmount dollarsOf(Address wallet) {
    List<Type<?>> balance = ask(dollar(), Bound.demoDollar(dollar()).balanceOf(wallet.toString()));
    return TokenAmount.of((BigInteger) balance.getFirst().getValue());
  }

  /** Admits a company of its issuer and opens its first share class. */
  Address openShareClass(DevelopmentAccount issuer, String company) {
    send(
        DevelopmentAccount.OPERATOR,
        "register-company",
        Map.of(
            "controller",
            issuer.address(),
            "feeBps",
            600,
            "name",
            company,
            "registration",
            "US-DE"));
    String companyId =
        read("/v1/events?order=desc&limit=1&kind=CompanyRegistered")
            .at("/events/0/arguments/companyId")
            .textValue();
    send(
        issuer,
        "open-share-class",
        Map.of(
            "companyId", companyId,
            "authorised", "1000000",
            "name", "Common Stock",
            "symbol", "COM"));
    return newest("ShareClassOpened");
  }

  /** What a round of a share class may be opened with: those of WindowMirror's. */
  Map<String, Object> terms(Address shareClass) {
    Map<String, Object> terms = new LinkedHashMap<>();
    terms.put("shareClass", shareClass);
    terms.put("settlementToken", dollar());
    terms.put("rules", deployment.plan().at("RegulationCrowdfunding"));
    terms.put("trust", null);
    terms.put("allocation", "first-come");
    terms.put("oversubscriptionShares", null);
    terms.put("price", "2.00");
    terms.put("minimumShares", "5000");
    terms.put("maximumShares", "50000");
    terms.put("minimumTicket", "1");
    terms.put("opensAt", "2017-05-09T00:00:00Z");
    terms.put("deadline", "2017-07-08T00:00:00Z");
    terms.put("feeBps", 600);
    terms.put("termsHash", Hash.ZERO);
    terms.put("filing", "SEC 020-23358");
    return terms;
  }

  /** So many shares, on the first version of the terms. */
  static Map<String, Object> commitment(Address round, String shares) {
    return Map.of("round", round, "shares", shares, "termsVersion", 1, "consent", false);
  }

  /** All that somebody committed. */
  static Map<String, Object> wholeCommitment(Address round) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("round", round);
    fields.put("shares", null);
    return fields;
  }

  Address openRound(DevelopmentAccount issuer, Map<String, Object> terms) {
    send(issuer, "open-round", terms);
    return newest("RoundOpened");
  }

  /** Asks a view of a contract itself. */
  List<Type<?>> ask(Address contract, RemoteFunctionCall<?> view) {
    return switch (reader.call(new Call(Address.ZERO, contract, Bound.data(view)))) {
      case CallResult.Returned(Bytes returned) -> decode(view, returned);
      case CallResult.Reverted(Bytes data) -> throw new AssertionError(data.toString());
    };
  }

  @SuppressWarnings("unchecked") // web3j declares the raw type
  private static List<Type<?>> decode(RemoteFunctionCall<?> view, Bytes returned) {
    return (List<Type<?>>) (List<?>) view.decodeFunctionResponse(returned.toString());
  }

  /** Attests a person who may commit up to 100,000 USD in twelve months. */
  Hash attest(DevelopmentAccount person, String category) {
    Hash identity = Keccak.hash(person.name().getBytes(StandardCharsets.UTF_8));
    send(
        DevelopmentAccount.REGISTRAR,
        "attest",
        Map.of(
            "identity",
            identity,
            "wallet",
            person.address(),
            "country",
            "840",
            "category",
            category,
            "expiresAt",
            "2027-01-01T00:00:00Z",
            "persons",
            1,
            "withholdingBps",
            0,
            "dossier",
            Hash.ZERO,
            "limits",
            List.of(Map.of("regime", "US-REG-CF", "currency", "USD", "amount", "100000.00"))));
    return identity;
  }

  /** The contract that emitted the newest event of a name. */
  Address newest(String event) {
    return Address.parse(
        read("/v1/events?order=desc&limit=1&kind=" + event).at("/events/0/contract").textValue());
  }

  void awaitIndex() {
    long head = node.head().number();
    try {
      assertThat(indexer.awaitBlock(head, LIMIT))
          .as("reaches block %d, is %s", head, indexer.status())
          .isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the index follows", e);
    }
  }

  static String json(Object value) {
    return new String(Json.write(value), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    client.close();
    server.close();
    indexer.close();
    reader.close();
    node.close();
  }
}
