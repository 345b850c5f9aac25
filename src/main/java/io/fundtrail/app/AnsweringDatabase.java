package io.fundtrail.app;

import io.fundtrail.api.Problem;
import io.fundtrail.api.ProblemType;
import io.fundtrail.store.DatabaseException;
import io.fundtrail.store.QueryGivenUp;
import io.fundtrail.store.ReadOnlyDatabase;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A database for the API: a client is told what it does not answer, or not in time. */
record AnsweringDatabase(ReadOnlyDatabase database) implements ReadOnlyDatabase {
  private static final Logger LOG = LoggerFactory.getLogger(AnsweringDatabase.class);

  @Override
  public <T extends @Nullable Object> T read(Function<Handle, T> query) {
    try {
      return database.read(query);
    } catch (RuntimeException e) {
      throw told(e);
    }
  }

  /** The problem to throw in its place; what is no client's business stays what it is. */
  private static RuntimeException told(RuntimeException failure) {
    if (failure instanceof QueryGivenUp tooLong) {
      LOG.warn("An answer was given up", failure);
      return Problem.of(
          ProblemType.TOOK_TOO_LONG,
          "The answer was not found in %,d ms. Ask for less, or again when the index has caught up."
              .formatted(tooLong.longest().toMillis()));
    }
    if (DatabaseException.isOutage(failure)) {
      LOG.warn("The database does not answer: {}", failure.toString());
      return Problem.of(
          ProblemType.DATABASE_UNAVAILABLE, "The database gave no answer; try again shortly.");
    }
    return failure;
  }
}
