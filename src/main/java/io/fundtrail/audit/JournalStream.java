package io.fundtrail.audit;

import io.fundtrail.api.EventStream;
import io.fundtrail.audit.JournalReading.Asked;
import io.fundtrail.audit.JournalReading.Told;
import io.fundtrail.index.Commits;
import java.time.Duration;

/**
 * The journal for one client, read page by page behind where the client stands, and on as the index
 * commits. Nothing of it waits in memory.
 */
final class JournalStream implements EventStream {
  private final JournalReading reading;
  private final Commits commits;
  private final Asked asked;
  private JournalReading.Place place;

  JournalStream(JournalReading reading, Commits commits, Asked asked, JournalReading.Place place) {
    this.reading = reading;
    this.commits = commits;
    this.asked = asked;
    this.place = place;
  }

  @Override
  public String next(Duration patience) throws InterruptedException {
    long seen = commits.count();
    Told told = take(reading.shared(seen, asked, place));
    if (told.text().isEmpty()) {
      boolean more = commits.awaitMore(seen, patience);
      told =
          take(more ? reading.shared(commits.count(), asked, place) : reading.read(asked, place));
    }
    return told.text();
  }

  private Told take(Told told) {
    place = told.place();
    return told;
  }
}
