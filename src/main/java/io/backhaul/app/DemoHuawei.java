package io.backhaul.app;

import static io.backhaul.app.DemoCloud.LATE_CUT;
import static io.backhaul.app.DemoCloud.LONG_FILE;
import static io.backhaul.app.DemoCloud.MIB;
import static io.backhaul.app.DemoCloud.daysBefore;

import io.backhaul.simulator.BackupFile;
import io.backhaul.simulator.CloudSettings;
import io.backhaul.simulator.Content;
import io.backhaul.simulator.DcsBackup;
import io.backhaul.simulator.DcsInstance;
import io.backhaul.simulator.Fault;
import io.backhaul.simulator.FaultTarget;
import io.backhaul.simulator.GesAccount.ExpiryStyle;
import io.backhaul.simulator.GesBackup;
import io.backhaul.simulator.GesGraph;
import io.backhaul.simulator.Operation;
import io.backhaul.simulator.RdbFiles;
import io.backhaul.simulator.SimulatedCloud;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Huawei's Redis and graphs. Redis is asked with a key pair: real dumps, a cluster of four shards, and files that outlive
 * their links. The graphs are asked with an IAM user, their project is found by its region; a file's name is hostile,
 * and a link shows its expiry only in a field whose day has three digits. The clock is seven minutes ahead.
 */
final class DemoHuawei {
    private static final String ACCESS_KEY = "DEMOACCESSKEY0000001";
    private static final String SECRET_KEY = "demo-secret-key-of-the-simulated-cloud";
    private static final String PROJECT = "0123456789abcdef0123456789abcdef";
    private static final String REGION = "cn-north-4";
    private static final String USER = "backhaul-demo";
    private static final String PASSWORD = "demo-password-of-the-simulated-user";
    private static final String DOMAIN = "demo-domain";

    private static final String CACHE = "5560df16-cebf-4473-95c4-d1b573c16e79";
    private static final String SESSIONS = "8d2f7a30-1f7e-4f0c-9b1d-6a3f0e5b7c21";
    private static final String QUEUE = "c1a8b5e4-77aa-4c93-8a56-0f2d9e3b4d10";
    private static final String GRAPH = "2c46a1f7-5d0c-4c1e-9c5a-6b1d6e3f7a90";

    private static final String SOURCES =
            """
              - name: huawei-redis
                provider: huawei-dcs
                endpoint: %%1$s
                project-id: %s
                credentials: {access-key: %s, secret-key: %s}
                schedule: "0/30 * * * * ?"
              - name: huawei-graphs
                provider: huawei-ges
                endpoint: %%1$s
                region: %s
                credentials: {user: %s, password: %s, domain: %s, iam-endpoint: "%%1$s"}
                schedule: "0/30 * * * * ?"
            """.formatted(PROJECT, ACCESS_KEY, SECRET_KEY, REGION, USER, PASSWORD, DOMAIN);

    private DemoHuawei() {}

    static DemoCloud cloud(Clock clock, Instant made) {
        var cloud = new SimulatedCloud(CloudSettings.of(ACCESS_KEY, SECRET_KEY, PROJECT, clock)
                .withRegion(REGION)
                .withLinkLife(asked -> DemoCloud.LINK_LIFE));
        cloud.iam().addUser(USER, PASSWORD, DOMAIN);
        cloud.setClockAheadBy(Duration.ofMinutes(7));
        cloud.limitDownloadsTo(DemoCloud.BYTES_PER_SECOND);
        addCache(cloud, made);
        addSessions(cloud, made);
        addQueue(cloud, made);
        addGraph(cloud, made);
        orderFaults(cloud);
        return new DemoCloud(cloud, SOURCES);
    }

    /** Small real dumps, one a day. */
    private static void addCache(SimulatedCloud cloud, Instant made) {
        cloud.dcs().add(DcsInstance.masterStandby(CACHE, "cache", "6.0", 4));
        var samples = RdbFiles.samples();
        for (var day = 0; day < samples.size(); day++) {
            var backup = DcsBackup.single(id(1, day), daysBefore(made, day), RdbFiles.sample(samples.get(day)));
            cloud.dcs().add(CACHE, backup);
        }
    }

    /** A cluster: every backup is four files that are only worth something together. */
    private static void addSessions(SimulatedCloud cloud, Instant made) {
        cloud.dcs().add(DcsInstance.cluster(SESSIONS, "sessions", "6.0", 16));
        for (var day = 0; day < 2; day++) {
            var seed = 100L * (day + 1);
            var shards = IntStream.range(0, 4)
                    .<Content>mapToObj(shard -> RdbFiles.ofSize(seed + shard, (1 + shard) * MIB))
                    .toList();
            var backup = DcsBackup.cluster(id(2, day), daysBefore(made, day), "192.168.0.21", 6379, shards);
            cloud.dcs().add(SESSIONS, backup);
        }
    }

    /** Larger dumps, which outlive their links. */
    private static void addQueue(SimulatedCloud cloud, Instant made) {
        cloud.dcs().add(DcsInstance.masterStandby(QUEUE, "queue", "5.0", 8));
        for (var day = 0; day < 2; day++) {
            var file = BackupFile.inParts(queueFile(day), RdbFiles.ofSize(900L + day, LONG_FILE));
            cloud.dcs().add(QUEUE, DcsBackup.of(id(3, day), daysBefore(made, day), List.of(file)));
        }
    }

    private static String queueFile(int day) {
        return "queue-" + day + ".rdb";
    }

    private static void addGraph(SimulatedCloud cloud, Instant made) {
        cloud.ges().add(GesGraph.running(GRAPH, "friends"));
        cloud.ges().writeExpiriesAs(ExpiryStyle.OFFSET_AND_LONG_DAY);
        for (var day = 0; day < 3; day++) {
            var seed = 700L + 10L * day;
            var backup = GesBackup.of(
                    id(4, day),
                    daysBefore(made, day),
                    List.of(
                            BackupFile.of("../../schema.xml", Content.text("<schema day=\"" + day + "\"/>\n")),
                            BackupFile.of("vertices-" + day + ".csv", Content.generated(seed, 2 * MIB)),
                            BackupFile.of("edges-" + day + ".csv", Content.generated(seed + 1, 4 * MIB))));
            cloud.ges().add(GRAPH, backup);
        }
    }

    private static void orderFaults(SimulatedCloud cloud) {
        var faults = cloud.faults();
        for (var day = 0; day < 2; day++) {
            faults.inject(Fault.CONNECTION_CUT.with(LATE_CUT), FaultTarget.file(queueFile(day)), 1);
        }
        faults.inject(Fault.THROTTLED.with(Duration.ofSeconds(1)), FaultTarget.operation(Operation.DCS_LINKS), 1);
        faults.inject(Fault.LINKS_OPAQUE, FaultTarget.operation(Operation.GES_LINKS), 1);
        faults.inject(Fault.HTML_502, FaultTarget.operation(Operation.GES_GRAPHS), 1);
        faults.inject(Fault.XML_ERROR_WITH_200, FaultTarget.file("vertices-1.csv"), 1);
        faults.inject(Fault.CONNECTION_CUT.with(3 * MIB), FaultTarget.file("edges-2.csv"), 1);
        faults.inject(Fault.RANGE_IGNORED, FaultTarget.file("edges-2.csv"), 1);
        faults.inject(Fault.INTERNAL_ERROR, FaultTarget.file("edges-0.csv"), 1);
    }

    private static String id(int instance, int day) {
        return "%08d-0000-4000-8000-%012d".formatted(instance, day + 1);
    }
}
