package io.fundtrail.api;

/** What can be wrong with a request, each with its stable {@code type} (RFC 9457). */
public enum ProblemType {
  INVALID_REQUEST(
      400,
      "A parameter or a field is wrong",
      "The problem names the parameter, what was given and what would be right."),
  BAD_MESSAGE(400, "Not an HTTP request", "The bytes received are not a well-formed request."),
  NOT_RELAYED(
      403,
      "This transaction is not relayed",
      "The service relays transactions to the ledger's contracts and approvals of listed settlement"
          + " tokens, for its own chain; nothing else."),
  NOT_FOUND(404, "There is no such thing", "Nothing answers to this path, address or hash."),
  BLOCK_NOT_INDEXED(
      404,
      "The index does not hold this block",
      "The block or moment asked for lies before the ledger began or after the last block that is"
          + " indexed."),
  METHOD_NOT_ALLOWED(
      405, "The path does not answer this method", "The header Allow names the methods."),
  CURSOR_ORPHANED(
      410,
      "The list has to be read anew",
      "The chain dropped the block that the cursor is bound to, so the next page would not fit the"
          + " one before. Ask for the first page again."),
  BODY_TOO_LARGE(413, "The body is too large", "The problem says how large a body may be."),
  URI_TOO_LONG(
      414, "The address is too long", "The request line is longer than the service reads."),
  UNSUPPORTED_MEDIA_TYPE(
      415, "The body must be JSON", "Send the header Content-Type: application/json."),
  REFUSED(
      422,
      "A contract refuses this",
      "The transactions ran at the next block's time, and one was refused. The problem says which,"
          + " and gives the contract's error with its arguments and in words."),
  NOT_PROVABLE(
      422,
      "This cannot be proven",
      "What is asked is not so, the contract is of another kind, or the node no longer has the"
          + " state of the block. The problem says which."),
  CHAIN_REFUSED(
      422,
      "The chain did not accept the transaction",
      "The node refused the signed transaction before running it: a wrong nonce, too little to pay"
          + " for its gas, or too low a fee."),
  TOO_MANY_REQUESTS(
      429, "Too many requests", "The header Retry-After says in how many seconds to try again."),
  HEADERS_TOO_LARGE(
      431, "The headers are too large", "The request's headers are larger than the service reads."),
  INTERNAL_ERROR(
      500,
      "The service failed",
      "A fault of the service, not of the request. Its log has the cause."),
  NOT_READY(
      503,
      "The service is not ready",
      "The index does not follow the chain yet, or transactions are not accepted yet."),
  CHAIN_UNAVAILABLE(503, "The chain does not answer", "The node could not be reached in time."),
  DATABASE_UNAVAILABLE(
      503,
      "The database does not answer",
      "It is away, starting, stopping or out of room. The service goes on once it is back."),
  TOOK_TOO_LONG(
      503,
      "The answer took too long",
      "One answer may take the database so long and no longer. Some take long while the index reads"
          + " a long history for the first time, since it orders it at the end.");

  private final int status;
  private final String title;
  private final String explanation;

  ProblemType(int status, String title, String explanation) {
    this.status = status;
    this.title = title;
    this.explanation = explanation;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /** What the type means, for whoever follows its URI. */
  public String explanation() {
    return explanation;
  }

  /** The last part of the URI, such as {@code not-found}. */
  public String slug() {
    return Words.of(this);
  }

  /** The {@code type} of the problem, relative to the service. */
  public String uri() {
    return "/problems/" + slug();
  }
}
