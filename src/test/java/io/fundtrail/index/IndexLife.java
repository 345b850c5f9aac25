package io.fundtrail.index;

import io.fundtrail.store.Database;
import io.fundtrail.store.DatabaseUrl;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * An index in a program of its own, for tests that kill it: waits for a line that names a task, and
 * does it. Arguments: the JDBC URL of its database, the URL of the node.
 */
final class IndexLife {
  /** What it can be told to do; it ends when it is done, which following never is. */
  enum Task {
    MIGRATE,
    CATCH_UP,
    FOLLOW
  }

  private IndexLife() {}

  static void main(String[] args) throws Exception {
    LedgerChain chain = LedgerChain.at(args[1]);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String word = in.readLine();
    if (word == null) {
      return;
    }
    Task task = Task.valueOf(word);
    try (Database database = Database.open(DatabaseUrl.parse(args[0]))) {
      if (task == Task.MIGRATE) {
        KillTest.migrations().apply(database);
        return;
      }
      try (TestIndex index = TestIndex.start(database, chain, KillTest.plan(chain))) {
        index.awaitHead();
        if (task == Task.FOLLOW) {
          System.out.println("at the head");
          Thread.currentThread().join();
        }
      }
    }
  }
}
