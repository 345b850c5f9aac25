package io.fundtrail.testnode;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Passes bytes on to a node, as slowly as it is told, until its connections are cut. */
public final class Relay implements AutoCloseable {
  private final URI node;
  private final ServerSocket listening;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Duration delay;
  private volatile boolean refusing;

  /** A relay to the node at an http URL, on a free loopback port. */
  public Relay(URI node) {
    this(node, Duration.ZERO);
  }

  /** One that keeps everything back for so long. */
  public Relay(URI node, Duration delay) {
    this.node = node;
    this.delay = delay;
    try {
      this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** Where a WebSocket gets through. */
  public URI webSocketUrl() {
    return URI.create("ws://127.0.0.1:" + listening.getLocalPort());
  }

  public URI rpcUrl() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort());
  }

  /** Cuts every connection; whether the next ones are, too. */
  public void cut(boolean nextOnes) {
    refusing = nextOnes;
    sockets.forEach(Relay::close);
    sockets.clear();
  }

  @Override
  public void close() {
    cut(true);
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        if (refusing) {
          client.close();
          continue;
        }
        Socket server = new Socket(node.getHost(), node.getPort());
        sockets.add(client);
        sockets.add(server);
        Thread.ofVirtual().start(() -> pass(client, server));
        Thread.ofVirtual().start(() -> pass(server, client));
      } catch (IOException e) {
        // The next one may come.
      }
    }
  }

  private void pass(Socket from, Socket to) {
    try (InputStream in = from.getInputStream()) {
      byte[] part = new byte[1 << 16];
      for (int size = in.read(part); size >= 0; size = in.read(part)) {
        Thread.sleep(delay);
        to.getOutputStream().write(part, 0, size);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // Cut, which is what this is for.
    } finally {
      close(from);
      close(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
