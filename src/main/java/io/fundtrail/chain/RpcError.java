package io.fundtrail.chain;

import io.fundtrail.model.Bytes;
import java.util.Optional;

/** The endpoint answered with a JSON-RPC error. */
public final class RpcError extends ChainException {
  private static final long serialVersionUID = 1L;

  private final String method;
  private final int code;
  private final String reason;
  private final transient Optional<Bytes> data;

  public RpcError(String method, int code, String reason, Optional<Bytes> data) {
    super(method + " was refused: " + reason + " (code " + code + ")");
    this.method = method;
    this.code = code;
    this.reason = reason;
    this.data = data;
  }

  public String method() {
    return method;
  }

  public int code() {
    return code;
  }

  /** The endpoint's own message. */
  public String reason() {
    return reason;
  }

  /** What a reverted call returned, where the error carries it. */
  public Optional<Bytes> data() {
    return data;
  }
}
