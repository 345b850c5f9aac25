package io.fundtrail.app;

import org.jspecify.annotations.Nullable;

/** The contracts could not be brought onto the chain, or are not what was planned. */
public final class DeploymentFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DeploymentFailed(String message) {
    super(message);
  }

  DeploymentFailed(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
