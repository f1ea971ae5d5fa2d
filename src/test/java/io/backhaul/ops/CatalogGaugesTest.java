package io.backhaul.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.ManualClock;
import io.backhaul.backup.BackupState;
import io.backhaul.backup.ListedBackup.Readiness;
import io.backhaul.catalog.Catalog;
import io.backhaul.catalog.TestDatabase;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
class CatalogGaugesTest {
    private static final double RATE = 1e6;

    private final ManualClock clock = ManualClock.at("2026-11-21T10:00:00Z");
    private final Catalog catalog;
    private final TestDatabase.Fresh database;
    private final Fleet fleet;

    CatalogGaugesTest(TestDatabase.Fresh database) {
        this.database = database;
        catalog = database.catalog();
        fleet = new Fleet(catalog, clock.instant());
    }

    @BeforeEach
    void aListedSource() {
        fleet.listed("cache");
    }

    @Test
    void everyStateOfASourceIsCountedZerosIncluded() {
        fleet.sees("b-1", Readiness.READY, Duration.ofHours(1)).sees("b-2", Readiness.NEVER, Duration.ofHours(1));

        assertThat(scrape().filter(line -> line.startsWith("backhaul_backups{")))
                .containsExactlyInAnyOrderElementsOf(Stream.of(BackupState.values())
                        .map(state -> "backhaul_backups{source=\"prod\",state=\"" + state.label() + "\"} "
                                + (state == BackupState.WAITING || state == BackupState.SKIPPED ? "1.0" : "0.0"))
                        .toList());
    }

    @Test
    void lostBackupsAreACounterThatBeginsAtZero() {
        assertThat(scrape())
                .contains(
                        "# TYPE backhaul_backups_gone_total counter",
                        "backhaul_backups_gone_total{source=\"prod\"} 0.0");
    }

    @Test
    void aBackupThatWasLostStaysCountedWhenItIsOfferedAgain() {
        fleet.sees("b-1", Readiness.READY, Duration.ofHours(1)).sees("b-1", Readiness.DELETED, Duration.ofHours(1));
        assertThat(scrape()).contains("backhaul_backups_gone_total{source=\"prod\"} 1.0");

        fleet.sees("b-1", Readiness.READY, Duration.ofHours(1));

        assertThat(scrape())
                .contains(
                        "backhaul_backups_gone_total{source=\"prod\"} 1.0",
                        "backhaul_backups{source=\"prod\",state=\"waiting\"} 1.0");
    }

    @Test
    void slackIsTheSmallestOfASourceLessTheTimeThatItsBytesTake() {
        fleet.sees("b-1", Readiness.READY, Duration.ofSeconds(100)).sees("b-2", Readiness.READY, Duration.ofHours(1));

        assertThat(scrape()).contains("backhaul_deadline_slack_seconds{source=\"prod\"} 95.0");
    }

    @Test
    void timesAndTargetsAreInSeconds() {
        fleet.sees("b-1", Readiness.READY, Duration.ofHours(1));

        assertThat(scrape())
                .contains(
                        "backhaul_newest_provider_timestamp_seconds{instance=\"i-1\",source=\"prod\"} "
                                + (double) clock.instant().minusSeconds(600).getEpochSecond(),
                        "backhaul_rpo_target_seconds{source=\"prod\"} 93600.0",
                        "backhaul_clock_offset_seconds{source=\"prod\"} 1.5",
                        "backhaul_cycle_last_success_timestamp_seconds{cycle=\"list\",source=\"prod\"} "
                                + (double) clock.instant().getEpochSecond())
                .noneMatch(line -> line.startsWith("backhaul_newest_archived_timestamp_seconds{"));
    }

    @Test
    void whatIsArchivedSetsTheNewest() {
        fleet.sees("b-1", Readiness.READY, Duration.ofHours(1));
        var lease = catalog.claims()
                .claimForLinks("node", 1, Duration.ofMinutes(1), RATE, Set.of(), clock.instant())
                .getFirst();
        catalog.claims().release(lease, BackupState.ARCHIVED, "", clock.instant(), 0, clock.instant());

        assertThat(scrape())
                .contains("backhaul_newest_archived_timestamp_seconds{instance=\"i-1\",source=\"prod\"} "
                        + (double) clock.instant().minusSeconds(600).getEpochSecond())
                .noneMatch(line -> line.startsWith("backhaul_deadline_slack_seconds{"));
    }

    @Test
    void noLabelNamesABackup() {
        fleet.sees("backup-88", Readiness.READY, Duration.ofHours(1));

        assertThat(scrape()).noneMatch(line -> line.contains("backup-88"));
    }

    @Test
    void aRestartForgetsNothing() {
        fleet.sees("b-1", Readiness.READY, Duration.ofHours(1)).sees("b-2", Readiness.DELETED, Duration.ofHours(1));
        var before = scrape().sorted().toList();

        // a registry and gauges of their own, as a new process has them
        assertThat(scrape().sorted().toList()).isEqualTo(before).anyMatch(line -> line.startsWith("backhaul_backups{"));
    }

    @Test
    void scrapesCloseTogetherShareOneReading() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var gauges = gauges(registry);
        gauges.refresh();
        fleet.sees("b-1", Readiness.READY, Duration.ofHours(1));

        gauges.refresh();
        assertThat(registry.scrape().lines()).contains("backhaul_backups{source=\"prod\",state=\"waiting\"} 0.0");

        clock.advance(Duration.ofSeconds(2));
        gauges.refresh();
        assertThat(registry.scrape().lines()).contains("backhaul_backups{source=\"prod\",state=\"waiting\"} 1.0");
    }

    @Test
    void aScrapeDoesNotWaitForADatabaseThatHangs() throws SQLException {
        var gauges = gauges(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        var address = database.address();
        try (var connection = DriverManager.getConnection(address.url(), address.user(), address.password());
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table source in access exclusive mode");

            assertThat(gauges.refreshWithin(Duration.ofMillis(50))).isFalse();

            connection.rollback();
        }
        assertThat(gauges.refreshWithin(Duration.ofSeconds(30))).isTrue();
    }

    private Stream<String> scrape() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        gauges(registry).refresh();
        return registry.scrape().lines();
    }

    private CatalogGauges gauges(PrometheusMeterRegistry registry) {
        return new CatalogGauges(
                catalog.reports(), Map.of(Fleet.SOURCE, Duration.ofHours(26)), () -> RATE, registry, clock);
    }
}
