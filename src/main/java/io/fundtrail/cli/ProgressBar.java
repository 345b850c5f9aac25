package io.fundtrail.cli;

import java.io.PrintWriter;

/**
 * Shows how far something has come: one line drawn over and over for a person who watches, a line
 * every tenth otherwise.
 */
final class ProgressBar {
  private static final int WIDTH = 30;
  private static final int TENTHS = 10;

  private final PrintWriter out;
  private final boolean interactive;
  private final String what;
  private long lastTenth;
  private int longest;

  ProgressBar(Terminal terminal, String what) {
    this.out = terminal.out();
    this.interactive = terminal.interactive();
    this.what = what;
  }

  /** Shows so many of a total. */
  void show(long done, long total, String detail) {
    if (total == 0) {
      return;
    }
    if (interactive) {
      int filled = (int) (WIDTH * done / total);
      String bar = "#".repeat(filled) + ".".repeat(WIDTH - filled);
      draw("%s [%s] %,d of %,d  %s".formatted(what, bar, done, total, detail));
      if (done == total) {
        out.println();
      }
    } else if (TENTHS * done / total > lastTenth) {
      lastTenth = TENTHS * done / total;
      out.printf("%s: %,d of %,d  %s%n", what, done, total, detail);
    }
  }

  private void draw(String line) {
    longest = Math.max(longest, line.length());
    out.print("\r" + line + " ".repeat(longest - line.length()));
    out.flush();
  }
}
