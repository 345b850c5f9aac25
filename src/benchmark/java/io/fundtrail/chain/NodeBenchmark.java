package io.fundtrail.chain;

import io.fundtrail.api.ApiServer;
import io.fundtrail.api.ApiSettings;
import io.fundtrail.bindings.DemoDollar;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.transact.LiveChain;
import io.fundtrail.transact.Relay;
import io.fundtrail.transact.RelayTargets;
import io.fundtrail.transact.WalletRpc;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.crypto.RawTransaction;

/**
 * How many signed ERC-20 transfers a second the embedded node accepts through the JSON-RPC front,
 * each answered when it is durable: from eight connections, from eight that send twenty at once,
 * and from many, once each kind has been sent for ten seconds, which is how long the JVM takes to
 * compile what they run through. Beside it what the same anvil takes of them when nobody logs or
 * mines, and how often a second the disk is sure of a record of one.
 */
public final class NodeBenchmark {
  private static final int FEW = 8;
  private static final int MANY = 800;
  private static final Duration MEASURED = Duration.ofSeconds(10);
  private static final int OF_FEW = 2_500;
  private static final int OF_MANY = 30;
  private static final int BATCH = 20;
  private static final int OF_BATCHES = 4_000;
  private static final int WALLETS = 2 * FEW + MANY;
  private static final int OF_ANVIL = 250;
  private static final int SYNCS = 200;
  private static final int TRANSFER_BYTES = 180;
  private static final BigInteger GAS = BigInteger.valueOf(3_000_000);

  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *([0-9]+)");

  private final Map<String, Double> figures = new LinkedHashMap<>();
  private final Path folder;
  private final Path anvil;
  private final Wallet deployer = new Wallet(0);
  private final Address token = deployer.contract(0);

  private NodeBenchmark(Path folder) {
    this.folder = folder;
    this.anvil =
        AnvilBinary.under(Path.of(System.getProperty("fundtrail.home", "")).toAbsolutePath());
  }

  /** Prints what it measures. */
  static void main(String[] args) throws Exception {
    measure(Files.createTempDirectory("fundtrail-node"))
        .forEach((name, value) -> System.out.printf("%-38s %,14.1f%n", name, value));
  }

  /** The figures by name; chains are made in a folder. */
  public static Map<String, Double> measure(Path folder)
      throws IOException, InterruptedException, ExecutionException {
    NodeBenchmark benchmark = new NodeBenchmark(folder);
    benchmark.node();
    benchmark.anvil();
    benchmark.syncs();
    return benchmark.figures;
  }

  private void node() throws IOException, InterruptedException, ExecutionException {
    EmbeddedNode.Settings settings =
        new EmbeddedNode.Settings(
            folder.resolve("chain"), anvil, EmbeddedNode.DEFAULT_CHAIN_ID, Instant.now());
    LiveChain live = new LiveChain();
    RelayTargets targets = new RelayTargets(token::equals, _ -> false, Optional.<Address>empty());
    try (EmbeddedNode node = EmbeddedNode.open(settings, InstantSource.system());
        ChainReader reader = ChainReader.of(node.rpcUrl());
        ApiServer front =
            new ApiServer(
                    new ApiSettings(
                        "127.0.0.1",
                        0,
                        1_000_000,
                        100_000_000,
                        10_000,
                        Duration.ofSeconds(60),
                        ApiSettings.Streams.USUAL),
                    List.of(new WalletRpc(live, new Relay(live, settings.chainId(), targets))),
                    () -> 0)
                .start()) {
      node.replay((_, _) -> {});
      node.mine(node.nextBlockTime(), beginnings());
      live.open(reader, node);
      String url = "http://127.0.0.1:" + front.port() + "/rpc";
      eachKind(url, 1);
      eachKind(url, 1 + WALLETS);
    }
  }

  /** Sends some of each kind, the figures of which are those of the last time. */
  private void eachKind(String url, int wallet) throws InterruptedException, ExecutionException {
    figures.put("node.transactions_per_s", perSecond(url, FEW, OF_FEW, 1, wallet));
    figures.put(
        "node.batches.transactions_per_s", perSecond(url, FEW, OF_BATCHES, BATCH, wallet + FEW));
    figures.put("node.many.transactions_per_s", perSecond(url, MANY, OF_MANY, 1, wallet + 2 * FEW));
  }

  private void anvil() throws InterruptedException, ExecutionException {
    ChainOrigin origin = ChainOrigin.of(EmbeddedNode.DEFAULT_CHAIN_ID, Instant.now());
    try (AnvilProcess process =
            AnvilProcess.start(anvil, origin.anvilArguments(), folder.resolve("bare"));
        JsonRpc rpc = new JsonRpc(process.url(), Duration.ofMinutes(1))) {
      AnvilChain bare = new AnvilChain(rpc);
      bare.silence();
      bare.put(beginnings());
      bare.mine(Instant.now().plusSeconds(1));
      figures.put(
          "node.anvil_transactions_per_s", perSecond(process.url() + "/", FEW, OF_ANVIL, 1, 1));
    }
  }

  /** A record of one transfer at a time, each on the disk before the next. */
  private void syncs() throws IOException {
    try (FileChannel file =
        FileChannel.open(
            folder.resolve("syncs"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      long started = System.nanoTime();
      for (int i = 0; i < SYNCS; i++) {
        file.write(ByteBuffer.allocate(TRANSFER_BYTES));
        file.force(false);
      }
      figures.put("node.syncs_per_s", SYNCS / seconds(started));
    }
  }

  /** Makes the token, and gives each wallet what it transfers. */
  private List<Bytes> beginnings() {
    Wallet first = new Wallet(0);
    List<Bytes> transactions = new ArrayList<>();
    transactions.add(
        first.sign(
            RawTransaction.createTransaction(
                EmbeddedNode.DEFAULT_CHAIN_ID,
                BigInteger.ZERO,
                GAS,
                null,
                BigInteger.ZERO,
                DemoDollar.BINARY,
                BigInteger.ZERO,
                BigInteger.ZERO)));
    for (int i = 1; i <= 2 * WALLETS; i++) {
      Wallet wallet = new Wallet(i);
      transactions.add(
          wallet.callWithNonce(0, token, call(DemoDollar.FUNC_MINT, wallet.address(), 1_000_000)));
    }
    return transactions;
  }

  private static Bytes call(String function, Address to, long amount) {
    return Bytes.parse(
        FunctionEncoder.encode(
            new org.web3j.abi.datatypes.Function(
                function,
                List.<Type>of(
                    new org.web3j.abi.datatypes.Address(to.toString()), new Uint256(amount)),
                List.of())));
  }

  /**
   * Each connection sends the transfers of one wallet, the next batch when the last is answered.
   */
  private double perSecond(String url, int connections, int each, int batch, int firstWallet)
      throws InterruptedException, ExecutionException {
    List<List<byte[]>> requests =
        IntStream.range(0, connections)
            .parallel()
            .mapToObj(i -> requests(new Wallet(firstWallet + i), each, batch, URI.create(url)))
            .toList();
    long started = System.nanoTime();
    long until = started + MEASURED.toNanos();
    int accepted = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> clients = new ArrayList<>();
      requests.forEach(one -> clients.add(() -> send(URI.create(url), one, until)));
      for (Future<Integer> client : threads.invokeAll(clients)) {
        accepted += client.get();
      }
    }
    return accepted / seconds(started);
  }

  private List<byte[]> requests(Wallet wallet, int count, int batch, URI url) {
    return IntStream.range(0, count / batch)
        .mapToObj(i ->
            IntStream.rangeClosed(1 + i * batch, (i + 1) * batch)
                .mapToObj(nonce -> request(wallet, nonce))
                .toList())
        .map(requests -> batch == 1 ? requests.getFirst() : requests.toString())
        .map(body -> post(url, body))
        .toList();
  }

  private String request(Wallet wallet, int nonce) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_sendRawTransaction\",\"params\":[\"%s\"]}"
        .formatted(
            wallet.callWithNonce(nonce, token, call(DemoDollar.FUNC_TRANSFER, Wallet.NOBODY, 1)));
  }

  private static byte[] post(URI url, String body) {
    return """
    POST %s HTTP/1.1\r
    Host: %s:%d\r
    Content-Type: application/json\r
    Content-Length: %d\r
    \r
    %s\
    """
        .formatted(url.getPath(), url.getHost(), url.getPort(), body.length(), body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static int send(URI url, List<byte[]> requests, long until) throws IOException {
    int accepted = 0;
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket.setTcpNoDelay(true);
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      byte[] answer = new byte[16_384];
      for (byte[] request : requests) {
        if (System.nanoTime() > until) {
          break;
        }
        out.write(request);
        String said = answer(in, answer);
        if (said.contains("\"error\"")) {
          throw new IOException(said);
        }
        accepted += said.split("\"result\":\"0x", -1).length - 1;
      }
    }
    return accepted;
  }

  private static String answer(InputStream in, byte[] buffer) throws IOException {
    int read = 0;
    while (true) {
      int more = in.read(buffer, read, buffer.length - read);
      if (more < 0) {
        throw new EOFException();
      }
      read += more;
      String text = new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
      int body = text.indexOf("\r\n\r\n") + 4;
      Matcher length = LENGTH.matcher(text);
      if (body >= 4 && length.find() && read >= body + Integer.parseInt(length.group(1))) {
        return text;
      }
    }
  }

  private static double seconds(long started) {
    return (System.nanoTime() - started) / 1e9;
  }
}
