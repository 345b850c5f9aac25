package io.fundtrail.api;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * Asks over a few connections that stay open, each the next thing when it has its answer. Written
 * for this: it shares the machine with the service, so it reads no more of an answer than its
 * length.
 */
final class LoadClient {
  private static final int MOST_TIMES = 2_000_000;

  private final int port;
  private final int connections;

  /** What was asked before is not asked again, so that no kept answer of a warm-up serves. */
  private int asked;

  LoadClient(int port, int connections) {
    this.port = port;
    this.connections = connections;
  }

  /** How many answers came a second, and in how many milliseconds 99 of 100 and 50 of 100 came. */
  record Measured(double perSecond, double p99, double p50) {}

  /** Asks for paths in turn, for so long. */
  Measured ask(IntFunction<String> paths, Duration duration)
      throws InterruptedException, ExecutionException {
    long until = System.nanoTime() + duration.toNanos();
    try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
      List<Callable<long[]>> clients = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        int first = asked + i;
        clients.add(() -> ask(paths, first, until));
      }
      long start = System.nanoTime();
      List<long[]> times = new ArrayList<>();
      for (Future<long[]> client : threads.invokeAll(clients)) {
        times.add(client.get());
      }
      asked += times.stream().mapToInt(each -> each.length).max().orElse(0) * connections;
      double seconds = (System.nanoTime() - start) / 1e9;
      long[] all = times.stream().flatMapToLong(Arrays::stream).sorted().toArray();
      return new Measured(
          all.length / seconds, all[(int) (all.length * 0.99)] / 1e6, all[all.length / 2] / 1e6);
    }
  }

  private long[] ask(IntFunction<String> paths, int first, long until) throws IOException {
    long[] times = new long[MOST_TIMES / connections];
    int count = 0;
    byte[] buffer = new byte[1 << 16];
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      long now = System.nanoTime();
      while (now < until && count < times.length) {
        String path = paths.apply(first + count * connections);
        out.write(
            ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        readAnswer(in, buffer, path);
        long after = System.nanoTime();
        times[count++] = after - now;
        now = after;
      }
    }
    return Arrays.copyOf(times, count);
  }

  private static void readAnswer(InputStream in, byte[] buffer, String path) throws IOException {
    int read = 0;
    int head = -1;
    while (head < 0) {
      int more = in.read(buffer, read, buffer.length - read);
      if (more < 0) {
        throw new EOFException(path);
      }
      read += more;
      head = endOfHead(buffer, read);
    }
    String text = new String(buffer, 0, head, StandardCharsets.ISO_8859_1);
    if (!text.startsWith("HTTP/1.1 200 ")) {
      throw new IOException(path + ": " + text);
    }
    int at = text.toLowerCase(Locale.ROOT).indexOf("content-length: ") + 16;
    int left = Integer.parseInt(text.substring(at, text.indexOf('\r', at))) - (read - head);
    while (left > 0) {
      int more = in.read(buffer, 0, Math.min(left, buffer.length));
      if (more < 0) {
        throw new EOFException(path);
      }
      left -= more;
    }
  }

  private static int endOfHead(byte[] bytes, int length) {
    for (int i = 3; i < length; i++) {
      if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }
}
