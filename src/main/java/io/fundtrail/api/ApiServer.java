package io.fundtrail.api;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jetty.compression.gzip.GzipCompression;
import org.eclipse.jetty.compression.server.CompressionConfig;
import org.eclipse.jetty.compression.server.CompressionHandler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the routes of all rooms over HTTP, each request on a virtual thread. Every answer that is
 * an error is written here, as a problem; every answer carries the security headers.
 */
public final class ApiServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
  private static final int REQUEST_HEAD_BYTES = 8 * 1024;
  private static final int NETWORK_THREADS = 16;
  private static final int LEAST_COMPRESSED = 1024;

  /** Neither streams, which must leave at once, nor what is compressed already. */
  private static final List<String> COMPRESSED =
      List.of(
          "application/json",
          "application/problem+json",
          "application/yaml",
          "text/html",
          "text/css",
          "text/javascript",
          "image/svg+xml");

  private static final int FAULT = 500;
  private static final int LONGEST_PATH = 2048;
  private static final int LONGEST_QUERY = 4096;

  static {
    // Jetty asks the platform's MBean server for it, and that loads the flight recorder and more.
    System.setProperty("org.eclipse.jetty.util.referencesPerCacheLine", "16");
  }

  private final ApiSettings settings;
  private final List<Route> routes;
  private final ClientLimits limits;
  private final OpenStreams streams;
  private final AnswerCache cache;
  private final Metrics metrics;
  private final Javalin javalin;

  /**
   * A server that does not listen yet.
   *
   * @param commits how often the index has committed
   */
  public ApiServer(ApiSettings settings, List<? extends Routes> rooms, LongSupplier commits) {
    this.settings = settings;
    this.cache = new AnswerCache(commits);
    this.metrics = new Metrics();
    this.routes =
        Stream.concat(
                rooms.stream().flatMap(room -> room.routes().stream()),
                Stream.of(Route.get("/metrics", _ -> metrics.text())))
            .toList();
    this.limits =
        new ClientLimits(settings.requestsPerSecond(), settings.requestsAtOnce(), System::nanoTime);
    this.streams = new OpenStreams(settings.streams());
    metrics.gauge(
        "fundtrail_streams_open",
        "Streams of events that are open.",
        () -> OptionalDouble.of(streams.count()));
    this.javalin = Javalin.create(this::configure);
  }

  /** Listens from now on. */
  public ApiServer start() {
    javalin.start();
    streams.start();
    LOG.info("Serving on http://{}:{}", settings.host(), port());
    return this;
  }

  /** The port that is listened on. */
  public int port() {
    return javalin.port();
  }

  /** What is measured, for others to add to. */
  public Metrics metrics() {
    return metrics;
  }

  /** How many streams are open. */
  public int openStreams() {
    return streams.count();
  }

  /** All routes, in the order of the rooms. */
  public List<Route> routes() {
    return routes;
  }

  /** Ends the streams, lets requests under way end, then stops listening. */
  @Override
  public void close() {
    streams.close();
    javalin.stop();
  }

  private void configure(JavalinConfig config) {
    config.jetty.threadPool = threads();
    config.startup.startupWatcherEnabled = false;
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.router.caseInsensitiveRoutes = false;
    config.router.ignoreTrailingSlashes = false;
    config.http.generateEtags = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.jetty.host = settings.host();
    config.jetty.port = settings.port();
    config.jetty.modifyHttpConfiguration(ApiServer::configure);
    config.jetty.modifyServer(this::configure);
    for (Route route : routes) {
      HandlerType method =
          switch (route.method()) {
            case GET -> HandlerType.GET;
            case POST -> HandlerType.POST;
          };
      config.routes.addHttpHandler(method, route.path(), context -> serve(route, context));
    }
    config.routes.before(context -> SecurityHeaders.API.forEach(context::header));
    config.routes.before(ApiServer::checkLength);
    config.routes.exception(Problem.class, (problem, context) -> write(problem, context));
    config.routes.exception(HttpResponseException.class, this::answerUnrouted);
    config.routes.exception(Exception.class, ApiServer::answerFault);
  }

  /**
   * Requests run on virtual threads; the few threads that wait for the network do not, since one
   * that waits there would keep a carrier of virtual threads from all others.
   */
  private static ThreadPool threads() {
    QueuedThreadPool network = new QueuedThreadPool(NETWORK_THREADS);
    network.setName("http");
    network.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("request-"));
    return network;
  }

  private static void configure(HttpConfiguration http) {
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setRequestHeaderSize(REQUEST_HEAD_BYTES);
  }

  private void configure(Server server) {
    server.setErrorHandler(new UnparsedRequestErrors());
    server.insertHandler(compression());
    server.setStopTimeout(settings.idleTimeout().toMillis());
    for (var connector : server.getConnectors()) {
      if (connector instanceof ServerConnector http) {
        http.setIdleTimeout(settings.idleTimeout().toMillis());
      }
    }
  }

  /** An answer that is compressed has another tag, by which it is known again. */
  private static CompressionHandler compression() {
    CompressionConfig.Builder config =
        CompressionConfig.builder().decompressExcludePath("/*").compressIncludeEncoding("gzip");
    COMPRESSED.forEach(config::compressIncludeMimeType);
    GzipCompression gzip = new GzipCompression();
    gzip.setMinCompressSize(LEAST_COMPRESSED);
    CompressionHandler handler = new CompressionHandler();
    handler.putCompression(gzip);
    handler.putConfiguration("/*", config.build());
    return handler;
  }

  private void serve(Route route, Context context) throws UnknownHostException {
    InetAddress client = InetAddress.getByName(context.req().getRemoteAddr());
    switch (route.kind()) {
      case Route.Kind.Answers(Endpoint endpoint) -> answer(route, endpoint, client, context);
      case Route.Kind.Shows(Answer page) -> answer(route, _ -> page, client, context);
      case Route.Kind.Streams(EventStream.Opening opening) ->
          stream(route, opening, client, context);
    }
  }

  private void answer(Route route, Endpoint endpoint, InetAddress client, Context context) {
    long start = System.nanoTime();
    try {
      answerWithin(route, endpoint, client, context);
      metrics.answered(route, context.statusCode(), System.nanoTime() - start);
    } catch (Problem problem) {
      metrics.answered(route, problem.type().status(), System.nanoTime() - start);
      throw problem;
    } catch (RuntimeException e) {
      metrics.answered(route, FAULT, System.nanoTime() - start);
      throw e;
    }
  }

  private void answerWithin(Route route, Endpoint endpoint, InetAddress client, Context context) {
    try (var _ = limits.enter(client)) {
      if (route.method() == Route.Method.POST && !isJson(context.contentType())) {
        throw Problem.of(
            ProblemType.UNSUPPORTED_MEDIA_TYPE,
            "Content-Type is " + context.contentType() + "; expected application/json.");
      }
      write(
          route.method() == Route.Method.GET
              ? read(route, endpoint, context)
              : endpoint.answer(params(route, context)),
          context);
    }
  }

  /** Known by the path as it came, in which no escaped question mark passes for another. */
  private Answer read(Route route, Endpoint endpoint, Context context) {
    String path = context.req().getRequestURI();
    String query = context.queryString();
    AnswerCache.Place place = cache.place(query == null ? path : path + '?' + query);
    return place
        .answer()
        .orElseGet(() -> {
          Answer answer = endpoint.answer(params(route, context));
          place.keep(answer);
          return answer;
        });
  }

  /** A stream counts as a request only until it is open. */
  private void stream(
      Route route, EventStream.Opening opening, InetAddress client, Context context) {
    try (var _ = streams.enter(client)) {
      EventStream stream;
      try (var _ = limits.enter(client)) {
        List<String> ids = Collections.list(context.req().getHeaders(RequestParams.LAST_EVENT_ID));
        stream = opening.open(params(route, context).after(ids));
      }
      streams.serve(stream, context);
    }
  }

  private RequestParams params(Route route, Context context) {
    return RequestParams.of(
        route, context.pathParamMap(), context.queryParamMap(), () -> body(context));
  }

  private byte[] body(Context context) {
    try (InputStream body = context.bodyInputStream()) {
      byte[] bytes = body.readNBytes(settings.mostBodyBytes() + 1);
      if (bytes.length > settings.mostBodyBytes()) {
        throw Problem.of(
                ProblemType.BODY_TOO_LARGE,
                "The body is longer than " + settings.mostBodyBytes() + " bytes.")
            .with("Connection", "close");
      }
      return bytes;
    } catch (IOException e) {
      throw Problem.of(ProblemType.BAD_MESSAGE, "The body ended before it was complete.");
    }
  }

  private static void checkLength(Context context) {
    String query = context.queryString();
    if (context.path().length() > LONGEST_PATH
        || (query != null && query.length() > LONGEST_QUERY)) {
      throw Problem.of(
          ProblemType.URI_TOO_LONG,
          "The path may have " + LONGEST_PATH + " characters, the query " + LONGEST_QUERY + ".");
    }
  }

  /** What Javalin refuses by itself: no route, or another method. */
  private void answerUnrouted(HttpResponseException refusal, Context context) {
    Set<String> allowed = new TreeSet<>();
    for (Route route : routes) {
      if (matches(route, context.path())) {
        allowed.add(route.method().name());
      }
    }
    if (refusal.getStatus() >= 500) {
      answerFault(refusal, context);
    } else if (allowed.isEmpty() || allowed.contains(context.method().name())) {
      write(Problem.notFound("path " + context.path()), context);
    } else {
      String detail = context.path() + " answers " + String.join(" and ", allowed) + " only.";
      Problem problem = Problem.of(ProblemType.METHOD_NOT_ALLOWED, detail);
      write(problem.with("Allow", String.join(", ", allowed)), context);
    }
  }

  private static boolean matches(Route route, String path) {
    String literal = Pattern.quote(route.path()).replaceAll("\\{[A-Za-z]+}", "\\\\E[^/]+\\\\Q");
    return path.matches(literal);
  }

  private static void answerFault(Exception fault, Context context) {
    LOG.error("{} {} failed", context.method(), context.path(), fault);
    write(
        Problem.of(ProblemType.INTERNAL_ERROR, "The service failed; its log has the cause."),
        context);
  }

  private static void write(Problem problem, Context context) {
    write(Answer.problem(problem), context);
  }

  private static void write(Answer answer, Context context) {
    String tag = answer.headers().get(Answer.ETAG);
    if (tag != null && EntityTag.isKnown(tag, context.header("If-None-Match"))) {
      context.status(HttpStatus.NOT_MODIFIED);
      answer.headers().forEach(context::header);
      return;
    }
    switch (answer.body()) {
      case Answer.Body.Whole whole -> {
        begin(answer, context);
        context.res().setContentLength(whole.bytes().length);
        context.result(whole.bytes());
      }
      case Answer.Body.Streamed(Supplier<Answer.Content> made) -> {
        Answer.Content content = made.get();
        begin(answer, context);
        stream(content, context);
      }
    }
  }

  private static void begin(Answer answer, Context context) {
    context.status(answer.status()).contentType(answer.contentType());
    if (answer.contentType().equals(Answer.HTML_TYPE)) {
      SecurityHeaders.PAGE.forEach(context::header);
    }
    answer.headers().forEach(context::header);
  }

  private static void stream(Answer.Content content, Context context) {
    try {
      content.writeTo(context.outputStream());
    } catch (IOException e) {
      LOG.debug("{} {} was not read to its end", context.method(), context.path(), e);
    }
  }

  private static boolean isJson(@Nullable String contentType) {
    return contentType != null
        && contentType.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
  }
}
