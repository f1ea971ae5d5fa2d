package io.backhaul.ops;

import io.backhaul.backup.AttemptOutcome;
import io.backhaul.backup.BackupRef;
import io.backhaul.backup.LinkState;
import io.backhaul.backup.SourceName;
import io.backhaul.pipeline.PipelineEvents;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what happens (names and labels: DESIGN 6). No id, file or URL ever becomes a label; what is state and not event
 * comes from {@link CatalogGauges}.
 */
public final class Metrics implements PipelineEvents {
    private final MeterRegistry registry;
    private final Clock clock;
    private final AtomicInteger active = new AtomicInteger();
    private final Map<String, AtomicLong> lastSuccess = new ConcurrentHashMap<>();

    public Metrics(MeterRegistry registry, Clock clock, String version) {
        this.registry = registry;
        this.clock = clock;
        Gauge.builder("backhaul_transfers_active", active, AtomicInteger::get)
                .description("Sets that this node brings home right now")
                .register(registry);
        // With a dot: the registry takes it for an info then; from a gauge's name it would cut "_info" off.
        Gauge.builder("backhaul_build.info", () -> 1)
                .description("Always 1; the version is the label")
                .tag("version", version)
                .register(registry);
    }

    @Override
    public void cycleSucceeded(String cycle, SourceName source) {
        lastSuccess
                .computeIfAbsent(cycle + " " + source, key -> lastSuccessGauge(cycle, source))
                .set(clock.instant().getEpochSecond());
    }

    private AtomicLong lastSuccessGauge(String cycle, SourceName source) {
        var last = new AtomicLong();
        Gauge.builder("backhaul_cycle_last_success_timestamp_seconds", last, AtomicLong::get)
                .description("When a cycle last did all it was there for, on this node")
                .tag("cycle", cycle)
                .tag("source", source.value())
                .strongReference(true)
                .register(registry);
        return last;
    }

    @Override
    public void linksRequested(SourceName source, String outcome) {
        counter("backhaul_links_requested", "Answers to requests for links", source, "outcome", outcome)
                .increment();
    }

    @Override
    public void linksEnded(SourceName source, LinkState state, int links) {
        counter("backhaul_links_ended", "Links that have ended, by how", source, "state", state.label())
                .increment(links);
    }

    @Override
    public void transferBegan(BackupRef backup) {
        active.incrementAndGet();
    }

    @Override
    public void transferEnded(BackupRef backup) {
        active.decrementAndGet();
    }

    @Override
    public void bytesMoved(BackupRef backup, long bytes) {
        Counter.builder("backhaul_transfer_bytes")
                .description("Bytes of backup files that came over the wire")
                .tag("source", backup.source().value())
                .register(registry)
                .increment((double) bytes);
    }

    @Override
    public void attemptEnded(SourceName source, AttemptOutcome outcome) {
        counter(
                        "backhaul_attempts",
                        "Tries to move bytes over one link, by outcome",
                        source,
                        "outcome",
                        outcome.label())
                .increment();
    }

    /** A request to a provider has ended. */
    public void providerCalled(SourceName source, String operation, String outcome, Duration took) {
        Timer.builder("backhaul_provider_request")
                .description("Requests to providers")
                .tag("source", source.value())
                .tag("operation", operation)
                .tag("outcome", outcome)
                .register(registry)
                .record(took);
    }

    private Counter counter(String name, String description, SourceName source, String label, String value) {
        return Counter.builder(name)
                .description(description)
                .tag("source", source.value())
                .tag(label, value)
                .register(registry);
    }
}
