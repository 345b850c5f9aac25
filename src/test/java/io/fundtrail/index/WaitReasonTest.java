package io.fundtrail.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.fundtrail.chain.ChainUnavailable;
import io.fundtrail.store.DatabaseException;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Everybody is told of a lack of room; the log has the rest. */
final class WaitReasonTest {
  private static final String PLACE = "Connection to ledger.internal:5432 refused";

  @Test
  void tellsEverybodyOfALackOfRoom() {
    assertThat(reason(new SQLException("disk is full", "53100")).forEverybody())
        .isEqualTo("the range was not stored: disk is full");
    assertThat(reason(new SQLException("database or disk is full")).forEverybody())
        .isEqualTo("the range was not stored: database or disk is full");
  }

  @Test
  void tellsTheLogAloneWhereTheDatabaseIs() {
    WaitReason reason = reason(new SQLException(PLACE, "08001"));
    assertThat(reason.forEverybody()).isEqualTo("the range was not stored");
    assertThat(reason.forTheLog()).isEqualTo("the range was not stored: " + PLACE);
  }

  @Test
  void saysOfAChainWhatTheChainsErrorSays() {
    WaitReason reason =
        WaitReason.of(
            new ChainUnavailable(
                "the node did not answer", new IOException("http://user:secret@node.internal")));
    assertThat(reason)
        .isEqualTo(new WaitReason("the node did not answer", "the node did not answer"));
  }

  private static WaitReason reason(SQLException said) {
    return WaitReason.of(new DatabaseException("the range was not stored", said));
  }
}
