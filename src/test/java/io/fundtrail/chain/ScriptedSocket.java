package io.fundtrail.chain;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;

/** A WebSocket server (RFC 6455) that sends what a test tells it to, right or wrong. */
final class ScriptedSocket implements AutoCloseable {
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int TEXT = 0x81;
  private static final int BINARY = 0x82;

  /** What is done with a connection once it is one. */
  interface Script {
    void play(Frames frames) throws IOException, InterruptedException;
  }

  /** Frames to the client. */
  record Frames(OutputStream out) {
    void text(String text) throws IOException {
      frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    void binary(byte[] bytes) throws IOException {
      frame(BINARY, bytes);
    }

    /** The head of a text frame that says to have so many bytes. */
    void announce(long bytes) throws IOException {
      out.write(TEXT);
      out.write(127);
      out.write(ByteBuffer.allocate(Long.BYTES).putLong(bytes).array());
      out.flush();
    }

    void raw(byte[] bytes) throws IOException {
      out.write(bytes);
      out.flush();
    }

    private void frame(int kind, byte[] bytes) throws IOException {
      out.write(kind);
      if (bytes.length < 126) {
        out.write(bytes.length);
      } else {
        out.write(126);
        out.write(ByteBuffer.allocate(Short.BYTES).putShort((short) bytes.length).array());
      }
      out.write(bytes);
      out.flush();
    }
  }

  private final ServerSocket listening;
  private final Script script;
  private final AtomicInteger connections = new AtomicInteger();

  ScriptedSocket(Script script) {
    this.script = script;
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  URI url() {
    return URI.create("ws://127.0.0.1:" + listening.getLocalPort());
  }

  int connections() {
    return connections.get();
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        // Closed, or the next one may come.
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
      String key = "";
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        if (line.regionMatches(true, 0, "Sec-WebSocket-Key:", 0, 18)) {
          key = line.substring(18).strip();
        }
      }
      OutputStream out = client.getOutputStream();
      out.write(
          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n"
              .formatted(accepted(key))
              .getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      script.play(new Frames(out));
    } catch (IOException e) {
      // The client left.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String accepted(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1")
              .digest((key + MAGIC).getBytes(StandardCharsets.ISO_8859_1));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
