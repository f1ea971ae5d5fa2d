package io.backhaul.app;

import io.backhaul.app.Finding.Area;
import io.backhaul.app.Finding.Remedy;
import io.backhaul.archive.Archive;
import io.backhaul.archive.ArchiveHealth;
import io.backhaul.catalog.CatalogException;
import io.backhaul.config.ArchiveConfig;
import io.backhaul.config.BackhaulConfig;
import io.backhaul.config.Trust;
import io.backhaul.provider.CallObserver;
import io.backhaul.provider.ProviderRuntime;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Tries everything that a configuration names, once, by really using it. */
public final class Doctor {
    private final BackhaulConfig config;
    private final Clock clock;
    private final Map<String, String> environment;

    /** @param environment of the process */
    public Doctor(BackhaulConfig config, Clock clock, Map<String, String> environment) {
        this.config = config;
        this.clock = clock;
        this.environment = Map.copyOf(environment);
    }

    /**
     * All findings: the database, each archive, of each source its credentials, the provider's clock and the stores that
     * links lead to, the admin address, and what the system gives.
     *
     * @throws StateDirectoryException for root where the daemon is another user: its trial files would be in the way
     */
    public List<Finding> examine() {
        StateDirectory.refuseForeign(config.stateDir());
        var findings = new ArrayList<>(new DatabaseCheck(config).examine());
        var archives = ArchiveBuilder.build(config.archives(), "check", this::hasKeptSets);
        for (var i = 0; i < config.archives().size(); i++) {
            var written = config.archives().get(i);
            findings.add(archive("archives[" + i + "]", written, Objects.requireNonNull(archives.get(written.name()))));
        }
        var trust = Trust.with(config.tls().authorities());
        var runtime =
                ProviderRuntime.of(clock, System::nanoTime, Version.current()).trusting(trust);
        var builder = new SourceBuilder(runtime, archives, source -> CallObserver.NONE, config.transfer());
        var check = new SourceCheck(new StoreCheck(trust));
        for (var i = 0; i < config.sources().size(); i++) {
            var source = config.sources().get(i);
            var built = builder.build(source);
            try (var provider = built.provider()) {
                findings.addAll(check.examine(i, source, provider, built.targets()));
            }
        }
        new AdminCheck(config.admin()).examine().ifPresent(findings::add);
        findings.addAll(new SystemCheck(config, environment, SystemCheck.LIMITS).examine());
        return findings;
    }

    private Finding archive(String place, ArchiveConfig written, Archive archive) {
        if (written instanceof ArchiveConfig.Filesystem filesystem
                && !Files.exists(filesystem.directory())
                && !hasKeptSets(archive.name())) {
            return missing(place, filesystem);
        }
        return switch (archive.probe()) {
            case ArchiveHealth.Writable healthy ->
                Finding.ok(Area.ARCHIVE, archive.name(), "writable, free " + healthy.free());
            case ArchiveHealth.Unwritable sick ->
                Finding.failed(
                        Area.ARCHIVE,
                        archive.name(),
                        sick.reason(),
                        archiveRemedy(
                                place,
                                switch (sick.state()) {
                                    case FULL -> "make room on the disk of ";
                                    case AWAY -> "mount what belongs at the directory of ";
                                    case UNWRITABLE, OPEN -> "let Backhaul's user write the directory of ";
                                }));
        };
    }

    private static Finding missing(String place, ArchiveConfig.Filesystem archive) {
        return ArchiveBuilder.obstacle(archive.directory())
                .map(obstacle -> Finding.failed(
                        Area.ARCHIVE,
                        archive.name(),
                        archive.directory() + " is not there and cannot be made: "
                                + (Files.isDirectory(obstacle)
                                        ? obstacle + " is not writable for this user"
                                        : obstacle + " is no directory"),
                        archiveRemedy(place, "make it, writable for Backhaul's user, or correct the directory of ")))
                .orElseGet(() -> Finding.ok(
                        Area.ARCHIVE,
                        archive.name(),
                        "new: the daemon makes " + archive.directory() + " when it starts"));
    }

    private static Remedy archiveRemedy(String place, String how) {
        return new Remedy("archive", "host administrator", how + place, List.of(place + ".directory"));
    }

    /** False as well when nothing can be told: what is wrong with the database is a finding of its own. */
    private boolean hasKeptSets(String archive) {
        try (var open = OpenCatalog.of(config)) {
            open.catalog().requireReachable();
            open.catalog().requireMigrated();
            return open.catalog().reports().everKept(archive);
        } catch (CatalogException | StateDirectoryException e) {
            return false;
        }
    }
}
