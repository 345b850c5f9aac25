package io.fundtrail.index;

import java.util.Collection;
import java.util.List;

/** Which contracts to follow. */
public interface Discovery {
  /** Those that are followed from the start, whatever is logged. */
  List<FollowedContract> roots();

  /**
   * The contracts that the logs of a range of blocks announce, and with them those known before.
   * One that was born earlier than its announcement has a past, which is read as well.
   */
  List<FollowedContract> announcedBy(Collection<LogEntry> entries);
}
