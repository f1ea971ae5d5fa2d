package io.backhaul.ops;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import io.backhaul.backup.BackupRef;
import io.backhaul.backup.ByteCount;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes each event as one JSON object on a line: time, level, thread, logger, message, then the event's own fields, and
 * the stack trace as {@code error} where there is one. docs/logs.md lists the fields.
 */
final class JsonLines extends EventLines {
    /** What every object has; a field of an event that is called so gets an underscore. */
    static final Set<String> OWN = Set.of("time", "level", "thread", "logger", "message", "error");

    @Override
    String text(ILoggingEvent event) {
        var parts = EventFields.of(event);
        var line = new LinkedHashMap<String, @Nullable Object>();
        line.put("time", time(event));
        line.put("level", event.getLevel().toString());
        line.put("thread", event.getThreadName());
        line.put("logger", event.getLoggerName());
        line.put("message", parts.message());
        parts.fields().forEach((key, value) -> put(line, OWN.contains(key) ? key + "_" : key, value));
        if (event.getThrowableProxy() != null) {
            line.put("error", ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        return JsonMapper.shared().writeValueAsString(line);
    }

    private static void put(Map<String, @Nullable Object> line, String key, @Nullable Object value) {
        switch (value) {
            case null -> line.put(key, null);
            case BackupRef ref -> {
                line.put("source", ref.source().value());
                line.put("instance", ref.instance().value());
                line.put(key, ref.backup().value());
            }
            case ByteCount count -> line.put(key, count.bytes());
            case Number number -> line.put(key, number);
            default -> line.put(key, value.toString());
        }
    }
}
