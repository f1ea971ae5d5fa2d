package io.backhaul.ops;

import io.backhaul.backup.BackupState;
import io.backhaul.backup.SourceName;
import io.backhaul.catalog.Reports;
import io.backhaul.catalog.Reports.GoneCount;
import io.backhaul.catalog.Reports.InstanceRow;
import io.backhaul.catalog.Reports.LatestStart;
import io.backhaul.catalog.Reports.SourceRow;
import io.backhaul.provider.Setback;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The state of each source, as series of which none is missing: an alert must not wait for one to appear. */
final class SourceGauges {
    private final MeterRegistry registry;
    private final Map<SourceName, AtomicLong> gone = new ConcurrentHashMap<>();
    private final MultiGauge rpoTarget;
    private final MultiGauge slack;
    private final MultiGauge backups;
    private final MultiGauge instances;
    private final MultiGauge withoutCopy;
    private final MultiGauge clockOffset;
    private final MultiGauge lastListed;
    private final MultiGauge listingFailures;
    private final MultiGauge listingSetback;
    private final MultiGauge lastGone;

    SourceGauges(MeterRegistry registry) {
        this.registry = registry;
        rpoTarget = gauge("backhaul_rpo_target_seconds", "How old the newest verified copy may be at most");
        slack = gauge("backhaul_deadline_slack_seconds", "The smallest slack of any backup not yet home");
        backups = gauge("backhaul_backups", "Backups by state");
        instances = gauge("backhaul_instances", "Instances that the last listing of all has shown");
        withoutCopy = gauge("backhaul_instances_without_copy", "Those of them that no backup is home of");
        clockOffset = gauge("backhaul_clock_offset_seconds", "The provider's time minus ours");
        lastListed = gauge(CatalogGauges.LAST_SUCCESS, CatalogGauges.LAST_SUCCESS_MEANS);
        listingFailures = gauge("backhaul_listing_failures", "Listings in a row that failed or saw only a part");
        listingSetback = gauge("backhaul_listing_setback", "1 for the reason why listings fail just now");
        lastGone = gauge(
                "backhaul_backups_last_gone_timestamp_seconds",
                "When it was last seen that a backup is lost; 0 before the first");
    }

    private MultiGauge gauge(String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    void showTargets(Map<SourceName, Duration> targets) {
        rpoTarget.register(
                targets.entrySet().stream()
                        .map(target ->
                                Row.of(of(target.getKey()), target.getValue().toSeconds()))
                        .toList(),
                true);
    }

    void showSources(List<SourceRow> sources) {
        show(clockOffset, sources, row -> row.clockOffset().toMillis() / 1e3);
        show(listingFailures, sources, SourceRow::listingFailures);
        var listed = new ArrayList<Row<?>>();
        var setbacks = new ArrayList<Row<?>>();
        for (var row : sources) {
            var tags = of(row.source());
            if (row.lastListedAt() != null) {
                listed.add(Row.of(
                        tags.and("cycle", CatalogGauges.LIST_CYCLE),
                        row.lastListedAt().getEpochSecond()));
            }
            for (var reason : Setback.labels()) {
                setbacks.add(Row.of(tags.and("reason", reason), reason.equals(row.failureKind()) ? 1 : 0));
            }
        }
        lastListed.register(listed, true);
        listingSetback.register(setbacks, true);
    }

    private static void show(MultiGauge gauge, List<SourceRow> sources, ToDoubleFunction<SourceRow> value) {
        gauge.register(
                sources.stream()
                        .map(row -> Row.of(of(row.source()), value.applyAsDouble(row)))
                        .toList(),
                true);
    }

    void showInstances(List<SourceRow> sources, List<InstanceRow> rows) {
        showCounts(instances, sources, rows, row -> true);
        showCounts(withoutCopy, sources, rows, row -> row.newestArchived() == null);
    }

    private static void showCounts(
            MultiGauge gauge, List<SourceRow> sources, List<InstanceRow> rows, Predicate<InstanceRow> counts) {
        var counted =
                rows.stream().filter(counts).collect(Collectors.groupingBy(InstanceRow::source, Collectors.counting()));
        show(gauge, sources, row -> counted.getOrDefault(row.source(), 0L));
    }

    void showSlack(List<LatestStart> starts, Instant now) {
        slack.register(
                starts.stream()
                        .map(start -> Row.of(
                                of(start.source()),
                                Duration.between(now, start.at()).toSeconds()))
                        .toList(),
                true);
    }

    void showBackups(List<SourceRow> sources, List<Reports.StateCount> counts) {
        var counted = counts.stream()
                .collect(Collectors.toMap(row -> row.source() + " " + row.state(), Reports.StateCount::backups));
        var rows = new ArrayList<Row<?>>();
        for (var source : sources) {
            for (var state : BackupState.values()) {
                var count = counted.getOrDefault(source.source() + " " + state, 0L);
                rows.add(Row.of(of(source.source()).and("state", state.label()), count));
            }
        }
        backups.register(rows, true);
    }

    /**
     * A counter by nature, although it is counted in rows: whatever was lost once stays lost. Of a series that begins
     * with a loss, or a backup that is lost again, it shows no increase; the time of the last loss does.
     */
    void showGone(List<SourceRow> sources, List<GoneCount> counts) {
        var counted = counts.stream().collect(Collectors.toMap(GoneCount::source, Function.identity()));
        for (var row : sources) {
            var count = counted.get(row.source());
            gone.computeIfAbsent(row.source(), this::goneCounter).set(count == null ? 0 : count.backups());
        }
        show(lastGone, sources, row -> {
            var count = counted.get(row.source());
            return count == null ? 0 : count.last().getEpochSecond();
        });
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
