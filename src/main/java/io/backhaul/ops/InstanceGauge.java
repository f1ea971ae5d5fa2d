package io.backhaul.ops;

import io.backhaul.catalog.Reports.InstanceRow;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A time of each instance, in seconds since 1970. Tens of thousands of series are replaced with every reading, which as
 * meters of their own would take longer than a scrape may: they are handed over as one finished snapshot.
 */
final class InstanceGauge implements Collector {
    private final String name;
    private final String description;
    private final Function<InstanceRow, @Nullable Instant> time;
    private volatile GaugeSnapshot latest;

    /** @param time null for an instance that has none, and so no series */
    InstanceGauge(String name, String description, Function<InstanceRow, @Nullable Instant> time) {
        this.name = name;
        this.description = description;
        this.time = time;
        latest = snapshot(List.of());
    }

    void show(List<InstanceRow> rows) {
        latest = snapshot(rows);
    }

    private GaugeSnapshot snapshot(List<InstanceRow> rows) {
        var snapshot = GaugeSnapshot.builder().name(name).help(description);
        for (var row : rows) {
            var at = time.apply(row);
            if (at != null) {
                snapshot.dataPoint(GaugeDataPointSnapshot.builder()
                        .labels(Labels.of(
                                "instance", row.instance().value(),
                                "source", row.source().value()))
                        .value((double) at.getEpochSecond())
                        .build());
            }
        }
        return snapshot.build();
    }

    @Override
    public MetricSnapshot collect() {
        return latest;
    }
}
