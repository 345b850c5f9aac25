package io.fundtrail.api;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What Prometheus asks for. Labels are route patterns, status classes and names of states, never
 * what a client sent: so there are only so many series, whoever asks for whatever.
 */
public final class Metrics {
  private static final double[] SECONDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
  };
  private static final double NANOS = 1e9;

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
  private final Histogram requests =
      Histogram.builder()
          .name("fundtrail_request_seconds")
          .help("Time from a request to its answer, by route and class of status.")
          .labelNames("method", "route", "status")
          .classicOnly()
          .classicUpperBounds(SECONDS)
          .register(registry);

  /** Something that goes up and down; not there while it is not known. */
  public void gauge(String name, String help, Supplier<OptionalDouble> value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(sample -> value.get().ifPresent(sample::call))
        .register(registry);
  }

  /** Which of some states something is in: 1 for that one, 0 for the others. */
  public void states(String name, String help, Supplier<Map<String, Boolean>> states) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames("state")
        .callback(sample -> states.get().forEach((state, is) -> sample.call(is ? 1 : 0, state)))
        .register(registry);
  }

  /** How many there are of some kinds of things; a kind that is left out is not known. */
  public void counts(String name, String help, String label, Supplier<Map<String, Long>> counts) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames(label)
        .callback(sample -> counts.get().forEach((kind, count) -> sample.call(count, kind)))
        .register(registry);
  }

  /** Something that only goes up while the program runs. */
  public void counter(String name, String help, LongSupplier count) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .callback(sample -> sample.call((double) count.getAsLong()))
        .register(registry);
  }

  /** Notes that a request was answered. */
  void answered(Route route, int status, long nanos) {
    requests
        .labelValues(route.method().name(), route.path(), status / 100 + "xx")
        .observe(nanos / NANOS);
  }

  /** All of it, in Prometheus's text format. */
  Answer text() {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      writer.write(text, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Answer.file(writer.getContentType(), text.toByteArray(), Map.of());
  }
}
