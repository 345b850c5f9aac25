package io.fundtrail.chain;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * POST requests to our own node over one connection, sent before the answers to those before them
 * are there (HTTP pipelining, RFC 9112, 9.3.2): the node works on them in the order in which they
 * were sent, and none of them waits for the way there and back. For one thread.
 */
final class OrderedPosts implements AutoCloseable {
  /** So few that the answers of all fit the connection's buffers while nobody reads them. */
  private static final int UNDER_WAY = 64;

  private static final int MOST_HEAD = 16 * 1024;
  private static final int MOST_BODY = 1024 * 1024;

  /** Takes an answer. */
  interface Answered {
    void by(byte[] body) throws IOException;
  }

  private record Connection(Socket socket, InputStream in) {}

  private final URI url;
  private final Duration timeout;
  private @Nullable Connection connection;

  OrderedPosts(String url, Duration timeout) {
    this.url = URI.create(url);
    this.timeout = timeout;
  }

  /**
   * Hands over the body of each answer when it comes, in the order of the requests.
   *
   * @throws IOException if one of them got none; which requests were worked on is unknown then
   */
  void post(List<byte[]> bodies, Answered answered) throws IOException {
    try {
      int sent = 0;
      for (int i = 0; i < bodies.size(); i++) {
        if (sent < bodies.size() && sent - i <= UNDER_WAY / 2) {
          int until = Math.min(i + UNDER_WAY, bodies.size());
          send(bodies.subList(sent, until));
          sent = until;
        }
        acknowledge();
        answered.by(answer(connection().in()));
      }
    } catch (IOException | RuntimeException e) {
      // What is still to be answered is not to be read as answers to what comes next.
      close();
      throw e;
    }
  }

  @Override
  public void close() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.socket().close();
      } catch (IOException e) {
        // Nothing more is sent or read.
      }
    }
  }

  private void send(List<byte[]> bodies) throws IOException {
    ByteArrayOutputStream requests = new ByteArrayOutputStream();
    for (byte[] body : bodies) {
      String head =
          "POST / HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
              .formatted(url.getAuthority(), body.length);
      requests.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
      requests.writeBytes(body);
    }
    requests.writeTo(connection().socket().getOutputStream());
  }

  private Connection connection() throws IOException {
    Connection open = connection;
    if (open == null) {
      Socket socket = new Socket(url.getHost(), url.getPort());
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) timeout.toMillis());
      open = new Connection(socket, new BufferedInputStream(socket.getInputStream()));
      connection = open;
    }
    return open;
  }

  /**
   * The node does not send an answer while another is unacknowledged (Nagle's algorithm), and the
   * system acknowledges after 40 ms, unless it is told to do so at once, each time.
   */
  private void acknowledge() throws IOException {
    Socket from = connection().socket();
    if (from.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK)) {
      from.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
    }
  }

  private static byte[] answer(InputStream in) throws IOException {
    String status = line(in);
    if (!status.startsWith("HTTP/1.1 200")) {
      throw new IOException("the node answers " + status);
    }
    int length = -1;
    for (String field = line(in); !field.isEmpty(); field = line(in)) {
      if (field.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(field.substring(field.indexOf(':') + 1).strip());
      }
    }
    if (length < 0 || length > MOST_BODY) {
      throw new IOException("the node answers with a body of " + length + " bytes");
    }
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("the answer ends in its body");
    }
    return body;
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int read = in.read(); read != '\n'; read = in.read()) {
      if (read < 0 || line.size() > MOST_HEAD) {
        throw new EOFException("the answer ends in its head");
      }
      line.write(read);
    }
    return line.toString(StandardCharsets.US_ASCII).stripTrailing();
  }
}
