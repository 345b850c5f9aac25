package io.fundtrail.round;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Rounds that hold money, that anyone may move on, and that nobody has moved on. */
public final class StalledRounds {
  private static final List<String> STEPS = List.of("close", "tally", "settle");

  private StalledRounds() {}

  /**
   * How many rounds wait for each step: {@code close} past their deadline or announced early close,
   * {@code tally} after closing, {@code settle} after the tally; the last two where the round has
   * not come further in the meantime.
   *
   * @param block after which
   * @param since they have waited at least
   */
  public static Map<String, Long> count(Handle handle, long block, Instant since) {
    Map<String, Long> counts = new LinkedHashMap<>();
    STEPS.forEach(step -> counts.put(step, 0L));
    handle
        .createQuery(
            """
            select case s.status
                when 'open' then 'close' when 'tallying' then 'tally' else 'settle'
              end as step, count(*) as rounds
            from round_state s
            join block b on b.number = s.block_number
            where s.block_number =
                (select max(x.block_number) from round_state x
                 where x.round = s.round and x.block_number <= :block)
              and s.escrow_commitments > 0
              and ((s.status = 'open' and coalesce(s.early_close_at, s.deadline) <= :since)
                or (s.status in ('tallying', 'settling') and b.time <= :since))
            group by 1
            """)
        .bind("block", block)
        .bind("since", since)
        .map((row, context) -> Map.entry(row.getString("step"), row.getLong("rounds")))
        .forEach(found -> counts.put(found.getKey(), found.getValue()));
    return counts;
  }
}
