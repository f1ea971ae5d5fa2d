package io.backhaul.ops;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the log is written. */
public enum LogFormat {
    /** For people: one line for each event, as {@code logback.xml} says. */
    TEXT,
    /** For programs: one JSON object a line ({@link JsonLines}). */
    JSON;

    /** Writes the log so from now on; text is what it begins with. */
    public void use() {
        if (this == TEXT || !(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        var appenders = context.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders();
        while (appenders.hasNext()) {
            if (appenders.next() instanceof OutputStreamAppender<ILoggingEvent> appender) {
                writeJson(context, appender);
            }
        }
    }

    private static void writeJson(LoggerContext context, OutputStreamAppender<ILoggingEvent> appender) {
        var encoder = new JsonLines();
        encoder.setContext(context);
        encoder.start();
        appender.stop();
        appender.setEncoder(encoder);
        appender.start();
    }
}
