package io.fundtrail.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class OrderedPostsTest {
  @Test
  void handsOverAnswersInOrderThroughOneConnection() throws Exception {
    try (Echo echo = new Echo(Integer.MAX_VALUE);
        OrderedPosts posts = echo.posts()) {
      assertThat(answers(posts, 0, 500)).isEqualTo(names(0, 500));
      assertThat(answers(posts, 500, 1)).isEqualTo(names(500, 1));
      assertThat(answers(posts, 501, 0)).isEmpty();
      assertThat(echo.connections.get()).isEqualTo(1);
    }
  }

  @Test
  void handsOverAnAnswerBeforeTheNextIsThere() throws Exception {
    try (Echo echo = new Echo(1);
        OrderedPosts posts = echo.posts()) {
      List<String> answers = new ArrayList<>();

      posts.post(
          bodies(0, 200),
          answer -> {
            answers.add(new String(answer, StandardCharsets.UTF_8));
            echo.mayAnswer.release();
          });

      assertThat(answers).isEqualTo(names(0, 200));
    }
  }

  @Test
  void takesNoAnswerForThatOfALaterPost() throws Exception {
    try (Echo echo = new Echo(Integer.MAX_VALUE);
        OrderedPosts posts = echo.posts()) {
      assertThatThrownBy(() ->
              posts.post(
                  bodies(0, 40),
                  _ -> {
                    throw new IllegalStateException("no more");
                  }))
          .hasMessage("no more");

      assertThat(answers(posts, 40, 3)).isEqualTo(names(40, 3));
    }
  }

  @Test
  void saysThatAnAnswerDoesNotCome() throws Exception {
    try (Echo echo = new Echo(2);
        OrderedPosts posts = echo.posts()) {
      List<String> answers = new ArrayList<>();
      echo.endsWhenNoMoreMayBeAnswered = true;

      assertThatThrownBy(() ->
              posts.post(
                  bodies(0, 3), answer -> answers.add(new String(answer, StandardCharsets.UTF_8))))
          .isInstanceOf(IOException.class);

      assertThat(answers).isEqualTo(names(0, 2));
    }
  }

  private static List<String> answers(OrderedPosts posts, int from, int count) throws IOException {
    List<String> answers = new ArrayList<>();
    posts.post(
        bodies(from, count), answer -> answers.add(new String(answer, StandardCharsets.UTF_8)));
    return answers;
  }

  private static List<String> names(int from, int count) {
    return IntStream.range(from, from + count).mapToObj(i -> "post " + i).toList();
  }

  private static List<byte[]> bodies(int from, int count) {
    return names(from, count).stream().map(name -> name.getBytes(StandardCharsets.UTF_8)).toList();
  }

  /** Answers each request with its body, as soon as it may. */
  private static final class Echo implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final AtomicInteger connections = new AtomicInteger();
    private final Semaphore mayAnswer;
    private volatile boolean endsWhenNoMoreMayBeAnswered;

    Echo(int mayAnswer) throws IOException {
      this.mayAnswer = new Semaphore(mayAnswer);
      Thread.ofVirtual().start(this::accept);
    }

    OrderedPosts posts() {
      return new OrderedPosts("http://127.0.0.1:" + server.getLocalPort(), Duration.ofSeconds(20));
    }

    private void accept() {
      while (!server.isClosed()) {
        try (Socket socket = server.accept()) {
          connections.incrementAndGet();
          answer(socket);
        } catch (IOException | InterruptedException e) {
          // The next connection, if there is one.
        }
      }
    }

    private void answer(Socket socket) throws IOException, InterruptedException {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      while (true) {
        byte[] body = body(in);
        if (endsWhenNoMoreMayBeAnswered && mayAnswer.availablePermits() == 0) {
          return;
        }
        mayAnswer.acquire();
        String head = "HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n".formatted(body.length);
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
      }
    }

    private static byte[] body(DataInputStream in) throws IOException {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) in.readByte());
      }
      String length = head.toString().replaceAll("(?s).*Content-Length: (\\d+).*", "$1");
      return in.readNBytes(Integer.parseInt(length));
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
