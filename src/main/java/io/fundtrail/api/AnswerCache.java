package io.fundtrail.api;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers that were read from the index, each for as long as the index does not go on: until its
 * next commit the same question has the same answer. Holds so many bytes, and then no more.
 */
final class AnswerCache {
  private static final long MOST_BYTES = 32L << 20;
  private static final int LARGEST_ANSWER = 1 << 20;
  private static final int BESIDES = 512;

  private final LongSupplier commits;
  private final AtomicReference<Kept> kept = new AtomicReference<>(new Kept(-1));

  /**
   * A cache that is empty.
   *
   * @param commits how often the index has committed; counted after the commit, so that whoever
   *     reads the count before the index does not keep an answer for longer than it is right
   */
  AnswerCache(LongSupplier commits) {
    this.commits = commits;
  }

  /** What was answered since a commit. */
  private record Kept(long commit, Map<String, Answer> answers, AtomicLong bytes) {
    Kept(long commit) {
      this(commit, new ConcurrentHashMap<>(), new AtomicLong());
    }
  }

  /** Where the answer to a question is, or belongs. */
  Place place(String question) {
    long commit = commits.getAsLong();
    Kept now = kept.updateAndGet(before -> before.commit() == commit ? before : new Kept(commit));
    return new Place(now, question);
  }

  /** The place of one answer after one commit. */
  static final class Place {
    private final Kept kept;
    private final String question;

    private Place(Kept kept, String question) {
      this.kept = kept;
      this.question = question;
    }

    Optional<Answer> answer() {
      @Nullable Answer answer = kept.answers().get(question);
      return Optional.ofNullable(answer);
    }

    /** Keeps an answer, if it is one from the index and there is room. */
    void keep(Answer answer) {
      answer
          .indexed()
          .filter(bytes -> bytes.length <= LARGEST_ANSWER)
          .ifPresent(bytes -> {
            long size = bytes.length + 2L * question.length() + BESIDES;
            if (kept.bytes().addAndGet(size) <= MOST_BYTES) {
              kept.answers().put(question, answer);
            } else {
              kept.bytes().addAndGet(-size);
            }
          });
    }
  }
}
