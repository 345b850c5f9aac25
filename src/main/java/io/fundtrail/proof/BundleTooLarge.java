package io.fundtrail.proof;

/** What is asked takes a bundle of more than {@link BundleJson#MOST_BYTES}, which nobody reads. */
public final class BundleTooLarge extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BundleTooLarge(long bytes) {
    super(
        "a bundle of %d bytes, of which at most %d are read"
            .formatted(bytes, BundleJson.MOST_BYTES));
  }
}
