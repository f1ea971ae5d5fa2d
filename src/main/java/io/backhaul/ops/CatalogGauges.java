package io.backhaul.ops;

import io.backhaul.backup.BackupState;
import io.backhaul.backup.SourceName;
import io.backhaul.catalog.Reports;
import io.backhaul.catalog.Reports.DeadlineRow;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The gauges that are state: read from PostgreSQL before a scrape, so that a restart forgets nothing. */
public final class CatalogGauges {
    /** Scrapes closer together than this share one reading. */
    private static final Duration FRESH = Duration.ofSeconds(2);
    /** Enough to find the smallest slack of each source: the nearest deadlines come first. */
    private static final int DEADLINES = 10_000;

    private final Reports reports;
    private final Map<SourceName, Duration> targets;
    private final DoubleSupplier bytesPerSecond;
    private final MeterRegistry registry;
    private final Clock clock;
    private final MultiGauge newestArchived;
    private final MultiGauge newestAtProvider;
    private final MultiGauge rpoTarget;
    private final MultiGauge slack;
    private final MultiGauge backups;
    private final Map<SourceName, AtomicLong> gone = new ConcurrentHashMap<>();
    private final MultiGauge clockOffset;
    private Instant readAt = Instant.MIN;

    /**
     * Registers the gauges; they have no rows before the first {@link #refresh}.
     *
     * @param targets the RPO of each configured source
     * @param bytesPerSecond the measured rate of a transfer
     */
    public CatalogGauges(
            Reports reports,
            Map<SourceName, Duration> targets,
            DoubleSupplier bytesPerSecond,
            MeterRegistry registry,
            Clock clock) {
        this.reports = reports;
        this.targets = Map.copyOf(targets);
        this.bytesPerSecond = bytesPerSecond;
        this.registry = registry;
        this.clock = clock;
        newestArchived = gauge(
                registry, "backhaul_newest_archived_timestamp_seconds", "When the newest backup that is home was made");
        newestAtProvider = gauge(
                registry,
                "backhaul_newest_provider_timestamp_seconds",
                "When the newest usable backup that the provider has shown was made");
        rpoTarget = gauge(registry, "backhaul_rpo_target_seconds", "How old the newest verified copy may be at most");
        slack = gauge(registry, "backhaul_deadline_slack_seconds", "The smallest slack of any backup not yet home");
        backups = gauge(registry, "backhaul_backups", "Backups by state");
        clockOffset = gauge(registry, "backhaul_clock_offset_seconds", "The provider's time minus ours");
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    /** Reads the state anew, unless that was done a moment ago. */
    public synchronized void refresh() {
        var now = clock.instant();
        if (now.isBefore(readAt.plus(FRESH))) {
            return;
        }
        newest();
        rpoTarget.register(
                targets.entrySet().stream()
                        .map(target ->
                                Row.of(of(target.getKey()), target.getValue().toSeconds()))
                        .toList(),
                true);
        slack.register(smallestSlack(now), true);
        backups.register(counts(), true);
        countGone();
        clockOffset.register(
                reports.sources().stream()
                        .map(row -> Row.of(of(row.source()), row.clockOffset().toMillis() / 1e3))
                        .toList(),
                true);
        readAt = now;
    }

    private void newest() {
        var archived = new ArrayList<Row<?>>();
        var atProvider = new ArrayList<Row<?>>();
        for (var row : reports.instances()) {
            var tags = of(row.source()).and("instance", row.instance().value());
            seconds(row.newestArchived()).ifPresent(at -> archived.add(Row.of(tags, at)));
            seconds(row.newestAtProvider()).ifPresent(at -> atProvider.add(Row.of(tags, at)));
        }
        newestArchived.register(archived, true);
        newestAtProvider.register(atProvider, true);
    }

    private static Optional<Long> seconds(@Nullable Instant instant) {
        return Optional.ofNullable(instant).map(Instant::getEpochSecond);
    }

    private List<Row<?>> smallestSlack(Instant now) {
        var rate = bytesPerSecond.getAsDouble();
        return reports.nextDeadlines(DEADLINES).stream()
                .collect(Collectors.groupingBy(
                        row -> row.backup().source(),
                        Collectors.mapping(
                                (DeadlineRow row) -> row.slack(rate, now),
                                Collectors.minBy(Comparator.naturalOrder()))))
                .entrySet()
                .stream()
                .<Row<?>>map(entry -> Row.of(
                        of(entry.getKey()), entry.getValue().orElseThrow().toSeconds()))
                .toList();
    }

    /** Every state of every source has a row, zero included: an alert must not wait for a series to appear. */
    private List<Row<?>> counts() {
        var counted = reports.countsByState().stream()
                .collect(Collectors.toMap(row -> row.source() + " " + row.state(), row -> row.backups()));
        var rows = new ArrayList<Row<?>>();
        for (var source : reports.sources()) {
            for (var state : BackupState.values()) {
                var count = counted.getOrDefault(source.source() + " " + state, 0L);
                rows.add(Row.of(of(source.source()).and("state", state.label()), count));
            }
        }
        return rows;
    }

    /** A counter, although it is read: from a gauge's name the registry would cut "_total" off. */
    private void countGone() {
        reports.sources().forEach(row -> gone.computeIfAbsent(row.source(), this::goneCounter));
        reports.goneCounts()
                .forEach(row ->
                        gone.computeIfAbsent(row.source(), this::goneCounter).set(row.backups()));
    }

    private AtomicLong goneCounter(SourceName source) {
        var count = new AtomicLong();
        FunctionCounter.builder("backhaul_backups_gone", count, AtomicLong::get)
                .description("Backups that the provider no longer had when we came")
                .tags(of(source))
                .register(registry);
        return count;
    }

    private static Tags of(SourceName source) {
        return Tags.of("source", source.value());
    }
}
