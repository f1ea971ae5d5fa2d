package io.backhaul.ops;

import io.backhaul.backup.ArchiveState;
import io.backhaul.catalog.ArchiveStates;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** How this node sees its archives: what they have free, and why they are paused. */
public final class ArchiveGauges {
    private final Supplier<List<ArchiveStates.Row>> archives;

    /** @param archives the same ones each time, as they are just then */
    public ArchiveGauges(Supplier<List<ArchiveStates.Row>> archives, MeterRegistry registry) {
        this.archives = archives;
        for (var row : archives.get()) {
            register(row.archive(), registry);
        }
    }

    private void register(String archive, MeterRegistry registry) {
        Gauge.builder("backhaul_archive_free_bytes", () -> of(archive, ArchiveGauges::free))
                .description("What an archive could still take when this node last saw it")
                .tag("archive", archive)
                .register(registry);
        for (var reason : EnumSet.complementOf(EnumSet.of(ArchiveState.OPEN))) {
            Gauge.builder("backhaul_archive_paused", () -> of(archive, row -> row.state() == reason ? 1 : 0))
                    .description("1 while this node cannot keep in an archive what it wants to, for this reason")
                    .tag("archive", archive)
                    .tag("reason", reason.label())
                    .register(registry);
        }
    }

    private double of(String archive, ToDoubleFunction<ArchiveStates.Row> value) {
        return archives.get().stream()
                .filter(row -> row.archive().equals(archive))
                .mapToDouble(value)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static double free(ArchiveStates.Row row) {
        var free = row.free();
        return free == null ? Double.NaN : free.bytes();
    }
}
