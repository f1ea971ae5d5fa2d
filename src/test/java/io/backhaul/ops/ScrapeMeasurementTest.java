package io.backhaul.ops;

import io.backhaul.ManualClock;
import io.backhaul.backup.SourceName;
import io.backhaul.catalog.TestDatabase;
import io.backhaul.schedule.ScheduleHealth;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Prints how long a scrape takes over 10,000 instances of 20 sources with 30 backups each, over HTTP, each with a reading
 * of its own: {@code mvn -q test -Dtest=ScrapeMeasurementTest -Dmeasure=scrape}. The figures are in docs/metrics.md.
 */
@ExtendWith(TestDatabase.class)
@EnabledIfSystemProperty(named = "measure", matches = "scrape")
class ScrapeMeasurementTest {
    private static final int SOURCES = 20;
    private static final int SCRAPES = 20;

    @Test
    void tenThousandInstancesAreScraped(TestDatabase.Fresh database) throws Exception {
        fill(database);
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var catalog = database.catalog();
        var targets = IntStream.range(0, SOURCES)
                .boxed()
                .collect(Collectors.toMap(n -> new SourceName("source-" + n), n -> Duration.ofHours(26)));
        var clock = ManualClock.at("2026-11-21T10:00:00Z");
        var gauges = new CatalogGauges(catalog.reports(), targets, () -> 5e6, registry, clock);
        metricsOf(targets.keySet(), registry, clock);
        var health = new Health(catalog, () -> new ScheduleHealth(null, List.of()), List.of(), clock);
        try (var admin = AdminServer.start(
                        "127.0.0.1",
                        0,
                        registry,
                        gauges,
                        health,
                        new StatusPage(catalog.reports(), catalog.archives(), clock, "measured"));
                var client = HttpClient.newHttpClient()) {
            var uri = URI.create("http://127.0.0.1:" + admin.port() + "/metrics");
            for (var scrape = 1; scrape <= SCRAPES; scrape++) {
                // Every scrape finds the reading before it stale, as with a real interval.
                clock.advance(Duration.ofSeconds(15));
                var began = System.nanoTime();
                var body = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                        .body();
                var took = Duration.ofNanos(System.nanoTime() - began);
                var read = Duration.ofNanos(System.nanoTime() - began);
                if (gauges.refreshWithin(Duration.ofMinutes(1))) {
                    read = Duration.ofNanos(System.nanoTime() - began);
                }
                System.out.printf(
                        "scrape %2d: %4d ms, %d series, %d bytes; the reading behind it ended after %d ms%n",
                        scrape,
                        took.toMillis(),
                        body.lines().filter(line -> !line.startsWith("#")).count(),
                        body.length(),
                        read.toMillis());
            }
        }
    }

    private static void metricsOf(Collection<SourceName> sources, PrometheusMeterRegistry registry, Clock clock) {
        new Metrics(registry, clock, "measured").expect(sources, List.of("nas"));
    }

    private static void fill(TestDatabase.Fresh database) throws SQLException {
        var address = database.address();
        try (var connection = DriverManager.getConnection(address.url(), address.user(), address.password());
                var statement = connection.createStatement()) {
            for (var sql : List.of("""
                    insert into source (name, provider, last_listed_at)
                    select 'source-' || n, 'huawei-dcs', now() from generate_series(0, 19) n
                    """, """
                    insert into instance (source, provider_id, name, seen_at)
                    select 'source-' || n % 20, gen_random_uuid(), 'cache-' || n, now() from generate_series(1, 10000) n
                    """, """
                    insert into backup (instance_id, provider_id, state, state_since, readiness, provider_status,
                                        created_at, size_bytes, deadline, seen_at, next_attempt_at, gone_at)
                    select i.id, gen_random_uuid(),
                           case when n <= 2 then 'waiting' when n = 30 then 'gone' else 'archived' end, now(),
                           case when n <= 7 then 'ready' else 'deleted' end, '', now() - n * interval '1 day',
                           n * 1000000, now() + n * interval '1 hour', now(), now(), case when n = 30 then now() end
                    from generate_series(1, 30) n
                    cross join instance i
                    """, "vacuum analyze")) {
                statement.execute(sql);
            }
        }
    }
}
