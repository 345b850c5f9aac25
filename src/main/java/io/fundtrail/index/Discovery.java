package io.fundtrail.index;

import java.util.List;

/** Which contracts to follow. */
public interface Discovery {
  /** Those that are followed from the start, whatever is logged. */
  List<FollowedContract> roots();

  /** The contracts that a log announces, born no earlier than its block. */
  List<FollowedContract> announcedBy(LogEntry entry);
}
