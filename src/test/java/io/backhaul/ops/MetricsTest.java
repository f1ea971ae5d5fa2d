package io.backhaul.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.ManualClock;
import io.backhaul.backup.AttemptOutcome;
import io.backhaul.backup.BackupId;
import io.backhaul.backup.BackupRef;
import io.backhaul.backup.InstanceId;
import io.backhaul.backup.LinkState;
import io.backhaul.backup.SourceName;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What is counted, as Prometheus reads it: the names are a contract (DESIGN 6). */
class MetricsTest {
    private static final SourceName SOURCE = new SourceName("prod");
    private static final BackupRef BACKUP =
            new BackupRef(SOURCE, new InstanceId("instance-77"), new BackupId("backup-88"));

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Metrics metrics = new Metrics(registry, ManualClock.at("2026-11-21T10:00:00Z"), "1.2.3");

    @Test
    void theVersionIsALabel() {
        assertThat(registry.scrape().lines()).contains("backhaul_build_info{version=\"1.2.3\"} 1");
    }

    @Test
    void everyEventHasItsCounter() {
        metrics.linksRequested(SOURCE, "granted");
        metrics.linksEnded(SOURCE, LinkState.LAPSED, 3);
        metrics.bytesMoved(BACKUP, 1_000);
        metrics.bytesMoved(BACKUP, 24);
        metrics.attemptEnded(SOURCE, AttemptOutcome.LINK_DEAD);
        metrics.transferBegan(BACKUP);

        assertThat(registry.scrape().lines())
                .contains(
                        "backhaul_links_requested_total{outcome=\"granted\",source=\"prod\"} 1.0",
                        "backhaul_links_ended_total{source=\"prod\",state=\"lapsed\"} 3.0",
                        "backhaul_transfer_bytes_total{source=\"prod\"} 1024.0",
                        "backhaul_attempts_total{outcome=\"link_dead\",source=\"prod\"} 1.0",
                        "backhaul_transfers_active 1.0");
    }

    @Test
    void everyCounterThatIsKnownBeforehandStartsAtZero() {
        metrics.expect(List.of(SOURCE), List.of("nas"));

        assertThat(registry.scrape().lines())
                .contains(
                        "backhaul_attempts_total{outcome=\"damaged\",source=\"prod\"} 0.0",
                        "backhaul_links_ended_total{source=\"prod\",state=\"rejected\"} 0.0",
                        "backhaul_links_requested_total{outcome=\"granted\",source=\"prod\"} 0.0",
                        "backhaul_links_requested_total{outcome=\"denied\",source=\"prod\"} 0.0",
                        "backhaul_transfer_bytes_total{source=\"prod\"} 0.0",
                        "backhaul_verify_failures_total{archive=\"nas\"} 0.0",
                        "backhaul_cycle_errors_total{cycle=\"list\"} 0.0")
                .noneMatch(line -> line.contains("state=\"live\""));
    }

    @Test
    void faultsAndFailedChecksAreCounted() {
        metrics.cycleBroke("links");
        metrics.verifyFailed("nas");

        assertThat(registry.scrape().lines())
                .contains(
                        "backhaul_cycle_errors_total{cycle=\"links\"} 1.0",
                        "backhaul_verify_failures_total{archive=\"nas\"} 1.0");
    }

    @Test
    void theLastTickIsAnInstant() {
        var tick = new AtomicReference<Instant>();
        metrics.watchTicks(tick::get);
        assertThat(registry.scrape().lines()).contains("backhaul_schedule_last_tick_timestamp_seconds 0.0");

        tick.set(Instant.ofEpochSecond(1_795_255_200L));

        assertThat(registry.scrape().lines()).contains("backhaul_schedule_last_tick_timestamp_seconds 1.7952552E9");
    }

    @Test
    void aTransferThatEndedIsNotActive() {
        metrics.transferBegan(BACKUP);
        metrics.transferEnded(BACKUP);

        assertThat(registry.scrape().lines()).contains("backhaul_transfers_active 0.0");
    }

    @Test
    void providerRequestsAreTimedInSeconds() {
        metrics.providerCalled(SOURCE, "links", "ok", Duration.ofMillis(250));

        assertThat(registry.scrape().lines())
                .contains(
                        "backhaul_provider_request_seconds_count"
                                + "{operation=\"links\",outcome=\"ok\",source=\"prod\"} 1",
                        "backhaul_provider_request_seconds_sum"
                                + "{operation=\"links\",outcome=\"ok\",source=\"prod\"} 0.25");
    }

    @Test
    void aCyclesLastSuccessIsAnInstant() {
        metrics.cycleSucceeded("links", SOURCE);

        assertThat(registry.scrape().lines())
                .contains("backhaul_cycle_last_success_timestamp_seconds{cycle=\"links\",source=\"prod\"} "
                        + (double) 1_795_255_200L);
    }

    @Test
    void noLabelNamesABackupOrItsInstance() {
        metrics.transferBegan(BACKUP);
        metrics.bytesMoved(BACKUP, 1);
        metrics.archived(BACKUP);
        metrics.transferEnded(BACKUP);

        assertThat(registry.scrape()).doesNotContain("backup-88", "instance-77");
    }

    @Test
    void theProcessSpeaksOfItselfInPrometheusWords() {
        try (var process = new ProcessMetrics(registry)) {
            assertThat(process).isNotNull();
            assertThat(registry.scrape())
                    .contains("jvm_memory_used_bytes{", "jvm_threads_live_threads ", "process_uptime_seconds ")
                    .doesNotContain("_ns_total", "system_cpu_count");
        }
    }
}
