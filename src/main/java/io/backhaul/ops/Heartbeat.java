package io.backhaul.ops;

import io.backhaul.backup.SourceName;
import io.backhaul.config.Secret;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When one source's switch is to be pressed, and how that goes. Safe for use by several threads. */
final class Heartbeat {
    private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);

    /** Who watches for silence counts in hours; a fleet that comes home at once need not press it for each backup. */
    private static final Duration GAP = Duration.ofMinutes(1);

    private final SourceName source;
    private final Secret url;
    private final Clock clock;
    private final Counter sent;
    private final Counter failed;
    private @Nullable Instant lastSuccess;
    private boolean underWay;
    private boolean archivedMeanwhile;
    private boolean failing;

    Heartbeat(SourceName source, Secret url, MeterRegistry registry, Clock clock) {
        this.source = source;
        this.url = url;
        this.clock = clock;
        sent = counter("sent", registry);
        failed = counter("failed", registry);
        Gauge.builder("backhaul_heartbeat_last_success_timestamp_seconds", this, Heartbeat::lastSuccess)
                .description("When this node last called the heartbeat URL of a source with success")
                .tag("source", source.value())
                .register(registry);
    }

    private Counter counter(String outcome, MeterRegistry registry) {
        return Counter.builder("backhaul_heartbeats")
                .description("Calls of the heartbeat URL by this node since its start")
                .tag("source", source.value())
                .tag("outcome", outcome)
                .register(registry);
    }

    private synchronized double lastSuccess() {
        return lastSuccess == null ? Double.NaN : lastSuccess.getEpochSecond();
    }

    URI url() {
        return URI.create(url.reveal());
    }

    /** A backup is home; tells whether to call now. What comes while a call is under way counts if that fails. */
    synchronized boolean begin() {
        if (underWay) {
            archivedMeanwhile = true;
            return false;
        }
        var last = lastSuccess;
        underWay = last == null || !clock.instant().isBefore(last.plus(GAP));
        return underWay;
    }

    /** The call had an answer; tells whether to call again at once. */
    synchronized boolean answered(int status) {
        if (status < 200 || status > 299) {
            return failed("HTTP " + status);
        }
        underWay = false;
        archivedMeanwhile = false;
        lastSuccess = clock.instant();
        sent.increment();
        if (failing) {
            failing = false;
            log.info("heartbeat is heard again source={}", source);
        }
        return false;
    }

    /** The call failed; tells whether to call again at once. */
    synchronized boolean failed(String reason) {
        failed.increment();
        if (!failing) {
            failing = true;
            log.warn(
                    "heartbeat not heard, the next archived backup tries again source={} host={} reason={}",
                    source,
                    url().getHost(),
                    reason);
        }
        underWay = archivedMeanwhile;
        archivedMeanwhile = false;
        return underWay;
    }
}
