package io.backhaul.config;

import io.backhaul.config.Text.Parsed;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lengths of time as an operator writes them: {@code 90s}, {@code 30m}, {@code 1h30m}, {@code 7d}. */
final class Durations {
    static final String SHAPE = "^(?=[0-9])([0-9]{1,6}d)?([0-9]{1,6}h)?([0-9]{1,6}m)?([0-9]{1,6}s)?$";

    private static final Pattern WRITTEN = Pattern.compile(SHAPE);
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private Durations() {}

    /** The duration, when it is one and within bounds that are written the same way. */
    static Parsed<Duration> parse(String text, String least, String most) {
        if (NUMBER.matcher(text).matches()) {
            return Parsed.refused("has no unit; write \"" + text + "s\"");
        }
        if (!WRITTEN.matcher(text).matches()) {
            return Parsed.refused("is no duration; write for example 90s, 30m, 1h30m or 7d");
        }
        var duration = of(text);
        if (duration.compareTo(of(least)) < 0) {
            return Parsed.refused("is too short");
        }
        return duration.compareTo(of(most)) > 0 ? Parsed.refused("is too long") : new Parsed.Value<>(duration);
    }

    private static Duration of(String text) {
        var matcher = WRITTEN.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a duration: \"" + text + "\"");
        }
        return Duration.ofDays(number(matcher.group(1)))
                .plusHours(number(matcher.group(2)))
                .plusMinutes(number(matcher.group(3)))
                .plusSeconds(number(matcher.group(4)));
    }

    private static long number(@Nullable String withUnit) {
        return withUnit == null ? 0 : Long.parseLong(withUnit.substring(0, withUnit.length() - 1));
    }
}
