package io.fundtrail.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import io.fundtrail.app.LogFormat;
import java.util.Iterator;
import net.logstash.logback.encoder.LogstashEncoder;
import net.logstash.logback.fieldnames.LogstashCommonFieldNames;
import net.logstash.logback.fieldnames.LogstashFieldNames;
import org.slf4j.LoggerFactory;

/** What the program says of its own accord, on standard error. */
final class ServiceLog {
  private static final String LEVEL = "fundtrail.log.level";

  private ServiceLog() {}

  /** Says what happens, unless the caller of this program wants another level. */
  static void write(LogFormat format) {
    if (System.getProperty(LEVEL) == null) {
      context().getLogger("io.fundtrail").setLevel(Level.INFO);
    }
    warn(format);
  }

  /** Only warns, as every command does but the service. */
  static void warn(LogFormat format) {
    switch (format) {
      case TEXT -> {}
      case JSON -> writeJson();
    }
  }

  private static void writeJson() {
    Iterator<Appender<ILoggingEvent>> appenders =
        context().getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders();
    while (appenders.hasNext()) {
      if (appenders.next() instanceof OutputStreamAppender<ILoggingEvent> appender) {
        appender.setEncoder(json());
      }
    }
  }

  private static LogstashEncoder json() {
    LogstashFieldNames names = new LogstashFieldNames();
    names.setTimestamp("time");
    names.setLogger("logger");
    names.setThread("thread");
    names.setStackTrace("exception");
    names.setLevelValue(LogstashCommonFieldNames.IGNORE_FIELD_INDICATOR);
    names.setVersion(LogstashCommonFieldNames.IGNORE_FIELD_INDICATOR);
    LogstashEncoder encoder = new LogstashEncoder();
    encoder.setContext(context());
    encoder.setFieldNames(names);
    encoder.setTimeZone("UTC");
    encoder.start();
    return encoder;
  }

  private static LoggerContext context() {
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }
}
