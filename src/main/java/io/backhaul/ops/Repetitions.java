package io.backhaul.ops;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * Lets the same event about the same thing through when it comes first, and then each time that its number has doubled
 * or a day has passed, with the number as {@code repeated}: what fails for months must not fill the disk, nor fall
 * silent. After six hours of silence it is new again. Times, numbers and ids within a reason make no other event of it.
 * The one place where lines are left out; callers say whatever happens.
 */
final class Repetitions extends Filter<ILoggingEvent> {
    private static final Duration AT_LEAST_EVERY = Duration.ofDays(1);
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(6);
    /** Events that are remembered; a line more is better than memory without a bound. */
    private static final int MEMORY = 10_000;
    /** Of each, so many characters. */
    private static final int KEY_LENGTH = 300;

    /** Fields that quote somebody; what tells one thing from another stands in the others. */
    private static final Set<String> QUOTATIONS = Set.of("reason", "output");

    /** A word with a digit is a time, a size or an id; a status says what is wrong. */
    private static final Pattern VARYING = Pattern.compile("(?<!HTTP )(?<!\\S)\\S*\\d\\S*");

    private final Map<String, Seen> seen = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Seen> eldest) {
            return size() > MEMORY;
        }
    };

    /** How often an event came, how often it had when it was last said, and when. */
    private record Seen(long count, Instant last, long saidCount, Instant said) {
        static Seen first(Instant now) {
            return new Seen(1, now, 1, now);
        }

        Seen again(Instant now) {
            var next = count + 1;
            var due = next >= 2 * saidCount || Duration.between(said, now).compareTo(AT_LEAST_EVERY) >= 0;
            return due ? new Seen(next, now, next, now) : new Seen(next, now, saidCount, said);
        }

        boolean isForgotten(Instant now) {
            return Duration.between(last, now).compareTo(FORGOTTEN_AFTER) > 0;
        }

        boolean isSaid() {
            return count == saidCount;
        }
    }

    @Override
    public FilterReply decide(ILoggingEvent event) {
        var now = event.getInstant();
        var state = count(key(event), now);
        if (state.count() > 1 && state.isSaid() && event instanceof LoggingEvent open) {
            open.addKeyValuePair(new KeyValuePair("repeated", state.count()));
        }
        return state.isSaid() ? FilterReply.NEUTRAL : FilterReply.DENY;
    }

    private synchronized Seen count(String key, Instant now) {
        return Objects.requireNonNull(seen.compute(
                key,
                (same, before) -> before == null || before.isForgotten(now) ? Seen.first(now) : before.again(now)));
    }

    /** What happened, and to what; with a reason less what changes from one time to the next. */
    private static String key(ILoggingEvent event) {
        var parts = EventFields.of(event);
        var thrown = event.getThrowableProxy();
        var key = new StringBuilder(event.getLoggerName())
                .append(parts.message())
                .append(thrown == null ? "" : thrown.getClassName());
        parts.fields().forEach((name, value) -> key.append('\n').append(constant(name, value)));
        return key.substring(0, Math.min(key.length(), KEY_LENGTH));
    }

    private static String constant(String name, @Nullable Object value) {
        if (value instanceof Instant || value instanceof Duration || value instanceof Number) {
            return "";
        }
        var text = String.valueOf(value);
        return QUOTATIONS.contains(name) ? VARYING.matcher(text).replaceAll("#") : text;
    }
}
