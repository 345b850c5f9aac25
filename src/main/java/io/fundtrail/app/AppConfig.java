package io.fundtrail.app;

import io.fundtrail.chain.AnvilBinary;
import io.fundtrail.chain.Finality;
import io.fundtrail.index.Verification;
import io.fundtrail.model.Address;
import io.fundtrail.store.DatabaseUrl;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How the service runs, checked.
 *
 * @param bind address of this machine to serve on
 * @param port to serve on; 0 takes any that is free
 * @param verification what the index compares logs with
 * @param logFormat how the program logs
 */
public record AppConfig(
    DataDirectory data,
    InetAddress bind,
    int port,
    ChainSource chain,
    DatabaseUrl database,
    Verification verification,
    LogFormat logFormat) {

  private static final String LOCAL = "127.0.0.1";

  /** The chain that is followed. */
  public sealed interface ChainSource {
    /**
     * A node that belongs to this service and lives in its data directory.
     *
     * @param home the program's folder, where the build put the node
     * @param anvil another node program than that
     */
    record Embedded(Path home, Optional<Path> anvil) implements ChainSource {
      /**
       * The node's program.
       *
       * @throws io.fundtrail.chain.ChainException if it is not there
       */
      public Path binary() {
        return anvil.map(AnvilBinary::checked).orElseGet(() -> AnvilBinary.under(home));
      }
    }

    /**
     * A node that others run.
     *
     * @param wsUrl where the node tells of new blocks; empty where they are looked for
     * @param directory empty where the data directory's record of the deployment has it
     * @param startBlock empty where the deployment's record or the chain tells
     */
    record External(
        URI rpcUrl,
        Optional<URI> wsUrl,
        Finality finality,
        Optional<Address> directory,
        OptionalLong startBlock)
        implements ChainSource {
      /** Without the URL, which may carry a key. */
      @Override
      public String toString() {
        return "External[%s, finality %s]".formatted(rpcUrl.getHost(), finality);
      }
    }
  }

  public AppConfig {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port must be 0 to 65535, not " + port);
    }
  }

  /**
   * Reads the settings of a service.
   *
   * @param home the program's folder, where the build put its tools
   * @throws ConfigurationException if one is wrong, or two do not go together
   */
  public static AppConfig of(Settings settings, Path home) {
    DataDirectory data = new DataDirectory(settings.dataDirectory());
    return new AppConfig(
        data,
        settings.get(Setting.BIND, AppConfig::address).orElseGet(() -> address(LOCAL)),
        settings.get(Setting.PORT, AppConfig::port).orElse(7070),
        chain(settings, home),
        settings
            .get(Setting.DATABASE_URL, DatabaseUrl::parse)
            .orElseGet(() -> new DatabaseUrl.Sqlite(data.database())),
        settings.get(Setting.VERIFY, Verification::parse).orElse(Verification.HEADS),
        settings.get(Setting.LOG_FORMAT, LogFormat::parse).orElse(LogFormat.TEXT));
  }

  /**
   * Makes sure that nothing else uses the data directory or the port, before anything is started.
   *
   * @throws StartRefused naming what does
   */
  public void requireFree() {
    data.requireFree();
    ListeningPort.requireFree(bind, port);
  }

  /** Where a browser on this machine finds the service. */
  public URI url() {
    return url(port);
  }

  /** The same, for the port that was taken. */
  URI url(int taken) {
    InetAddress reachable = bind.isAnyLocalAddress() ? address(LOCAL) : bind;
    String host = reachable.getHostAddress();
    return URI.create(
        "http://%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, taken));
  }

  public boolean isEmbedded() {
    return chain instanceof ChainSource.Embedded;
  }

  private static ChainSource chain(Settings settings, Path home) {
    Optional<URI> rpcUrl = settings.get(Setting.RPC_URL, AppConfig::rpcUrl);
    if (rpcUrl.isEmpty()) {
      refuseWithoutRpcUrl(settings, Setting.DIRECTORY);
      refuseWithoutRpcUrl(settings, Setting.FINALITY);
      refuseWithoutRpcUrl(settings, Setting.START_BLOCK);
      refuseWithoutRpcUrl(settings, Setting.WS_URL);
      return new ChainSource.Embedded(home, settings.get(Setting.ANVIL, settings::path));
    }
    if (settings.has(Setting.ANVIL)) {
      throw new ConfigurationException(
          "%s is set, so no node of our own is started; remove %s"
              .formatted(settings.origin(Setting.RPC_URL), settings.origin(Setting.ANVIL)));
    }
    return new ChainSource.External(
        rpcUrl.get(),
        settings.get(Setting.WS_URL, AppConfig::wsUrl),
        settings.get(Setting.FINALITY, Finality::parse).orElseGet(Finality.Tag::new),
        settings.get(Setting.DIRECTORY, Address::parse),
        settings.get(Setting.START_BLOCK, AppConfig::blockNumber).orElse(OptionalLong.empty()));
  }

  private static void refuseWithoutRpcUrl(Settings settings, Setting setting) {
    if (settings.has(setting)) {
      throw new ConfigurationException(
          "%s is for a node elsewhere; give %s too, or remove it"
              .formatted(settings.origin(setting), Setting.RPC_URL.flag()));
    }
  }

  private static int port(String text) {
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65535) {
      throw new IllegalArgumentException("port must be 0 to 65535, not \"" + text + "\"");
    }
    return Integer.parseInt(text);
  }

  private static OptionalLong blockNumber(String text) {
    if (!text.matches("[0-9]{1,15}")) {
      throw new IllegalArgumentException("a block number must be digits, not \"" + text + "\"");
    }
    return OptionalLong.of(Long.parseLong(text));
  }

  private static InetAddress address(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("the address to serve on is empty");
    }
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "\"%s\" is no address; %s serves this machine, 0.0.0.0 any".formatted(text, LOCAL), e);
    }
  }

  static URI rpcUrl(String text) {
    return url(
        text,
        List.of("http", "https"),
        "the node's URL must be http://host:port or https://host, as http://127.0.0.1:8545");
  }

  private static URI wsUrl(String text) {
    return url(
        text,
        List.of("ws", "wss"),
        "the node's WebSocket must be ws://host:port or wss://host, as ws://127.0.0.1:8546");
  }

  /** The message leaves the URL out: it may carry a key. */
  private static URI url(String text, List<String> schemes, String due) {
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("this is not a URL: " + e.getReason());
    }
    if (!schemes.contains(url.getScheme()) || url.getHost() == null) {
      throw new IllegalArgumentException(due);
    }
    return url;
  }
}
