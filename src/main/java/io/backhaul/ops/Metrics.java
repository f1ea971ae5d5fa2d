package io.backhaul.ops;

import io.backhaul.backup.AttemptOutcome;
import io.backhaul.backup.BackupRef;
import io.backhaul.backup.LinkState;
import io.backhaul.backup.SourceName;
import io.backhaul.pipeline.PipelineEvents;
import io.backhaul.provider.Setback;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Counts what happens on this node since its start (names and labels: DESIGN 6). No id, file or URL ever becomes a label;
 * what is state and not event comes from {@link CatalogGauges}. Every counter that can be known beforehand is there from
 * the start, at zero: Prometheus sees no increase in a series that begins with its first event.
 */
public final class Metrics implements PipelineEvents {
    private static final List<String> CYCLES =
            List.of(CatalogGauges.LIST_CYCLE, "links", "transfer", "heartbeat", "housekeeping", "unstick");

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
        // Micrometer cuts "_info" off a gauge's name; written with a dot it makes an info metric of that name.
        Gauge.builder("backhaul_build.info", () -> 1)
                .description("Always 1; the version is the label")
                .tag("version", version)
                .register(registry);
        CYCLES.forEach(this::cycleErrors);
    }

    /** Makes the counters of the configured sources and archives, at zero. */
    public void expect(Collection<SourceName> sources, Collection<String> archives) {
        for (var source : sources) {
            transferBytes(source);
            Stream.concat(Stream.of("granted", "preparing"), Setback.labels().stream())
                    .forEach(outcome -> linksRequested(source).withTag("outcome", outcome));
            Stream.of(LinkState.values())
                    .filter(state -> state != LinkState.LIVE)
                    .forEach(state -> linksEnded(source).withTag("state", state.label()));
            Stream.of(AttemptOutcome.values())
                    .forEach(outcome -> attempts(source).withTag("outcome", outcome.label()));
        }
        archives.forEach(this::verifyFailures);
    }

    /**
     * Tells how long ago the node ticked.
     *
     * @param lastTick when a tick of this node's own last ended, or null before the first
     */
    public void watchTicks(Supplier<@Nullable Instant> lastTick) {
        Gauge.builder("backhaul_schedule_last_tick_timestamp_seconds", () -> seconds(lastTick.get()))
                .description("When a tick of this node's own scheduler last ended; 0 before the first")
                .register(registry);
    }

    private static long seconds(@Nullable Instant instant) {
        return instant == null ? 0 : instant.getEpochSecond();
    }

    @Override
    public void cycleSucceeded(String cycle, SourceName source) {
        if (cycle.equals(CatalogGauges.LIST_CYCLE)) {
            return;
        }
        lastSuccess
                .computeIfAbsent(cycle + " " + source, key -> lastSuccessGauge(cycle, source))
                .set(clock.instant().getEpochSecond());
    }

    private AtomicLong lastSuccessGauge(String cycle, SourceName source) {
        var last = new AtomicLong();
        Gauge.builder(CatalogGauges.LAST_SUCCESS, last, AtomicLong::get)
                .description(CatalogGauges.LAST_SUCCESS_MEANS)
                .tag("cycle", cycle)
                .tag("source", source.value())
                .strongReference(true)
                .register(registry);
        return last;
    }

    @Override
    public void cycleBroke(String cycle) {
        cycleErrors(cycle).increment();
    }

    private Counter cycleErrors(String cycle) {
        return Counter.builder("backhaul_cycle_errors")
                .description("Ticks, and work on one backup, that broke by a fault and are tried again")
                .tag("cycle", cycle)
                .register(registry);
    }

    @Override
    public void linksRequested(SourceName source, String outcome) {
        linksRequested(source).withTag("outcome", outcome).increment();
    }

    private MeterProvider<Counter> linksRequested(SourceName source) {
        return counters("backhaul_links_requested", "Answers to requests for links", source);
    }

    @Override
    public void linksEnded(SourceName source, LinkState state, int links) {
        linksEnded(source).withTag("state", state.label()).increment(links);
    }

    private MeterProvider<Counter> linksEnded(SourceName source) {
        return counters("backhaul_links_ended", "Links that have ended, by how", source);
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
        transferBytes(backup.source()).increment((double) bytes);
    }

    private Counter transferBytes(SourceName source) {
        return Counter.builder("backhaul_transfer_bytes")
                .description("Bytes of backup files that came over the wire")
                .tag("source", source.value())
                .register(registry);
    }

    @Override
    public void attemptEnded(SourceName source, AttemptOutcome outcome) {
        attempts(source).withTag("outcome", outcome.label()).increment();
    }

    private MeterProvider<Counter> attempts(SourceName source) {
        return counters("backhaul_attempts", "Tries to move bytes over one link, by outcome", source);
    }

    @Override
    public void verifyFailed(String archive) {
        verifyFailures(archive).increment();
    }

    private Counter verifyFailures(String archive) {
        return Counter.builder("backhaul_verify_failures")
                .description("Files and sets staged for an archive that did not pass their checks")
                .tag("archive", archive)
                .register(registry);
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

    private MeterProvider<Counter> counters(String name, String description, SourceName source) {
        return Counter.builder(name)
                .description(description)
                .tag("source", source.value())
                .withRegistry(registry);
    }
}
