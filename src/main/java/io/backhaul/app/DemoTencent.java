package io.backhaul.app;

import static io.backhaul.app.DemoCloud.LATE_CUT;
import static io.backhaul.app.DemoCloud.LONG_FILE;
import static io.backhaul.app.DemoCloud.MIB;
import static io.backhaul.app.DemoCloud.daysBefore;

import io.backhaul.backup.BackupId;
import io.backhaul.simulator.BackupFile;
import io.backhaul.simulator.CloudSettings;
import io.backhaul.simulator.Content;
import io.backhaul.simulator.CrsBackup;
import io.backhaul.simulator.CrsInstance;
import io.backhaul.simulator.Fault;
import io.backhaul.simulator.FaultTarget;
import io.backhaul.simulator.Operation;
import io.backhaul.simulator.RdbFiles;
import io.backhaul.simulator.SimulatedCloud;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Tencent's Redis by both of its APIs, which see the same instances; each source names its own. By API 2018-04-12: a
 * cluster of three shards, an encrypted backup, and one that is deleted between list and link. By v2: a cluster whose
 * backups are exported first, links of an opaque token that live far shorter than documented, and a list of two pages
 * that repeats the first. The clock is ninety seconds behind.
 */
final class DemoTencent {
    private static final String SECRET_ID = "AKIDdemo0000000000000000000000000001";
    private static final String SECRET_KEY = "demo-secret-key-of-the-simulated-tencent";
    private static final String REGION = "ap-guangzhou";

    private static final String ORDERS = "crs-orders01";
    private static final String USERS = "crs-users001";
    private static final String GAMES = "crs-games001";
    private static final String SCORES = "crs-scores01";

    private static final String LOST = "orders-4";
    private static final int EXPIRED = -1;
    /** With those that can be had, more than a page of v2. */
    private static final int EXPIRED_BACKUPS = 20;

    private static final String SOURCES = """
              - name: tencent-redis
                provider: tencent-crs
                endpoint: %%1$s
                region: %1$s
                credentials: {access-key: %2$s, secret-key: %3$s}
                instances: [%4$s, %5$s]
                schedule: "0/30 * * * * ?"
              - name: tencent-redis-v2
                provider: tencent-crs
                api: v2
                endpoint: %%1$s
                region: %1$s
                credentials: {access-key: %2$s, secret-key: %3$s}
                instances: [%6$s, %7$s]
                network: internal
                schedule: "0/30 * * * * ?"
            """.formatted(REGION, SECRET_ID, SECRET_KEY, ORDERS, USERS, GAMES, SCORES);

    private DemoTencent() {}

    static DemoCloud cloud(Clock clock, Instant made) {
        var cloud = new SimulatedCloud(CloudSettings.of(SECRET_ID, SECRET_KEY, "none", clock)
                .withRegion(REGION)
                .withLinkLife(documented -> DemoCloud.LINK_LIFE));
        cloud.setClockAheadBy(Duration.ofSeconds(-90));
        cloud.limitDownloadsTo(DemoCloud.BYTES_PER_SECOND);
        cloud.crs().exportsTake(Duration.ofSeconds(2));
        addOrders(cloud, made);
        addUsers(cloud, made);
        addGames(cloud, made);
        addScores(cloud, made);
        orderFaults(cloud);
        return new DemoCloud(cloud, SOURCES, Set.of(new BackupId(LOST)));
    }

    private static void addOrders(SimulatedCloud cloud, Instant made) {
        cloud.crs().add(CrsInstance.standard(ORDERS, "orders", 1024));
        for (var day = 0; day < 5; day++) {
            var file = BackupFile.of("orders-" + day + ".rdb", RdbFiles.ofSize(20L + day, 2 * MIB));
            cloud.crs().add(ORDERS, CrsBackup.of("orders-" + day, daysBefore(made, day), List.of(file)));
        }
        cloud.crs().loseWhenAsked(LOST);
    }

    /** A cluster; the newest backup is encrypted, so that nobody can look into its files. */
    private static void addUsers(SimulatedCloud cloud, Instant made) {
        cloud.crs().add(CrsInstance.cluster(USERS, "users", 3, 4096));
        cloud.crs()
                .add(
                        USERS,
                        CrsBackup.of("users-0", made, shards("users-0", ".rdb.enc"))
                                .encryptedWith("demo-kms-key-1"));
        cloud.crs().add(USERS, CrsBackup.of("users-1", daysBefore(made, 1), shards("users-1", ".rdb.enc")));
    }

    private static List<BackupFile> shards(String backup, String ending) {
        return IntStream.range(0, 3)
                .mapToObj(shard ->
                        BackupFile.of(backup + "-shard" + shard + ending, Content.generated(shard, (1L + shard) * MIB)))
                .toList();
    }

    /** A cluster for v2, which exports a backup into one file; the first outlives its link. */
    private static void addGames(SimulatedCloud cloud, Instant made) {
        cloud.crs().add(CrsInstance.cluster(GAMES, "games", 2, 2048));
        for (var day = 0; day < 2; day++) {
            var size = day == 0 ? LONG_FILE : 3 * MIB;
            var file = BackupFile.inParts("games-" + day + ".rdb", RdbFiles.ofSize(40L + day, size));
            cloud.crs().add(GAMES, CrsBackup.of("games-" + day, daysBefore(made, day), List.of(file)));
        }
    }

    private static void addScores(SimulatedCloud cloud, Instant made) {
        cloud.crs().add(CrsInstance.standard(SCORES, "scores", 256));
        for (var hours = 0; hours < 3 + EXPIRED_BACKUPS; hours++) {
            var file = BackupFile.of("scores-" + hours + ".rdb", RdbFiles.ofSize(60L + hours, 64 << 10));
            var backup = CrsBackup.of("scores-" + hours, made.minus(Duration.ofHours(hours)), List.of(file));
            cloud.crs().add(SCORES, hours < 3 ? backup : backup.withStatus(EXPIRED));
        }
    }

    private static void orderFaults(SimulatedCloud cloud) {
        var faults = cloud.faults();
        faults.inject(Fault.PAGE_REPEATED, FaultTarget.operation(Operation.CRS_BACKUPS), 1);
        faults.inject(Fault.THROTTLED.plain(), FaultTarget.operation(Operation.CRS_LINKS), 1);
        faults.inject(Fault.CONNECTION_CUT.with(LATE_CUT), FaultTarget.file("games-0.rdb"), 1);
        faults.inject(Fault.BIT_FLIPPED.with(4_096), FaultTarget.file("orders-1.rdb"), 1);
        faults.inject(Fault.NO_ANSWER, FaultTarget.file("orders-2.rdb"), 1);
    }
}
