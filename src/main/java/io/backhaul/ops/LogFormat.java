package io.backhaul.ops;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the log is written. */
public enum LogFormat {
    /** For people: one line for each event. */
    TEXT,
    /** For programs: one JSON object a line. */
    JSON;

    /** Writes the log so from now on; text is what it begins with. */
    public void use() {
        if (this == TEXT || !(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        var appenders = context.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders();
        while (appenders.hasNext()) {
            if (appenders.next() instanceof OutputStreamAppender<ILoggingEvent> appender) {
                use(context, appender);
            }
        }
    }

    /** Lets an appender write so from now on. */
    void use(LoggerContext context, OutputStreamAppender<ILoggingEvent> appender) {
        var lines = this == TEXT ? new TextLines() : new JsonLines();
        lines.setContext(context);
        lines.start();
        appender.stop();
        appender.setEncoder(lines);
        appender.start();
    }
}
