package io.fundtrail.api;

import java.nio.charset.StandardCharsets;

/** Text of the type {@code text/event-stream}, as the HTML standard (9.2) has it. */
public final class ServerSentEvents {
  static final String TYPE = "text/event-stream";
  static final String HEARTBEAT = ":\n\n";

  private final StringBuilder text = new StringBuilder();

  /** The id of what is told next. */
  public ServerSentEvents at(String id) {
    text.append("id: ").append(line(id)).append('\n');
    return this;
  }

  /** An event without a name, which a browser calls {@code message}. */
  public ServerSentEvents event(String id, Object data) {
    return at(id).data(data);
  }

  /** An event with a name. */
  public ServerSentEvents named(String name, Object data) {
    text.append("event: ").append(line(name)).append('\n');
    return data(data);
  }

  /** Where the client stands, without telling it anything: it gives this id when it comes again. */
  public ServerSentEvents place(String id) {
    at(id);
    text.append('\n');
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private ServerSentEvents data(Object data) {
    String json = new String(Json.write(data), StandardCharsets.UTF_8);
    text.append("data: ").append(line(json)).append("\n\n");
    return this;
  }

  /** JSON and ids have no line end; one would begin another field. */
  private static String line(String value) {
    if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0 || value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a field of an event is one line");
    }
    return value;
  }
}
