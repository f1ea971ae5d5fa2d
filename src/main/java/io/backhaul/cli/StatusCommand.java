package io.backhaul.cli;

import io.backhaul.app.OpenCatalog;
import io.backhaul.backup.SourceName;
import io.backhaul.catalog.ArchiveStates;
import io.backhaul.catalog.Catalog;
import io.backhaul.catalog.Reports;
import io.backhaul.catalog.Reports.DeadlineRow;
import io.backhaul.catalog.Reports.InstanceRow;
import io.backhaul.config.BackhaulConfig;
import io.backhaul.config.SourceConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows each source: its listings, states, whether every instance meets its RPO, the archives,"
                + " and the next deadlines.")
final class StatusCommand implements Callable<Integer> {
    private static final int DEADLINES = 10;

    private final Clock clock = Clock.systemUTC();

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** What the catalog says, with the targets of the configuration beside it. */
    private record Fleet(
            List<Reports.SourceRow> sources,
            List<Reports.StateCount> counts,
            List<InstanceRow> instances,
            List<DeadlineRow> deadlines,
            List<ArchiveStates.Row> archives,
            Map<SourceName, Duration> targets,
            Instant now) {
        String states(SourceName source) {
            return counts.stream()
                    .filter(count -> count.source().equals(source))
                    .map(count -> count.backups() + " " + count.state().label())
                    .collect(Collectors.joining(", "));
        }

        /** Whether the newest verified copy is young enough; nothing where no target is configured. */
        Optional<Boolean> meetsRpo(InstanceRow row) {
            var newest = row.newestArchived();
            return Optional.ofNullable(targets.get(row.source()))
                    .map(target -> newest != null && !newest.plus(target).isBefore(now));
        }
    }

    @Override
    public Integer call() {
        var configuration = config.readForCatalog();
        try (var open = OpenCatalog.of(configuration)) {
            open.catalog().requireMigrated();
            var fleet = fleet(open.catalog(), configuration);
            var out = spec.commandLine().getOut();
            out.println(json ? Json.text(json(fleet)) : text(fleet));
            out.flush();
        }
        return ExitCode.DONE.number();
    }

    private Fleet fleet(Catalog catalog, BackhaulConfig configuration) {
        var reports = catalog.reports();
        return new Fleet(
                reports.sources(),
                reports.countsByState(),
                reports.instances(),
                reports.nextDeadlines(DEADLINES),
                catalog.archives().all(),
                configuration.sources().stream().collect(Collectors.toMap(SourceConfig::name, SourceConfig::rpo)),
                clock.instant());
    }

    private static String text(Fleet fleet) {
        var sources = new Table("SOURCE", "PROVIDER", "LISTED", "BACKUPS", "TROUBLE");
        fleet.sources()
                .forEach(row -> sources.row(
                        row.source().value(),
                        row.provider(),
                        Times.text(row.lastListedAt(), "never"),
                        fleet.states(row.source()),
                        Objects.toString(row.lastFailure(), "")));
        var instances = new Table("SOURCE", "INSTANCE", "NAME", "NEWEST ARCHIVED", "RPO");
        fleet.instances()
                .forEach(row -> instances.row(
                        row.source().value(),
                        row.instance().value(),
                        row.name(),
                        Times.text(row.newestArchived(), "none"),
                        fleet.meetsRpo(row)
                                .map(meets -> meets ? "met" : "MISSED")
                                .orElse("no target")));
        var deadlines = new Table("DEADLINE", "STATE", "BACKUP");
        fleet.deadlines()
                .forEach(row -> deadlines.row(
                        row.deadline().toString(),
                        row.state().label(),
                        row.backup().toString()));
        var archives = new Table("ARCHIVE", "NODE", "STATE", "SINCE", "FREE", "TROUBLE");
        fleet.archives()
                .forEach(row -> archives.row(
                        row.archive(),
                        row.node(),
                        row.state().label(),
                        row.since().toString(),
                        Objects.toString(row.free(), "unknown"),
                        row.detail()));
        return String.join(
                "\n", sources.toString(), "", instances.toString(), "", archives.toString(), "", deadlines.toString());
    }

    private static Map<String, @Nullable Object> json(Fleet fleet) {
        return Json.object()
                .plain(
                        "sources",
                        fleet.sources().stream().map(row -> json(fleet, row)).toList())
                .plain(
                        "instances",
                        fleet.instances().stream().map(row -> json(fleet, row)).toList())
                .plain(
                        "archives",
                        fleet.archives().stream().map(StatusCommand::json).toList())
                .plain(
                        "deadlines",
                        fleet.deadlines().stream().map(StatusCommand::json).toList())
                .asMap();
    }

    private static Map<String, @Nullable Object> json(Fleet fleet, Reports.SourceRow row) {
        var target = fleet.targets().get(row.source());
        var states = fleet.counts().stream()
                .filter(count -> count.source().equals(row.source()))
                .collect(Collectors.toMap(count -> count.state().label(), Reports.StateCount::backups));
        return Json.object()
                .text("source", row.source())
                .text("provider", row.provider())
                .text("lastListedAt", row.lastListedAt())
                .plain("listingFailures", row.listingFailures())
                .text("lastFailure", row.lastFailure())
                .plain("clockOffsetSeconds", row.clockOffset().toMillis() / 1e3)
                .plain("rpoSeconds", target == null ? null : target.toSeconds())
                .plain("backups", states)
                .asMap();
    }

    private static Map<String, @Nullable Object> json(Fleet fleet, InstanceRow row) {
        return Json.object()
                .text("source", row.source())
                .text("instance", row.instance())
                .text("name", row.name())
                .text("newestArchived", row.newestArchived())
                .text("newestAtProvider", row.newestAtProvider())
                .plain("rpoMet", fleet.meetsRpo(row).orElse(null))
                .asMap();
    }

    private static Map<String, @Nullable Object> json(ArchiveStates.Row row) {
        return Json.object()
                .text("archive", row.archive())
                .text("node", row.node())
                .text("state", row.state().label())
                .text("since", row.since())
                .plain("freeBytes", Json.bytes(row.free()))
                .text("trouble", row.detail().isEmpty() ? null : row.detail())
                .asMap();
    }

    private static Map<String, @Nullable Object> json(DeadlineRow row) {
        return Json.object()
                .text("backup", row.backup())
                .text("state", row.state().label())
                .text("deadline", row.deadline())
                .plain("bytes", Json.bytes(row.size()))
                .asMap();
    }
}
