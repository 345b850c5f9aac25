package io.fundtrail.index;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What the indexing thread tells the others. */
final class Progress implements Commits {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile IndexStatus status = IndexStatus.initial();
  private volatile IndexCounts counts = IndexCounts.NONE;
  private final AtomicLong commits = new AtomicLong();
  private final RecentPace pace = new RecentPace();

  IndexStatus status() {
    return status;
  }

  void update(UnaryOperator<IndexStatus> change) {
    lock.lock();
    try {
      IndexStatus before = status;
      status = change.apply(before);
      counts = counts.after(before, status);
      pace.note(System.nanoTime(), status);
      if (!status.checkpoint().equals(before.checkpoint())) {
        commits.incrementAndGet();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  Optional<CatchUp> catchUp() {
    lock.lock();
    try {
      return pace.at(System.nanoTime(), status);
    } finally {
      lock.unlock();
    }
  }

  IndexCounts counts() {
    return counts;
  }

  void checked(int heads) {
    lock.lock();
    try {
      counts = counts.checked(heads);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long count() {
    return commits.get();
  }

  @Override
  public boolean awaitMore(long than, Duration limit) throws InterruptedException {
    return await(_ -> commits.get() > than, limit);
  }

  /** Waits until the status is as wanted; false when it was not within the limit. */
  boolean await(Predicate<IndexStatus> wanted, Duration limit) throws InterruptedException {
    long left = limit.toNanos();
    lock.lock();
    try {
      while (!wanted.test(status)) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
