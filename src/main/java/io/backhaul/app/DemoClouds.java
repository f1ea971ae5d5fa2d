package io.backhaul.app;

import io.backhaul.backup.BackupId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The clouds of the demo: Huawei, Tencent, and two accounts at Alibaba, with six sources between them. Each misbehaves in
 * its own way, so that half a minute shows what a bad week would.
 */
record DemoClouds(List<DemoCloud> clouds) implements AutoCloseable {
    DemoClouds {
        clouds = List.copyOf(clouds);
    }

    /**
     * Starts them.
     *
     * @param made when the newest backups were made; the same instant gives the same backups
     */
    static DemoClouds start(Clock clock, Instant made) {
        var all = new DemoClouds(List.of(
                DemoHuawei.cloud(clock, made),
                DemoTencent.cloud(clock, made),
                DemoAlibaba.cloud(clock, made),
                DemoAlibabaOlder.cloud(clock, made)));
        all.clouds.forEach(cloud -> cloud.simulator().start());
        return all;
    }

    /** All of their sources. */
    String sources() {
        return clouds.stream().map(DemoCloud::configuration).collect(Collectors.joining());
    }

    /** Backups that nobody can bring home. */
    Set<BackupId> lost() {
        return clouds.stream().flatMap(cloud -> cloud.lost().stream()).collect(Collectors.toSet());
    }

    @Override
    public void close() {
        clouds.forEach(DemoCloud::close);
    }
}
