package io.backhaul.app;

import io.backhaul.backup.BackupState;
import io.backhaul.catalog.Catalog;
import io.backhaul.catalog.Histories;
import io.backhaul.config.ConfigFile;
import io.backhaul.pipeline.PipelineEvents;
import io.backhaul.schedule.Cron;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The whole product in one process: simulated clouds, embedded PostgreSQL and daemon, under one folder. A demo that was
 * broken off goes on where it was; one that was done begins anew.
 */
public final class Demo implements AutoCloseable {
    private static final long LOOK_EVERY_MILLIS = 200;
    /** What can still change by itself. */
    private static final Set<BackupState> UNDER_WAY =
            EnumSet.of(BackupState.WAITING, BackupState.PREPARING, BackupState.LINKED, BackupState.TRANSFERRING);

    private final Path folder;
    private final DemoClouds clouds;
    private final Daemon.Running daemon;

    private Demo(Path folder, DemoClouds clouds, Daemon.Running daemon) {
        this.folder = folder;
        this.clouds = clouds;
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
        var made = prepare(folder, clock);
        var ports = folder.resolve("ports");
        var clouds = DemoClouds.start(clock, made, portsIn(ports));
        try {
            Files.write(ports, clouds.ports().stream().map(String::valueOf).toList());
            var config = folder.resolve("backhaul.yaml");
            Files.writeString(config, configuration(clouds));
            var read = ConfigFile.read(config, Map.of(), Cron::fault);
            return new Demo(folder, clouds, Daemon.start(read, clock, listener, stop));
        } catch (IOException e) {
            clouds.close();
            throw new StateDirectoryException("cannot write to " + folder, e);
        } catch (RuntimeException e) {
            clouds.close();
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

    /** Of the run that is gone on with; a link whose life nobody knows would lead nowhere else. */
    private static List<Integer> portsIn(Path file) {
        try {
            return Files.exists(file)
                    ? Files.readAllLines(file).stream().map(Integer::valueOf).toList()
                    : List.of();
        } catch (IOException | NumberFormatException e) {
            throw new StateDirectoryException("cannot read " + file, e);
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

    private static String configuration(DemoClouds clouds) {
        return """
                # Written by `backhaul demo`; `backhaul list --config` this file shows what the demo did.
                state-dir: state
                admin: {listen: "127.0.0.1:0"}
                # One stream a file: several would be home before their links die.
                transfer: {concurrency: 8, segments: 1}
                archives:
                  - {name: local, type: filesystem, directory: archive}
                sources:
                """ + clouds.sources();
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

    /** Whether every backup came home that could be had; what its cloud had deleted itself could not. */
    public boolean allHome() {
        var lost = clouds.lost();
        return catalog().histories().list(new Histories.Filter(null, null, null)).stream()
                .allMatch(row -> switch (row.state()) {
                    case ARCHIVED, SKIPPED -> true;
                    case GONE -> lost.contains(row.backup().backup());
                    default -> false;
                });
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
        clouds.close();
    }
}
