package io.backhaul.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.CapturedLog;
import io.backhaul.ManualClock;
import io.backhaul.backup.SourceName;
import io.backhaul.config.Secret;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private final ManualClock clock = ManualClock.at("2026-11-21T10:00:00Z");
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Heartbeat heartbeat = new Heartbeat(
            new SourceName("prod"), Secret.of("https://hc.example.org/ping/s3cr3t?key=s3cr3t"), registry, clock);

    @Test
    void aFleetThatComesHomeAtOnceCallsOnceAMinute() {
        assertThat(heartbeat.begin()).isTrue();
        assertThat(heartbeat.answered(200)).isFalse();

        clock.advance(Duration.ofSeconds(59));
        assertThat(heartbeat.begin()).isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(heartbeat.begin()).isTrue();
    }

    @Test
    void afterAFailureTheNextBackupCallsAtOnce() {
        heartbeat.begin();
        heartbeat.answered(500);

        assertThat(heartbeat.begin()).isTrue();
    }

    @Test
    void aBackupThatComesHomeDuringACallIsToldOfIfThatCallFails() {
        heartbeat.begin();
        assertThat(heartbeat.begin()).as("one call at a time").isFalse();

        assertThat(heartbeat.failed("HttpTimeoutException")).as("again").isTrue();
        assertThat(heartbeat.failed("HttpTimeoutException")).as("and again").isFalse();
    }

    @Test
    void theLastSuccessIsAMetric() {
        assertThat(registry.scrape().lines())
                .contains("backhaul_heartbeat_last_success_timestamp_seconds{source=\"prod\"} NaN");
        heartbeat.begin();
        heartbeat.answered(204);
        clock.advance(Duration.ofHours(1));
        heartbeat.begin();
        heartbeat.answered(404);

        assertThat(registry.scrape().lines())
                .contains(
                        "backhaul_heartbeat_last_success_timestamp_seconds{source=\"prod\"} 1.7952552E9",
                        "backhaul_heartbeats_total{outcome=\"sent\",source=\"prod\"} 1.0",
                        "backhaul_heartbeats_total{outcome=\"failed\",source=\"prod\"} 1.0");
    }

    @Test
    void aSeriesOfFailuresIsLoggedOnceAndWithoutTheUrl() {
        try (var log = new CapturedLog()) {
            heartbeat.begin();
            heartbeat.answered(302);
            heartbeat.begin();
            heartbeat.failed("ConnectException");
            heartbeat.begin();
            heartbeat.answered(200);
            clock.advance(Duration.ofHours(1));
            heartbeat.begin();
            heartbeat.failed("HttpTimeoutException");

            assertThat(log.lines())
                    .containsExactly(
                            "WARN heartbeat not heard, the next archived backup tries again source=prod"
                                    + " host=hc.example.org reason=HTTP 302",
                            "WARN heartbeat not heard, the next archived backup tries again source=prod"
                                    + " host=hc.example.org reason=HttpTimeoutException");
        }
    }
}
