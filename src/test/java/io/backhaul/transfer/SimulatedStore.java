package io.backhaul.transfer;

import io.backhaul.ManualClock;
import io.backhaul.backup.BackupId;
import io.backhaul.backup.InstanceId;
import io.backhaul.backup.SignedUrl;
import io.backhaul.backup.SourceName;
import io.backhaul.config.HostPattern;
import io.backhaul.config.InstanceSelection;
import io.backhaul.provider.AccessKey;
import io.backhaul.provider.LinksOutcome;
import io.backhaul.provider.ProviderRuntime;
import io.backhaul.provider.huawei.HuaweiCredential;
import io.backhaul.provider.huawei.HuaweiDcs;
import io.backhaul.provider.huawei.HuaweiProject;
import io.backhaul.provider.huawei.HuaweiSettings;
import io.backhaul.simulator.BackupFile;
import io.backhaul.simulator.CloudSettings;
import io.backhaul.simulator.Content;
import io.backhaul.simulator.DcsBackup;
import io.backhaul.simulator.DcsInstance;
import io.backhaul.simulator.FaultTarget;
import io.backhaul.simulator.SimulatedCloud;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** A simulated store with one object, and as many links to it as wanted. */
public final class SimulatedStore implements AutoCloseable {
    public static final String NAME = "dump.bin";
    public static final FaultTarget FILE = FaultTarget.file(NAME);

    private final SimulatedCloud cloud;
    private final HuaweiDcs provider;

    public SimulatedStore(ManualClock clock, Content content) {
        cloud = new SimulatedCloud(CloudSettings.of("AK", "SK", "project", clock));
        cloud.start();
        cloud.dcs().add(DcsInstance.masterStandby("i", "orders", "5.0", 4));
        cloud.dcs().add("i", DcsBackup.of("b", clock.instant(), List.of(BackupFile.of(NAME, content))));
        var settings = new HuaweiSettings(
                new SourceName("prod"),
                cloud.endpoint(),
                new HuaweiProject.Known("project"),
                new HuaweiCredential.Signing(AccessKey.permanent("AK", "SK")),
                null,
                new InstanceSelection.All(),
                Duration.ofDays(7));
        provider = new HuaweiDcs(settings, ProviderRuntime.of(clock, System::nanoTime, "test"));
    }

    public SimulatedCloud cloud() {
        return cloud;
    }

    /** From now on no connection brings more a second. */
    void cap(long bytesPerSecond) {
        cloud.limitDownloadsTo(bytesPerSecond);
    }

    void uncap() {
        cloud.limitDownloadsTo(Long.MAX_VALUE);
    }

    /** A fresh one. */
    public SignedUrl link() {
        var outcome = provider.links(new InstanceId("i"), new BackupId("b"), Duration.ofHours(1));
        if (outcome instanceof LinksOutcome.Granted granted) {
            return granted.grant().files().getFirst().link();
        }
        throw new AssertionError("no link: " + outcome);
    }

    TargetRules rules() {
        return new TargetRules(List.of(new HostPattern("127.0.0.1")));
    }

    /** What the store holds now, by a client of another hand. */
    public byte[] truth() throws IOException {
        try (var in = URI.create(link().reveal()).toURL().openStream()) {
            return in.readAllBytes();
        }
    }

    /** The ranges that were asked for. */
    public List<String> ranges() {
        return cloud.journal().requests(FILE).stream()
                .map(request -> request.header("range").orElse("whole"))
                .toList();
    }

    @Override
    public void close() {
        provider.close();
        cloud.close();
    }
}
