package io.backhaul.pipeline;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When to try again: exponential with full jitter, never before the provider's word (Retry-After), and closer together
 * the nearer the deadline is. It gives an instant for a row; nobody sleeps.
 */
public final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    /** Below this two tries in a row would be one. */
    private static final Duration SHORTEST = Duration.ofMillis(500);
    /** So many more tries must fit between now and the deadline. */
    private static final int TRIES_BEFORE_DEADLINE = 10;

    private final Clock clock;
    private final RandomGenerator random;

    public Backoff(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /**
     * The next try.
     *
     * @param failures tries in a row that failed, this one included
     * @param notBefore the other side's word, or null when it gave none
     * @param deadline after which trying is no use, or null when there is none
     */
    public Instant next(int failures, @Nullable Instant notBefore, @Nullable Instant deadline) {
        var now = clock.instant();
        var ceiling = ceiling(failures);
        if (deadline != null && deadline.isAfter(now)) {
            ceiling = shorter(ceiling, Duration.between(now, deadline).dividedBy(TRIES_BEFORE_DEADLINE));
        }
        var jittered = Duration.ofMillis((long) (random.nextDouble() * ceiling.toMillis()));
        var retryAt = now.plus(jittered.compareTo(SHORTEST) < 0 ? SHORTEST : jittered);
        return notBefore != null && notBefore.isAfter(retryAt) ? notBefore : retryAt;
    }

    private static Duration ceiling(int failures) {
        var doublings = Math.clamp(failures - 1, 0, 20);
        return shorter(FIRST.multipliedBy(1L << doublings), LONGEST);
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
