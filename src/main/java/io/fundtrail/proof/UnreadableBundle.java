package io.fundtrail.proof;

/** The bytes are no bundle: the one exception of {@link BundleJson#read}. */
public final class UnreadableBundle extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is said of a bundle may quote it: as much of that as fits on a screen. */
  private static final int LONGEST = 500;

  UnreadableBundle(String message) {
    super(message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "...");
  }
}
