package io.backhaul.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Locks the account's access key for five minutes after more than five failures in a row (contract 4.4). Any thread may call. */
final class KeyLock {
    private static final int MOST_FAILURES = 5;
    private static final Duration TERM = Duration.ofMinutes(5);

    private final Clock clock;
    private int failures;
    private Instant lockedUntil = Instant.MIN;

    KeyLock(Clock clock) {
        this.clock = clock;
    }

    synchronized boolean isLocked() {
        return clock.instant().isBefore(lockedUntil);
    }

    synchronized void succeeded() {
        failures = 0;
    }

    /** Counts a failure; the one that is too many locks the key and starts the count anew. */
    synchronized void failed() {
        failures++;
        if (failures > MOST_FAILURES) {
            failures = 0;
            lockedUntil = clock.instant().plus(TERM);
        }
    }
}
