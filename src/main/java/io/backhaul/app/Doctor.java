package io.backhaul.app;

import io.backhaul.archive.Archive;
import io.backhaul.archive.ArchiveHealth;
import io.backhaul.catalog.CatalogException;
import io.backhaul.config.ArchiveConfig;
import io.backhaul.config.BackhaulConfig;
import io.backhaul.pipeline.Source;
import io.backhaul.provider.CallObserver;
import io.backhaul.provider.InstancesOutcome;
import io.backhaul.provider.ProviderRuntime;
import io.backhaul.provider.Setback;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Tries everything that a configuration names, once, by really using it. */
public final class Doctor {
    /** Signatures are refused at fifteen minutes; somebody should look long before. */
    private static final Duration WORRYING_OFFSET = Duration.ofMinutes(1);

    private final BackhaulConfig config;
    private final Clock clock;

    public Doctor(BackhaulConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    /** Who must act when a check fails. */
    public enum Area {
        DATABASE,
        ARCHIVE,
        PROVIDER,
        CLOCK
    }

    /** How a check went. */
    public enum Verdict {
        OK,
        FAILED
    }

    /**
     * One check.
     *
     * @param subject what was tried
     * @param detail what was found, or what is wrong
     */
    public record Finding(Area area, String subject, Verdict verdict, String detail) {}

    /** All findings: the database, each archive, each source's credentials, each provider's clock. */
    public List<Finding> examine() {
        var findings = new ArrayList<Finding>();
        findings.add(database());
        var archives = ArchiveBuilder.build(config.archives(), "check");
        for (var archive : config.archives()) {
            findings.add(archive(archive, Objects.requireNonNull(archives.get(archive.name()))));
        }
        var runtime = ProviderRuntime.of(clock, System::nanoTime, Version.current());
        var builder = new SourceBuilder(runtime, archives, source -> CallObserver.NONE);
        for (var source : config.sources()) {
            var built = builder.build(source);
            try (var provider = built.provider()) {
                findings.add(credentials(built));
                findings.add(clock(built, provider.clockOffset()));
            }
        }
        return findings;
    }

    private Finding database() {
        var subject = config.database() == null
                ? "embedded under " + config.stateDir()
                : config.database().url();
        try (var open = OpenCatalog.of(config)) {
            open.catalog().requireReachable();
            return new Finding(Area.DATABASE, subject, Verdict.OK, "answers");
        } catch (CatalogException | StateDirectoryException e) {
            return new Finding(Area.DATABASE, subject, Verdict.FAILED, String.valueOf(e.getMessage()));
        }
    }

    private Finding archive(ArchiveConfig written, Archive archive) {
        if (written instanceof ArchiveConfig.Filesystem filesystem && !Files.exists(filesystem.directory())) {
            return missing(filesystem);
        }
        return switch (archive.probe()) {
            case ArchiveHealth.Writable healthy ->
                new Finding(Area.ARCHIVE, archive.name(), Verdict.OK, "writable, free " + healthy.free());
            case ArchiveHealth.Unwritable sick ->
                new Finding(Area.ARCHIVE, archive.name(), Verdict.FAILED, sick.reason());
        };
    }

    /** As the daemon sees it: a new one is made at the start, one that kept sets before is likely not mounted. */
    private Finding missing(ArchiveConfig.Filesystem archive) {
        return hasKeptSets(archive.name())
                ? new Finding(
                        Area.ARCHIVE,
                        archive.name(),
                        Verdict.FAILED,
                        archive.directory() + " is missing and has kept sets before; is it mounted?")
                : new Finding(
                        Area.ARCHIVE,
                        archive.name(),
                        Verdict.OK,
                        "new: the daemon makes " + archive.directory() + " when it starts");
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

    private static Finding credentials(Source source) {
        var subject = source.name().value();
        return switch (source.provider().instances()) {
            case InstancesOutcome.Listed listed ->
                new Finding(
                        Area.PROVIDER,
                        subject,
                        Verdict.OK,
                        "instances " + listed.instances().size());
            case Setback setback -> new Finding(Area.PROVIDER, subject, Verdict.FAILED, setback.reason());
        };
    }

    private static Finding clock(Source source, Duration offset) {
        var verdict = offset.abs().compareTo(WORRYING_OFFSET) < 0 ? Verdict.OK : Verdict.FAILED;
        return new Finding(
                Area.CLOCK,
                source.name().value(),
                verdict,
                "the provider's time minus ours is " + offset.toMillis() + " ms");
    }
}
