package io.fundtrail.proof;

/** The bytes are no bundle: the one exception of {@link BundleJson#read}. */
public final class UnreadableBundle extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableBundle(String message) {
    super(message);
  }
}
