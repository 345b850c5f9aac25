package io.fundtrail.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.fundtrail.index.IndexStatus.Throughput;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecentPaceTest {
  private static final long HEAD = 10_000;

  private final RecentPace pace = new RecentPace();

  @Test
  void isNotKnownInTheFirstSecond() {
    pace.note(0, at(0, 0));
    assertThat(pace.at(seconds(0.9), at(500, 900))).isEmpty();
    assertThat(pace.at(seconds(1), at(500, 900))).contains(new CatchUp(900, 500, Optional.of(19L)));
  }

  @Test
  void isThatOfTheLastHalfMinute() {
    for (int second = 0; second <= 60; second++) {
      int blocks = second <= 30 ? second * 100 : 3_000 + (second - 30) * 10;
      pace.note(seconds(second), at(blocks, 2L * blocks));
    }
    assertThat(pace.at(seconds(60), at(3_300, 6_600)))
        .contains(new CatchUp(20, 10, Optional.of(670L)));
  }

  @Test
  void sinksWhileNothingMovesAndThenLeavesNoTimeToTell() {
    pace.note(0, at(0, 0));
    pace.note(seconds(10), at(1_000, 0));
    assertThat(pace.at(seconds(20), at(1_000, 0))).contains(new CatchUp(0, 50, Optional.of(180L)));
    for (int second = 11; second <= 60; second++) {
      pace.note(seconds(second), at(1_000, 0));
    }
    assertThat(pace.at(seconds(60), at(1_000, 0))).contains(new CatchUp(0, 0, Optional.empty()));
  }

  @Test
  void endsAtTheHeadAndBeginsAnewBehindIt() {
    pace.note(0, at(0, 0));
    pace.note(seconds(5), at(500, 0).in(new IndexState.Following()));
    assertThat(pace.at(seconds(6), at(500, 0))).isEmpty();
    pace.note(seconds(100), at(500, 0));
    assertThat(pace.at(seconds(102), at(600, 0))).contains(new CatchUp(0, 50, Optional.of(188L)));
  }

  private static IndexStatus at(long blocks, long events) {
    return new IndexStatus(
        new IndexState.CatchingUp(),
        Optional.of(new BlockRef(HEAD, Hash.ZERO, Instant.EPOCH)),
        Optional.of(
            new Checkpoint(new BlockRef(blocks, Hash.ZERO, Instant.EPOCH), 0, 0, Hash.ZERO)),
        Optional.empty(),
        new Throughput(blocks, events, Duration.ZERO));
  }

  private static long seconds(double seconds) {
    return (long) (seconds * 1e9);
  }
}
