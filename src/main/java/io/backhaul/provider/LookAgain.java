package io.backhaul.provider;

import java.time.Duration;
import java.time.Instant;

/**
 * When to look again at a task of the provider: after as long as it has been at work already, so that a short one is
 * found done soon and a long one is not asked about in vain; every minute at last.
 */
public final class LookAgain {
    private static final Duration SOONEST = Duration.ofSeconds(1);
    private static final Duration LATEST = Duration.ofMinutes(1);

    private LookAgain() {}

    /**
     * The next look at a task.
     *
     * @param since when we first knew of the task
     */
    public static Instant at(Instant now, Instant since) {
        var age = Duration.between(since, now);
        if (age.compareTo(SOONEST) < 0) {
            return now.plus(SOONEST);
        }
        return age.compareTo(LATEST) > 0 ? latest(now) : now.plus(age);
    }

    /** The next look at a task of unknown age. */
    public static Instant latest(Instant now) {
        return now.plus(LATEST);
    }
}
