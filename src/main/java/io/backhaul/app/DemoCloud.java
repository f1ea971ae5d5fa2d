package io.backhaul.app;

import io.backhaul.simulator.BackupFile;
import io.backhaul.simulator.CloudSettings;
import io.backhaul.simulator.Content;
import io.backhaul.simulator.DcsBackup;
import io.backhaul.simulator.DcsInstance;
import io.backhaul.simulator.Fault;
import io.backhaul.simulator.FaultTarget;
import io.backhaul.simulator.Operation;
import io.backhaul.simulator.RdbFiles;
import io.backhaul.simulator.SimulatedCloud;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The cloud of the demo: three Redis instances, one of them a cluster, with real dumps and larger generated ones; links
 * that die within seconds, slow bodies and a few faults, so that a minute shows what a bad week would.
 */
final class DemoCloud {
    static final String ACCESS_KEY = "DEMOACCESSKEY0000001";
    static final String SECRET_KEY = "demo-secret-key-of-the-simulated-cloud";
    static final String PROJECT = "0123456789abcdef0123456789abcdef";

    private static final Duration LINK_LIFE = Duration.ofSeconds(4);
    private static final long BYTES_PER_SECOND = 12L << 20;
    private static final long MIB = 1L << 20;

    private static final String CACHE = "5560df16-cebf-4473-95c4-d1b573c16e79";
    private static final String SESSIONS = "8d2f7a30-1f7e-4f0c-9b1d-6a3f0e5b7c21";
    private static final String QUEUE = "c1a8b5e4-77aa-4c93-8a56-0f2d9e3b4d10";

    private DemoCloud() {}

    /**
     * Builds it, unstarted.
     *
     * @param made when the newest backups were made; the same instant gives the same backups
     */
    static SimulatedCloud build(Clock clock, Instant made) {
        var cloud = new SimulatedCloud(
                CloudSettings.of(ACCESS_KEY, SECRET_KEY, PROJECT, clock).withLinkLife(asked -> LINK_LIFE));
        addCache(cloud, made);
        addSessions(cloud, made);
        addQueue(cloud, made);
        orderFaults(cloud);
        cloud.limitDownloadsTo(BYTES_PER_SECOND);
        return cloud;
    }

    /** Small real dumps, one a day. */
    private static void addCache(SimulatedCloud cloud, Instant made) {
        cloud.dcs().add(DcsInstance.masterStandby(CACHE, "cache", "6.0", 4));
        var samples = RdbFiles.samples();
        for (var day = 0; day < samples.size(); day++) {
            cloud.dcs()
                    .add(CACHE, DcsBackup.single(id(1, day), daysBefore(made, day), RdbFiles.sample(samples.get(day))));
        }
    }

    /** A cluster: every backup is four files that are only worth something together. */
    private static void addSessions(SimulatedCloud cloud, Instant made) {
        cloud.dcs().add(DcsInstance.cluster(SESSIONS, "sessions", "6.0", 16));
        for (var day = 0; day < 2; day++) {
            var seed = 100L * (day + 1);
            var shards = IntStream.range(0, 4)
                    .<Content>mapToObj(shard -> RdbFiles.ofSize(seed + shard, (6 + 2L * shard) * MIB))
                    .toList();
            cloud.dcs()
                    .add(SESSIONS, DcsBackup.cluster(id(2, day), daysBefore(made, day), "192.168.0.21", 6379, shards));
        }
    }

    /** Larger dumps, which outlive their links. */
    private static void addQueue(SimulatedCloud cloud, Instant made) {
        cloud.dcs().add(DcsInstance.masterStandby(QUEUE, "queue", "5.0", 8));
        for (var day = 0; day < 3; day++) {
            var file = BackupFile.inParts(queueFile(day), RdbFiles.ofSize(900L + day, (48 + 8L * day) * MIB));
            cloud.dcs().add(QUEUE, DcsBackup.of(id(3, day), daysBefore(made, day), List.of(file)));
        }
    }

    private static String queueFile(int day) {
        return "queue-" + day + ".rdb";
    }

    /** Cuts come late enough that the link is dead by then: what follows needs a new one, and goes on in mid-file. */
    private static void orderFaults(SimulatedCloud cloud) {
        var faults = cloud.faults();
        for (var day = 0; day < 3; day++) {
            faults.inject(Fault.CONNECTION_CUT.with(46 * MIB), FaultTarget.file(queueFile(day)), 1);
        }
        faults.inject(Fault.THROTTLED.with(Duration.ofSeconds(1)), FaultTarget.operation(Operation.DCS_LINKS), 1);
        faults.inject(Fault.XML_ERROR_WITH_200, FaultTarget.anyFile(), 1);
        faults.inject(Fault.INTERNAL_ERROR, FaultTarget.anyFile(), 1);
        faults.inject(Fault.LINK_EXPIRED_EARLY, FaultTarget.anyFile(), 1);
        faults.inject(Fault.BIT_FLIPPED.with(4_096), FaultTarget.anyFile(), 1);
    }

    private static Instant daysBefore(Instant made, int days) {
        return made.minus(Duration.ofDays(days));
    }

    private static String id(int instance, int day) {
        return "%08d-0000-4000-8000-%012d".formatted(instance, day + 1);
    }
}
