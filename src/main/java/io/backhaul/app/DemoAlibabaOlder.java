package io.backhaul.app;

import static io.backhaul.app.DemoCloud.LATE_CUT;
import static io.backhaul.app.DemoCloud.LONG_FILE;
import static io.backhaul.app.DemoCloud.MIB;
import static io.backhaul.app.DemoCloud.daysBefore;

import io.backhaul.simulator.CloudSettings;
import io.backhaul.simulator.Fault;
import io.backhaul.simulator.FaultTarget;
import io.backhaul.simulator.OceanBaseBackup;
import io.backhaul.simulator.OceanBaseForms;
import io.backhaul.simulator.OceanBaseForms.Created;
import io.backhaul.simulator.OceanBaseForms.Renewal;
import io.backhaul.simulator.OceanBaseForms.Running;
import io.backhaul.simulator.OceanBaseForms.Times;
import io.backhaul.simulator.OceanBaseInstance;
import io.backhaul.simulator.SimulatedCloud;
import io.backhaul.simulator.ZipFiles;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Alibaba's OceanBase as the older documents have it, in another account, asked with RPC signatures and temporary keys
 * (STS): {@code InternalUrl} is the only link, and shown before it leads anywhere; a new task's id stands in the list alone, new
 * links take a new task, and times have no zone.
 */
final class DemoAlibabaOlder {
    private static final String ACCESS_KEY = "STS.demo000000000002";
    private static final String SECRET_KEY = "demo-secret-key-of-the-older-alibaba";
    private static final String TOKEN = "demo-session-token-of-the-older-alibaba";
    private static final String CLUSTER = "ob2qwsx3edc0002";

    private static final String SOURCES = """
              - name: alibaba-oceanbase-rpc
                provider: aliyun-oceanbase
                signature: rpc
                endpoint: %%1$s
                region: cn-shanghai
                credentials: {access-key: %s, secret-key: %s, session-token: %s}
                network: internal
                retention-hint: 2d
                schedule: "0/30 * * * * ?"
            """.formatted(ACCESS_KEY, SECRET_KEY, TOKEN);

    private DemoAlibabaOlder() {}

    static DemoCloud cloud(Clock clock, Instant made) {
        var cloud = new SimulatedCloud(CloudSettings.of(ACCESS_KEY, SECRET_KEY, "none", clock)
                .withSecurityToken(TOKEN)
                .withRegion("cn-shanghai")
                .withLinkLife(documented -> DemoCloud.LINK_LIFE));
        cloud.limitDownloadsTo(DemoCloud.BYTES_PER_SECOND);
        cloud.oceanbase()
                .answerAs(OceanBaseForms.older()
                        .with(Created.UNSAID)
                        .with(Running.WITH_LINKS)
                        .with(Renewal.BY_NEW_TASK)
                        .with(Times.ZONELESS));
        cloud.oceanbase().add(OceanBaseInstance.online(CLUSTER, "archive", 50));
        cloud.oceanbase().preparationsTake(Duration.ofSeconds(1));
        for (var day = 0; day < 2; day++) {
            var part = ZipFiles.ofSize(500L + day, day == 1 ? LONG_FILE : 2 * MIB);
            cloud.oceanbase()
                    .add(CLUSTER, OceanBaseBackup.zipped("archive-" + day, daysBefore(made, day), List.of(part)));
        }
        cloud.faults()
                .inject(Fault.CONNECTION_CUT.with(LATE_CUT), FaultTarget.file("backup_set_archive-1_part1.zip"), 1);
        return new DemoCloud(cloud, SOURCES);
    }
}
