package io.backhaul.app;

import static io.backhaul.app.DemoCloud.LATE_CUT;
import static io.backhaul.app.DemoCloud.LONG_FILE;
import static io.backhaul.app.DemoCloud.MIB;
import static io.backhaul.app.DemoCloud.daysBefore;

import io.backhaul.simulator.CloudSettings;
import io.backhaul.simulator.Content;
import io.backhaul.simulator.Fault;
import io.backhaul.simulator.FaultTarget;
import io.backhaul.simulator.OceanBaseBackup;
import io.backhaul.simulator.OceanBaseInstance;
import io.backhaul.simulator.Operation;
import io.backhaul.simulator.SimulatedCloud;
import io.backhaul.simulator.ZipFiles;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Alibaba's OceanBase as the newest documents have it, asked with ACS3: a download task makes the parts of a set, and
 * {@code DownloadLinks} lists them all. One set's first task fails. The clock is two minutes ahead.
 */
final class DemoAlibaba {
    private static final String ACCESS_KEY = "LTAIdemo000000000001";
    private static final String SECRET_KEY = "demo-secret-key-of-the-simulated-alibaba";
    private static final String CLUSTER = "ob317v4uif0001";

    private static final String SOURCES = """
              - name: alibaba-oceanbase
                provider: aliyun-oceanbase
                endpoint: %%1$s
                region: cn-hangzhou
                credentials: {access-key: %s, secret-key: %s}
                schedule: "0/30 * * * * ?"
            """.formatted(ACCESS_KEY, SECRET_KEY);

    private DemoAlibaba() {}

    static DemoCloud cloud(Clock clock, Instant made) {
        var cloud = new SimulatedCloud(CloudSettings.of(ACCESS_KEY, SECRET_KEY, "none", clock)
                .withRegion("cn-hangzhou")
                .withLinkLife(documented -> DemoCloud.LINK_LIFE));
        cloud.setClockAheadBy(Duration.ofMinutes(2));
        cloud.limitDownloadsTo(DemoCloud.BYTES_PER_SECOND);
        cloud.oceanbase().add(OceanBaseInstance.online(CLUSTER, "ledger", 100));
        cloud.oceanbase().preparationsTake(Duration.ofSeconds(2));
        for (var day = 1; day <= 3; day++) {
            var seed = 300L + 10L * day;
            var parts = IntStream.rangeClosed(1, day)
                    .<Content>mapToObj(part -> ZipFiles.ofSize(seed + part, 3 * MIB))
                    .toList();
            cloud.oceanbase().add(CLUSTER, OceanBaseBackup.zipped("ledger-" + day, daysBefore(made, day), parts));
        }
        var large = List.of(ZipFiles.ofSize(400, LONG_FILE));
        cloud.oceanbase().add(CLUSTER, OceanBaseBackup.zipped("ledger-0", made, large));
        cloud.oceanbase().failPreparations("ledger-2", 1);
        orderFaults(cloud);
        return new DemoCloud(cloud, SOURCES);
    }

    private static void orderFaults(SimulatedCloud cloud) {
        var faults = cloud.faults();
        faults.inject(Fault.CONNECTION_CUT.with(LATE_CUT), FaultTarget.file("backup_set_ledger-0_part1.zip"), 1);
        faults.inject(Fault.BODY_TRUNCATED.with(MIB), FaultTarget.file("backup_set_ledger-3_part2.zip"), 1);
        faults.inject(Fault.INTERNAL_ERROR, FaultTarget.operation(Operation.OCEANBASE_TASK), 1);
    }
}
