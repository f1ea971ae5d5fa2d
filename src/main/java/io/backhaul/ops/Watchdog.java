package io.backhaul.ops;

import io.backhaul.schedule.TickProgress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the service manager a sign of life as long as the schedule moves on; without one it restarts the daemon. What a
 * restart would not heal, such as a database or a provider that is away, keeps no sign back.
 */
public final class Watchdog {
    private static final Logger log = LoggerFactory.getLogger(Watchdog.class);

    /** A claim is due every second; one that waits for a dead database ends within two minutes (pool and socket). */
    private static final Duration CLAIM_LATE = Duration.ofMinutes(3);
    /** Cluster-wide ticks come every few seconds, and stuck triggers are freed within three minutes. */
    private static final Duration CLUSTER_LATE = Duration.ofMinutes(10);

    private final ServiceManager manager;
    private final Supplier<TickProgress> progress;
    private final Clock clock;
    private boolean stalled;

    public Watchdog(ServiceManager manager, Supplier<TickProgress> progress, Clock clock) {
        this.manager = manager;
        this.progress = progress;
        this.clock = clock;
    }

    /** Gives a sign of life if there is progress. Reads memory only: it must not hang in what it watches. */
    public synchronized void feed() {
        var stall = stall();
        if (stall.isEmpty()) {
            manager.alive();
        } else if (!stalled) {
            log.error("schedule stalled, the service manager will restart us reason={}", stall.get());
            manager.status("stalled: " + stall.get());
        }
        stalled = stall.isPresent();
    }

    private Optional<String> stall() {
        var now = clock.instant();
        var seen = progress.get();
        if (isLate(seen.lastClaim(), CLAIM_LATE, now)) {
            return Optional.of("no claim tick has ended since " + seen.lastClaim());
        }
        if (isLate(seen.lastClusterTick(), CLUSTER_LATE, now)) {
            return Optional.of("no cluster-wide tick has fired since " + seen.lastClusterTick());
        }
        return Optional.empty();
    }

    private static boolean isLate(Instant last, Duration patience, Instant now) {
        return last.isBefore(now.minus(patience));
    }
}
