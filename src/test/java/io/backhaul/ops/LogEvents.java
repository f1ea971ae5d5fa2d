package io.backhaul.ops;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Events as Logback makes them of our calls. */
final class LogEvents {
    private static final LoggerContext CONTEXT = new LoggerContext();

    private LogEvents() {}

    static LoggingEvent at(Instant time, String text, @Nullable Object... arguments) {
        return at(Level.WARN, time, text, arguments);
    }

    static LoggingEvent at(Level level, Instant time, String text, @Nullable Object... arguments) {
        var logger = CONTEXT.getLogger("io.backhaul.pipeline.SetTransfer");
        var event = new LoggingEvent("", logger, level, text, null, arguments);
        event.setInstant(time);
        event.setThreadName("virtual-82");
        return event;
    }
}
