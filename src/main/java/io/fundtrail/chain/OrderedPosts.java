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
import java.util.ArrayList;
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

  private final URI url;
  private final Duration timeout;
  private @Nullable Socket socket;
  private @Nullable InputStream in;
  private List<byte[]> answers = new ArrayList<>();
  private int underWay;

  OrderedPosts(String url, Duration timeout) {
    this.url = URI.create(url);
    this.timeout = timeout;
  }

  /**
   * Sends requests behind those sent before, whose answers may not be there yet.
   *
   * @throws IOException if one of them is not answered; which requests were worked on is unknown
   *     then
   */
  void send(List<byte[]> bodies) throws IOException {
    try {
      for (int from = 0; from < bodies.size(); from += UNDER_WAY) {
        List<byte[]> some = bodies.subList(from, Math.min(from + UNDER_WAY, bodies.size()));
        if (underWay + some.size() > UNDER_WAY) {
          receive();
        }
        write(some);
      }
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /**
   * The bodies of the answers, in the order of the requests sent since this was asked before.
   *
   * @throws IOException if one of them got none; which requests were worked on is unknown then
   */
  List<byte[]> answers() throws IOException {
    try {
      receive();
    } catch (IOException e) {
      close();
      throw e;
    }
    List<byte[]> all = answers;
    answers = new ArrayList<>();
    return all;
  }

  @Override
  public void close() {
    Socket open = socket;
    socket = null;
    in = null;
    underWay = 0;
    answers.clear();
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // Nothing more is sent or read.
      }
    }
  }

  private void write(List<byte[]> bodies) throws IOException {
    Socket to = socket;
    if (to == null) {
      to = new Socket(url.getHost(), url.getPort());
      to.setTcpNoDelay(true);
      to.setSoTimeout((int) timeout.toMillis());
      in = new BufferedInputStream(to.getInputStream());
      socket = to;
    }
    ByteArrayOutputStream requests = new ByteArrayOutputStream();
    for (byte[] body : bodies) {
      String head =
          "POST / HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
              .formatted(url.getAuthority(), body.length);
      requests.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
      requests.writeBytes(body);
    }
    requests.writeTo(to.getOutputStream());
    underWay += bodies.size();
  }

  private void receive() throws IOException {
    InputStream from = in;
    for (; from != null && underWay > 0; underWay--) {
      acknowledge();
      answers.add(answer(from));
    }
  }

  /**
   * The node does not send an answer while another is unacknowledged (Nagle's algorithm), and the
   * system acknowledges after 40 ms, unless it is told to do so at once, each time.
   */
  private void acknowledge() throws IOException {
    Socket to = socket;
    if (to != null && to.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK)) {
      to.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
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
