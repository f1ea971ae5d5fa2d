package io.backhaul.provider;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Retry-After header, in seconds or as a date, in our time. */
public final class RetryAfter {
    /** A provider's slip must not stop a source for longer. */
    private static final Duration LONGEST = Duration.ofHours(24);

    private RetryAfter() {}

    /** When to ask again; null when the answer does not say, or not understandably. */
    public static @Nullable Instant of(ApiAnswer answer, Instant now) {
        return answer.header("Retry-After")
                .flatMap(value -> wait(value.strip(), answer, now))
                .map(wait -> now.plus(wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST) > 0 ? LONGEST : wait))
                .orElse(null);
    }

    private static Optional<Duration> wait(String value, ApiAnswer answer, Instant now) {
        if (value.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        // A date is in the provider's time: only its distance from the provider's own Date means something to us.
        return httpDate(value).map(date -> Duration.between(answer.date() == null ? now : answer.date(), date));
    }

    /** An RFC 1123 date; nothing when it is none. */
    static Optional<Instant> httpDate(String value) {
        try {
            return Optional.of(ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
