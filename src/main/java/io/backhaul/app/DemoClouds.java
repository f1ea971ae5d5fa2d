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
     * @param ports what {@link #ports} gave in a run that was broken off: its links lead there; else empty
     */
    static DemoClouds start(Clock clock, Instant made, List<Integer> ports) {
        var all = new DemoClouds(List.of(
                DemoHuawei.cloud(clock, made),
                DemoTencent.cloud(clock, made),
                DemoAlibaba.cloud(clock, made),
                DemoAlibabaOlder.cloud(clock, made)));
        for (var i = 0; i < all.clouds.size(); i++) {
            all.clouds.get(i).simulator().start(i < ports.size() ? ports.get(i) : 0);
        }
        return all;
    }

    /** Where they listen. */
    List<Integer> ports() {
        return clouds.stream()
                .map(cloud -> cloud.simulator().endpoint().getPort())
                .toList();
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
