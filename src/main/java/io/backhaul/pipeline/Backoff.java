package io.backhaul.pipeline;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When to try again: exponential with full jitter, not before the other side's word (Retry-After), and closer together
 * the nearer the deadline is, which is worth more than that word. It gives an instant for a row; nobody sleeps.
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
        var left = deadline != null && deadline.isAfter(now) ? Duration.between(now, deadline) : null;
        var ceiling = ceiling(failures);
        if (left != null) {
            ceiling = shorter(ceiling, left.dividedBy(TRIES_BEFORE_DEADLINE));
        }
        var wait = Duration.ofMillis((long) (random.nextDouble() * ceiling.toMillis()));
        if (notBefore != null) {
            var wanted = Duration.between(now, notBefore);
            wait = longer(wait, left == null ? wanted : shorter(wanted, left.dividedBy(2)));
        }
        return now.plus(longer(wait, SHORTEST));
    }

    private static Duration ceiling(int failures) {
        var doublings = Math.clamp(failures - 1, 0, 20);
        return shorter(FIRST.multipliedBy(1L << doublings), LONGEST);
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
