package io.backhaul.backup;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Retry-After header of an API or a store, in seconds or as a date, in our time. */
public final class RetryAfter {
    /** The other side's slip must not stop us for longer. */
    private static final Duration LONGEST = Duration.ofHours(24);

    private static final int MOST_DIGITS = 9;

    private RetryAfter() {}

    /**
     * When to ask again; null when the answer does not say, or not understandably.
     *
     * @param date the other side's time, from its Date header
     */
    public static @Nullable Instant of(@Nullable String header, @Nullable Instant date, Instant now) {
        return Optional.ofNullable(header)
                .flatMap(value -> wait(value.strip(), date == null ? now : date))
                .map(wait -> now.plus(wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST) > 0 ? LONGEST : wait))
                .orElse(null);
    }

    /**
     * The header as an HTTP client can bear it that reads it by itself: OkHttp repeats a request at once for 0, and
     * throws for a number that is no int.
     */
    public static Optional<String> harmless(String header) {
        if (!header.matches("\\d+")) {
            return Optional.of(header);
        }
        if (header.length() > MOST_DIGITS) {
            return Optional.of("9".repeat(MOST_DIGITS));
        }
        return Optional.of(header).filter(value -> Integer.parseInt(value) > 0);
    }

    private static Optional<Duration> wait(String value, Instant theirNow) {
        if (value.matches("\\d{1," + MOST_DIGITS + "}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        // A date is in their time: only its distance from their own Date means something to us.
        return httpDate(value).map(date -> Duration.between(theirNow, date));
    }

    /** An RFC 1123 date; nothing when it is none. */
    public static Optional<Instant> httpDate(String value) {
        try {
            return Optional.of(ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
