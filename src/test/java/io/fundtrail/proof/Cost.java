package io.fundtrail.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * Holds what an input costs to a bound that grows with its size alone: memory by the bytes that the
 * thread allocates, which also bounds all work that allocates; time by the thread's own clock,
 * which stands still while other threads run.
 */
final class Cost {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** For what does not depend on the input: exceptions, buffers, the words of a verdict. */
  private static final long ALLOCATED_AT_LEAST = 1 << 20;

  /** As the code stands: an optimizer that keeps objects off the heap may take some of it away. */
  private static final long ALLOCATED_PER_BYTE = 240;

  private static final long MOST_NANOSECONDS = 2_000_000_000;

  private Cost() {}

  /**
   * Runs the work and compares; once more if it was dear, as the first of its kind loads classes.
   */
  static void ofReading(int size, Runnable work) {
    long most = ALLOCATED_AT_LEAST + ALLOCATED_PER_BYTE * size;
    Spent spent = spent(work);
    if (spent.bytes() > most || spent.nanoseconds() > MOST_NANOSECONDS) {
      spent = spent(work);
    }
    assertThat(spent.bytes())
        .as("bytes allocated for an input of %d bytes", size)
        .isLessThanOrEqualTo(most);
    assertThat(spent.nanoseconds())
        .as("nanoseconds for an input of %d bytes", size)
        .isLessThanOrEqualTo(MOST_NANOSECONDS);
  }

  private record Spent(long bytes, long nanoseconds) {}

  private static Spent spent(Runnable work) {
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    long time = THREADS.getCurrentThreadCpuTime();
    work.run();
    long after = THREADS.getCurrentThreadCpuTime();
    return new Spent(THREADS.getCurrentThreadAllocatedBytes() - bytes, after - time);
  }
}
