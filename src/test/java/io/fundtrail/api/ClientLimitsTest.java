package io.fundtrail.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fundtrail.api.ClientLimits.Permit;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClientLimitsTest {
  private static final long SECOND = 1_000_000_000;
  private final AtomicLong clock = new AtomicLong();
  private final ClientLimits limits = new ClientLimits(10, 3, clock::get);

  @Test
  void letsABurstThroughAndThenSoManyASecond() {
    assertThat(passed("10.0.0.1", 100)).isEqualTo(40);
    clock.addAndGet(SECOND);
    assertThat(passed("10.0.0.1", 100)).isEqualTo(10);
    clock.addAndGet(100 * SECOND);
    assertThat(passed("10.0.0.1", 100)).isEqualTo(40);
  }

  @Test
  void keepsClientsApart() {
    assertThat(passed("10.0.0.1", 100)).isEqualTo(40);
    assertThat(passed("10.0.0.2", 100)).isEqualTo(40);
  }

  @Test
  void takesAnIpv6NetworkForOneClient() {
    assertThat(passed("2001:db8::1", 100)).isEqualTo(40);
    assertThat(passed("2001:db8::ffff", 100)).isZero();
    assertThat(passed("2001:db8:0:1::1", 100)).isEqualTo(40);
  }

  @Test
  void letsSoManyRequestsRunAtOnce() {
    List<Permit> underWay = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      underWay.add(limits.enter(address("10.0.0.1")));
    }
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> limits.enter(address("10.0.0.1")).close())
        .withMessageContaining("at most 3 requests at once")
        .matches(problem -> problem.headers().containsKey("Retry-After"));
    underWay.getFirst().close();
    assertThat(passed("10.0.0.1", 1)).isEqualTo(1);
  }

  @Test
  void remembersOnlySoManyClients() {
    for (int i = 0; i < 30_000; i++) {
      passed("10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255), 1);
    }
    assertThat(passed("10.0.0.0", 100)).as("forgotten, so a new one").isEqualTo(40);
  }

  private int passed(String address, int tries) {
    int passed = 0;
    for (int i = 0; i < tries; i++) {
      try (Permit _ = limits.enter(address(address))) {
        passed++;
      } catch (Problem problem) {
        assertThat(problem.type()).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
      }
    }
    return passed;
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
