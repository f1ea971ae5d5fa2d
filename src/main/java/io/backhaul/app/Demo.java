package io.backhaul.app;

import io.backhaul.backup.BackupState;
import io.backhaul.catalog.Catalog;
import io.backhaul.catalog.Reports;
import io.backhaul.config.ConfigFile;
import io.backhaul.pipeline.PipelineEvents;
import io.backhaul.schedule.Cron;
import io.backhaul.simulator.SimulatedCloud;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The whole product in one process: simulated cloud, embedded PostgreSQL and daemon, under one folder. A demo that was
 * broken off goes on where it was; one that was done begins anew.
 */
public final class Demo implements AutoCloseable {
    private static final long LOOK_EVERY_MILLIS = 200;
    /** What can still change by itself. */
    private static final Set<BackupState> UNDER_WAY =
            EnumSet.of(BackupState.WAITING, BackupState.PREPARING, BackupState.LINKED, BackupState.TRANSFERRING);

    private final Path folder;
    private final SimulatedCloud cloud;
    private final Daemon.Running daemon;

    private Demo(Path folder, SimulatedCloud cloud, Daemon.Running daemon) {
        this.folder = folder;
        this.cloud = cloud;
        this.daemon = daemon;
    }

    /**
     * Starts all of it.
     *
     * @param folder for state and archive; its former demo is removed if that was done
     * @param listener hears what happens
     * @param stop ends a wait for the database when it falls to zero
     * @throws StateDirectoryException when the folder holds something that is no demo, or is in use
     */
    public static Demo start(Path folder, Clock clock, PipelineEvents listener, CountDownLatch stop) {
        var cloud = DemoCloud.build(clock, prepare(folder, clock));
        cloud.start();
        try {
            var config = folder.resolve("backhaul.yaml");
            Files.writeString(config, configuration(cloud));
            var read = ConfigFile.read(config, Map.of(), Cron::fault);
            return new Demo(folder, cloud, Daemon.start(read, clock, listener, stop));
        } catch (IOException e) {
            cloud.close();
            throw new StateDirectoryException("cannot write to " + folder, e);
        } catch (RuntimeException e) {
            cloud.close();
            throw e;
        }
    }

    /** When the demo's backups were made: as the marker of a demo under way says, else now. */
    private static Instant prepare(Path folder, Clock clock) {
        var underWay = folder.resolve("under-way");
        try {
            if (Files.exists(underWay)) {
                return Instant.parse(Files.readString(underWay).strip());
            }
            if (Files.exists(folder.resolve("done"))) {
                remove(folder);
            }
            Files.createDirectories(folder);
            try (var inside = Files.list(folder)) {
                if (inside.findAny().isPresent()) {
                    throw new StateDirectoryException(folder + " is not empty and holds no demo; name another --dir");
                }
            }
            var made = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            Files.writeString(underWay, made + "\n");
            return made;
        } catch (IOException e) {
            throw new StateDirectoryException("cannot use " + folder + " for the demo", e);
        }
    }

    private static void remove(Path folder) throws IOException {
        var state = StateDirectory.take(folder.resolve("state"))
                .orElseThrow(() -> new StateDirectoryException("a demo runs in " + folder + " already"));
        state.close();
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static String configuration(SimulatedCloud cloud) {
        return """
                # Written by `backhaul demo`; `backhaul list --config` this file shows what the demo did.
                state-dir: state
                admin: {listen: "127.0.0.1:0"}
                archives:
                  - {name: local, type: filesystem, directory: archive}
                sources:
                  - name: demo-redis
                    provider: huawei-dcs
                    endpoint: %s
                    project-id: %s
                    credentials: {access-key: %s, secret-key: %s}
                    schedule: "0/30 * * * * ?"
                    archives: [local]
                """.formatted(cloud.endpoint(), DemoCloud.PROJECT, DemoCloud.ACCESS_KEY, DemoCloud.SECRET_KEY);
    }

    /**
     * Waits until nothing changes by itself any more, or a stop is asked for.
     *
     * @return whether everything has settled
     */
    public boolean awaitSettled(CountDownLatch stop) throws InterruptedException {
        while (!hasSettled()) {
            if (stop.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        try {
            Files.move(folder.resolve("under-way"), folder.resolve("done"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return true;
    }

    private boolean hasSettled() {
        var reports = catalog().reports();
        return reports.sources().stream().allMatch(source -> source.lastListedAt() != null)
                && reports.countsByState().stream().noneMatch(count -> UNDER_WAY.contains(count.state()));
    }

    /** Whether every backup of the cloud came home. */
    public boolean allArchived() {
        return catalog().reports().countsByState().stream()
                .map(Reports.StateCount::state)
                .allMatch(BackupState.ARCHIVED::equals);
    }

    public Catalog catalog() {
        return daemon.catalog();
    }

    /** Where the status page is. */
    public String address() {
        return "http://127.0.0.1:" + daemon.admin().port() + "/";
    }

    @Override
    public void close() {
        daemon.close();
        cloud.close();
    }
}
