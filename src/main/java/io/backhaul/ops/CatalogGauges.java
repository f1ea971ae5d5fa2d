package io.backhaul.ops;

import io.backhaul.backup.SourceName;
import io.backhaul.catalog.Reports;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * The metrics that are state: read from PostgreSQL for a scrape, so that a restart forgets nothing and every node tells
 * the same. Of sources that are no longer configured they say nothing.
 */
public final class CatalogGauges {
    /** The cycle whose last success is a row, and so is told here and not by {@link Metrics}. */
    static final String LIST_CYCLE = "list";

    static final String LAST_SUCCESS = "backhaul_cycle_last_success_timestamp_seconds";
    static final String LAST_SUCCESS_MEANS =
            "When a cycle last did all it was there for: list by any node, links by this";

    /** While there is something to show already, a scrape waits no longer for what is new. */
    private static final Duration A_MOMENT = Duration.ofMillis(100);
    /** Well below Prometheus' own scrape time-out of ten seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Reports reports;
    private final Map<SourceName, Duration> targets;
    private final DoubleSupplier bytesPerSecond;
    private final Clock clock;
    private final SourceGauges sources;
    private final InstanceGauge newestArchived = new InstanceGauge(
            "backhaul_newest_archived_timestamp_seconds",
            "When the newest backup that is home was made",
            Reports.InstanceRow::newestArchived);
    private final InstanceGauge newestAtProvider = new InstanceGauge(
            "backhaul_newest_provider_timestamp_seconds",
            "When the newest usable backup that the provider has shown was made",
            Reports.InstanceRow::newestAtProvider);
    private final SharedReading reading;

    /**
     * Registers the gauges; they have no rows before the first reading.
     *
     * @param targets the RPO of each configured source
     * @param bytesPerSecond the measured rate of a transfer
     */
    public CatalogGauges(
            Reports reports,
            Map<SourceName, Duration> targets,
            DoubleSupplier bytesPerSecond,
            PrometheusMeterRegistry registry,
            Clock clock) {
        this.reports = reports;
        this.targets = Map.copyOf(targets);
        this.bytesPerSecond = bytesPerSecond;
        this.clock = clock;
        sources = new SourceGauges(registry);
        reading = new SharedReading(this::read, clock);
        registry.getPrometheusRegistry().register(newestArchived);
        registry.getPrometheusRegistry().register(newestAtProvider);
        Gauge.builder("backhaul_database_up", () -> reading.databaseAnswers() ? 1 : 0)
                .description("Whether the catalog's database answers this node")
                .register(registry);
        Gauge.builder("backhaul_catalog_read_timestamp_seconds", this::readAt)
                .description("As of when the metrics are that come from the catalog")
                .register(registry);
    }

    private double readAt() {
        var at = reading.succeededAt();
        return at == null ? Double.NaN : at.getEpochSecond();
    }

    /** Reads the state anew for a scrape, which may come before the reading ends: it then shows the one before. */
    public void refresh() {
        refreshWithin(reading.succeededAt() == null ? PATIENCE : A_MOMENT);
    }

    /**
     * Reads the state anew, unless that was done a moment ago.
     *
     * @return false when the reading failed or goes on, and the gauges stand as they last were
     */
    boolean refreshWithin(Duration patience) {
        return reading.await(patience);
    }

    private void read() {
        var known = reports.sources().stream()
                .filter(row -> targets.containsKey(row.source()))
                .toList();
        var instances = reports.instances().stream()
                .filter(row -> targets.containsKey(row.source()))
                .toList();
        newestArchived.show(instances);
        newestAtProvider.show(instances);
        sources.showTargets(targets);
        sources.showSources(known);
        sources.showInstances(known, instances);
        sources.showSlack(
                reports.latestStarts(bytesPerSecond.getAsDouble()).stream()
                        .filter(row -> targets.containsKey(row.source()))
                        .toList(),
                clock.instant());
        sources.showBackups(known, reports.countsByState());
        sources.showGone(known, reports.goneCounts());
    }
}
