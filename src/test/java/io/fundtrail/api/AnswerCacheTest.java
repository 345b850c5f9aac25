package io.fundtrail.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fundtrail.model.AsOf;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AnswerCacheTest {
  private final AtomicLong commits = new AtomicLong();
  private final AnswerCache cache = new AnswerCache(commits::get);

  private record Said(AsOf asOf, String what) implements Dated {}

  private static Answer said(String what) {
    AsOf asOf = new AsOf(new BlockRef(1, Hash.ZERO, Instant.EPOCH), "immediate", 1);
    return Answer.json(new Said(asOf, what));
  }

  @Test
  void givesTheSameAnswerUntilTheIndexGoesOn() {
    Answer first = said("first");
    cache.place("/a?b=1").keep(first);
    assertThat(cache.place("/a?b=1").answer()).containsSame(first);
    assertThat(cache.place("/a?b=2").answer()).isEmpty();
    commits.incrementAndGet();
    assertThat(cache.place("/a?b=1").answer()).isEmpty();
  }

  /** The index committed between the question and the answer, which may be from before. */
  @Test
  void keepsNoAnswerBeyondACommitThatItMayNotHaveSeen() {
    AnswerCache.Place before = cache.place("/a");
    commits.incrementAndGet();
    assertThat(cache.place("/a").answer()).isEmpty();
    before.keep(said("old"));
    assertThat(cache.place("/a").answer()).isEmpty();
  }

  @Test
  void keepsOnlyWhatWasReadFromTheIndex() {
    cache.place("/clock").keep(Answer.json("now"));
    assertThat(cache.place("/clock").answer()).isEmpty();
    cache.place("/large").keep(said("x".repeat(2 << 20)));
    assertThat(cache.place("/large").answer()).isEmpty();
  }

  @Test
  void holdsSoMuchAndNoMore() {
    String much = "x".repeat(1 << 19);
    for (int i = 0; i < 200; i++) {
      cache.place("/" + i).keep(said(much));
    }
    long held = 0;
    for (int i = 0; i < 200; i++) {
      held += cache.place("/" + i).answer().isPresent() ? much.length() : 0;
    }
    assertThat(held).isBetween(30L << 20, 32L << 20);
  }
}
