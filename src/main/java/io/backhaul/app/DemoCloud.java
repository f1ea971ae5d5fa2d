package io.backhaul.app;

import io.backhaul.backup.BackupId;
import io.backhaul.simulator.SimulatedCloud;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * One account of the demo: a simulated cloud and the sources that bring its backups home.
 *
 * @param sources entries of {@code sources} in YAML, with {@code %1$s} where the endpoint goes
 * @param lost backups that the cloud deletes before anybody can have them
 */
record DemoCloud(SimulatedCloud simulator, String sources, Set<BackupId> lost) implements AutoCloseable {
    /** So slow that a file of some MiB outlives its link. */
    static final long BYTES_PER_SECOND = 4L << 20;

    static final Duration LINK_LIFE = Duration.ofSeconds(4);
    static final long MIB = 1L << 20;
    /** Such a file takes longer than its first link lives… */
    static final long LONG_FILE = 20 * MIB;
    /** …and a cut here comes when that link is dead: what follows needs a new one, and goes on in mid-file. */
    static final long LATE_CUT = 18 * MIB;

    DemoCloud {
        lost = Set.copyOf(lost);
    }

    /** An account that loses nothing. */
    DemoCloud(SimulatedCloud simulator, String sources) {
        this(simulator, sources, Set.of());
    }

    /** Its sources; the cloud must have been started. */
    String configuration() {
        return sources.formatted(simulator.endpoint());
    }

    static Instant daysBefore(Instant made, int days) {
        return made.minus(Duration.ofDays(days));
    }

    @Override
    public void close() {
        simulator.close();
    }
}
