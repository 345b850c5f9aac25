package io.fundtrail.api;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Problems for requests that Jetty refuses before any route is asked. */
final class UnparsedRequestErrors extends ErrorHandler {
  private static final HttpField TYPE =
      new HttpField(HttpHeader.CONTENT_TYPE, "application/problem+json");

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      String message,
      @Nullable Throwable cause,
      Callback callback)
      throws IOException {
    Problem problem = problem(code);
    response.setStatus(problem.type().status());
    SecurityHeaders.API.forEach(response.getHeaders()::put);
    response.getHeaders().put(TYPE);
    response.write(true, ByteBuffer.wrap(Json.write(problem.json())), callback);
  }

  private static Problem problem(int code) {
    return switch (code) {
      case 404 -> Problem.notFound("such path");
      case 405 -> Problem.of(ProblemType.METHOD_NOT_ALLOWED, "This method is not answered.");
      case 414 -> Problem.of(ProblemType.URI_TOO_LONG, "The request line is too long.");
      case 431 -> Problem.of(ProblemType.HEADERS_TOO_LARGE, "The headers are too large.");
      default ->
          code < 500
              ? Problem.of(ProblemType.BAD_MESSAGE, "The request is not well-formed HTTP.")
              : Problem.of(ProblemType.INTERNAL_ERROR, "The service failed.");
    };
  }
}
