package io.fundtrail.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChainPositionTest {
  private static final Instant NOON = Instant.parse("2016-05-16T12:00:00Z");

  @Test
  void ordersLogsByBlockThenIndex() {
    assertThat(List.of(new LogRef(2, 0), new LogRef(1, 9), new LogRef(1, 10)).stream().sorted())
        .containsExactly(new LogRef(1, 9), new LogRef(1, 10), new LogRef(2, 0));
  }

  @Test
  void refusesPositionsBelowZero() {
    assertThatThrownBy(() -> new LogRef(-1, 0))
        .hasMessage("block number must be 0 or more, not -1");
    assertThatThrownBy(() -> new LogRef(0, -1)).hasMessage("log index must be 0 or more, not -1");
    assertThatThrownBy(() -> new BlockRef(-1, Hash.ZERO, NOON))
        .hasMessage("block number must be 0 or more, not -1");
  }

  @Test
  void refusesABlockTimeFinerThanSeconds() {
    assertThatThrownBy(() -> new BlockRef(1, Hash.ZERO, NOON.plusMillis(1)))
        .hasMessage("block time must be whole seconds since 1970, not 2016-05-16T12:00:00.001Z");
  }

  @Test
  void keepsItsOwnTopicsAndFourAtMost() {
    List<Hash> topics = new ArrayList<>(List.of(Hash.ZERO));
    RawLog log =
        new RawLog(new LogRef(1, 0), Hash.ZERO, Hash.ZERO, 0, Address.ZERO, topics, Bytes.EMPTY);
    topics.clear();
    assertThat(log.topics()).containsExactly(Hash.ZERO);
    List<Hash> five = Collections.nCopies(5, Hash.ZERO);
    assertThatThrownBy(() ->
            new RawLog(new LogRef(1, 0), Hash.ZERO, Hash.ZERO, 0, Address.ZERO, five, Bytes.EMPTY))
        .hasMessage("a log has 4 topics at most, not 5");
  }

  @Test
  void namesItsFinality() {
    BlockRef block = new BlockRef(1, Hash.ZERO, NOON);
    assertThat(new AsOf(block, "immediate", 7).verifiedThrough()).isEqualTo(7);
    assertThatThrownBy(() -> new AsOf(block, " ", 1)).hasMessage("finality must be named");
    assertThatThrownBy(() -> new AsOf(block, "immediate", -1)).hasMessageContaining("not -1");
  }
}
