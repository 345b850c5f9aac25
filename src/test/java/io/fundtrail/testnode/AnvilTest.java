package io.fundtrail.testnode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AnvilTest {
  @Test
  void isGoneOnceClosed() throws IOException {
    Anvil anvil = Anvil.start();
    assertThat(listens(anvil.rpcUrl())).isTrue();

    anvil.close();

    assertThat(listens(anvil.rpcUrl())).isFalse();
  }

  @Test
  void endsWithTheJvmThatWasKilled() throws Exception {
    Process jvm =
        JavaProgram.of(StartAndWait.class).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader output = jvm.inputReader();
    URI rpcUrl = URI.create(output.readLine());
    ProcessHandle node = jvm.descendants().filter(AnvilTest::isAnvil).findAny().orElseThrow();
    assertThat(listens(rpcUrl)).isTrue();

    jvm.destroyForcibly();

    assertThat(node.onExit()).succeedsWithin(Duration.ofSeconds(30));
    assertThat(listens(rpcUrl)).isFalse();
  }

  private static boolean isAnvil(ProcessHandle process) {
    return process.info().command().orElse("").endsWith("/anvil");
  }

  private static boolean listens(URI rpcUrl) throws IOException {
    try (Socket _ = new Socket(rpcUrl.getHost(), rpcUrl.getPort())) {
      return true;
    } catch (ConnectException refused) {
      return false;
    }
  }

  /** Starts a node, says where it listens and waits to be killed. */
  static final class StartAndWait {
    static void main(String[] args) throws InterruptedException {
      System.out.println(Anvil.start().rpcUrl());
      Thread.currentThread().join();
    }
  }
}
