package io.backhaul.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.CapturedLog;
import io.backhaul.ManualClock;
import io.backhaul.backup.BackupState;
import io.backhaul.backup.Instance;
import io.backhaul.backup.ListedBackup.Readiness;
import io.backhaul.backup.SourceName;
import io.backhaul.catalog.Catalog;
import io.backhaul.catalog.TestDatabase;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
class CatalogGaugesTest {
    private static final double RATE = 1e6;
    /** More than any reading takes. */
    private static final Duration LONG = Duration.ofSeconds(30);

    private final ManualClock clock = ManualClock.at("2026-11-21T10:00:00Z");
    private final Catalog catalog;
    private final TestDatabase.Emptied database;
    private final Fleet fleet;

    CatalogGaugesTest(TestDatabase.Emptied database) {
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
    void whenABackupWasLastLostIsToldAndIsNeverOfASourceWithoutLosses() {
        fleet.sees("b-1", Readiness.READY, Duration.ofHours(1));
        assertThat(scrape()).contains("backhaul_backups_last_gone_timestamp_seconds{source=\"prod\"} 0.0");

        fleet.sees("b-1", Readiness.DELETED, Duration.ofHours(1));
        assertThat(scrape()).contains(lastGone(clock.instant()));

        var later = new Fleet(catalog, clock.instant().plusSeconds(3_600));
        later.sees("b-1", Readiness.READY, Duration.ofHours(1)).sees("b-1", Readiness.DELETED, Duration.ofHours(1));
        assertThat(scrape()).contains("backhaul_backups_gone_total{source=\"prod\"} 1.0", lastGone(later.now()));
    }

    private static String lastGone(Instant at) {
        return "backhaul_backups_last_gone_timestamp_seconds{source=\"prod\"} " + (double) at.getEpochSecond();
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
        archive();

        assertThat(scrape())
                .contains("backhaul_newest_archived_timestamp_seconds{instance=\"i-1\",source=\"prod\"} "
                        + (double) clock.instant().minusSeconds(600).getEpochSecond())
                .noneMatch(line -> line.startsWith("backhaul_deadline_slack_seconds{"));
    }

    @Test
    void whyListingsFailIsToldForEveryKindOfSetback() {
        assertThat(scrape()).contains("backhaul_listing_failures{source=\"prod\"} 0.0");
        catalog.listings().failed(Fleet.SOURCE, "denied", "HTTP 401", clock.instant());

        assertThat(scrape())
                .contains(
                        "backhaul_listing_failures{source=\"prod\"} 1.0",
                        "backhaul_listing_setback{reason=\"denied\",source=\"prod\"} 1.0",
                        "backhaul_listing_setback{reason=\"throttled\",source=\"prod\"} 0.0",
                        "backhaul_listing_setback{reason=\"unavailable\",source=\"prod\"} 0.0");

        fleet.listed("cache");

        assertThat(scrape()).contains("backhaul_listing_setback{reason=\"denied\",source=\"prod\"} 0.0");
    }

    @Test
    void anInstanceWithoutACopyIsCounted() {
        fleet.sees("b-1", Readiness.READY, Duration.ofHours(1));
        assertThat(scrape())
                .contains(
                        "backhaul_instances{source=\"prod\"} 1.0",
                        "backhaul_instances_without_copy{source=\"prod\"} 1.0");

        archive();

        assertThat(scrape()).contains("backhaul_instances_without_copy{source=\"prod\"} 0.0");
    }

    @Test
    void anInstanceThatIsNoLongerThereHasNoNewestBackup() {
        fleet.sees("b-1", Readiness.READY, Duration.ofHours(1));
        assertThat(scrape()).anyMatch(line -> line.startsWith("backhaul_newest_provider_timestamp_seconds{"));

        catalog.listings().sawEveryInstance(Fleet.SOURCE, clock.instant().plusSeconds(1));

        assertThat(scrape())
                .contains("backhaul_instances{source=\"prod\"} 0.0")
                .noneMatch(line -> line.startsWith("backhaul_newest_provider_timestamp_seconds{"));
    }

    @Test
    void aSourceThatIsNotConfiguredHasNoMetrics() {
        var removed = new SourceName("removed");
        catalog.listings().register(removed, "huawei-dcs", clock.instant());
        catalog.listings().saveInstances(removed, List.of(new Instance(Fleet.INSTANCE, "", Map.of())), clock.instant());

        assertThat(scrape()).noneMatch(line -> line.contains("removed"));
    }

    @Test
    void theDatabaseIsUpUntilAReadingFails() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var gauges = gauges(registry);
        gauges.refreshWithin(LONG);
        assertThat(registry.scrape().lines())
                .contains(
                        "backhaul_database_up 1.0",
                        "backhaul_catalog_read_timestamp_seconds "
                                + (double) clock.instant().getEpochSecond());
        catalog.close();
        clock.advance(Duration.ofSeconds(2));

        assertThat(gauges.refreshWithin(LONG)).isFalse();

        assertThat(registry.scrape().lines())
                .contains(
                        "backhaul_database_up 0.0",
                        "backhaul_catalog_read_timestamp_seconds "
                                + (double) clock.instant().minusSeconds(2).getEpochSecond());
    }

    @Test
    void aDatabaseThatIsAwayIsLoggedOnce() {
        catalog.close();
        var gauges = gauges(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        try (var log = new CapturedLog()) {
            gauges.refreshWithin(LONG);
            clock.advance(Duration.ofMinutes(1));
            gauges.refreshWithin(LONG);

            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARN metrics of state not read, they stand as they were and each scrape tries again");
        }
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
        gauges.refreshWithin(LONG);
        fleet.sees("b-1", Readiness.READY, Duration.ofHours(1));

        gauges.refreshWithin(LONG);
        assertThat(registry.scrape().lines()).contains("backhaul_backups{source=\"prod\",state=\"waiting\"} 0.0");

        clock.advance(Duration.ofSeconds(2));
        gauges.refreshWithin(LONG);
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
        assertThat(gauges.refreshWithin(LONG)).isTrue();
    }

    private void archive() {
        var lease = catalog.claims()
                .claimForLinks("node", 1, Duration.ofMinutes(1), RATE, clock.instant())
                .getFirst();
        catalog.claims().release(lease, BackupState.ARCHIVED, "", clock.instant(), 0, clock.instant());
    }

    private Stream<String> scrape() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        gauges(registry).refreshWithin(LONG);
        return registry.scrape().lines();
    }

    private CatalogGauges gauges(PrometheusMeterRegistry registry) {
        return new CatalogGauges(
                catalog.reports(), Map.of(Fleet.SOURCE, Duration.ofHours(26)), () -> RATE, registry, clock);
    }
}
