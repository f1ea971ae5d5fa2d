package io.backhaul.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.ManualClock;
import io.backhaul.archive.FilesystemArchive;
import io.backhaul.backup.ListedBackup.Readiness;
import io.backhaul.catalog.Catalog;
import io.backhaul.catalog.DatabaseAddress;
import io.backhaul.catalog.TestDatabase;
import io.backhaul.schedule.ScheduleHealth;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestDatabase.class)
class AdminServerTest {
    private final ManualClock clock = ManualClock.at("2026-11-21T10:00:00Z");
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HttpClient client = HttpClient.newHttpClient();
    private final Catalog catalog;
    private final Path archive;
    private AdminServer admin;
    private ScheduleHealth schedule = new ScheduleHealth(clock.instant(), List.of());

    AdminServerTest(Catalog catalog, @TempDir Path folder) throws IOException {
        this.catalog = catalog;
        archive = Files.createDirectory(folder.resolve("nas"));
        catalog.measure(registry);
        admin = admin(catalog);
    }

    private AdminServer admin(Catalog asked) {
        var reports = catalog.reports();
        return AdminServer.start(
                "127.0.0.1",
                0,
                registry,
                new CatalogGauges(reports, Map.of(Fleet.SOURCE, Duration.ofHours(26)), () -> 1e6, registry, clock),
                new Health(
                        asked,
                        () -> schedule,
                        List.of(new FilesystemArchive("nas", archive, "node", () -> false)),
                        clock),
                new StatusPage(reports, catalog.archives(), clock, "1.2.3"));
    }

    @AfterEach
    void stop() {
        admin.close();
        client.close();
    }

    @Test
    void aliveMeansThatTheProcessAnswers() throws Exception {
        catalog.close();

        assertThat(get("/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void readyWhenNothingKeepsItFromItsWork() throws Exception {
        var answer = get("/readyz");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("ready\n");
    }

    @Test
    void notReadyBeforeTheFirstTick() throws Exception {
        schedule = new ScheduleHealth(null, List.of());

        assertNotReady("schedule: no tick since the start");
    }

    @Test
    void notReadyWhenTicksHaveStopped() throws Exception {
        clock.advance(Duration.ofSeconds(31));

        assertNotReady("schedule: no tick since 2026-11-21T10:00:00Z");
    }

    @Test
    void notReadyWhenTriggersAreStuck() throws Exception {
        schedule = new ScheduleHealth(clock.instant(), List.of("list.prod-cron", "ticks.links"));

        assertNotReady("schedule: triggers are stuck: list.prod-cron, ticks.links");
    }

    @Test
    void notReadyWhileAnArchiveIsAway() throws Exception {
        Files.delete(archive);

        assertNotReady("archive nas: ");
    }

    @Test
    void notReadyWhileTheDatabaseIsAway() throws Exception {
        admin.close();
        try (var away = Catalog.open(new DatabaseAddress("jdbc:postgresql://127.0.0.1:1/nobody", "nobody", ""), 1)) {
            admin = admin(away);

            assertNotReady("database: cannot connect to jdbc:postgresql:");
        }
    }

    @Test
    void metricsAreServedWhileTheDatabaseIsAway() throws Exception {
        new Fleet(catalog, clock.instant()).listed("cache").sees("b-1", Readiness.READY, Duration.ofHours(1));
        assertThat(get("/metrics").body().lines()).contains("backhaul_backups{source=\"prod\",state=\"waiting\"} 1.0");
        clock.advance(Duration.ofMinutes(1));
        catalog.close();

        var answer = get("/metrics");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body().lines()).contains("backhaul_backups{source=\"prod\",state=\"waiting\"} 1.0");
    }

    @Test
    void thePoolIsMeasured() throws Exception {
        assertThat(get("/metrics").body())
                .contains(
                        "hikaricp_connections_active{pool=\"catalog\"}", "hikaricp_connections_max{pool=\"catalog\"}");
    }

    @Test
    void thePageShowsSourcesCountsNewestAndDeadlines() throws Exception {
        new Fleet(catalog, clock.instant())
                .listed("cache")
                .sees("b-1", Readiness.READY, Duration.ofMinutes(90))
                .sees("b-2", Readiness.READY, Duration.ofDays(2));

        var page = get("/").body();

        assertThat(page)
                .contains("version 1.2.3 · 2026-11-21T10:00:00Z")
                .contains("<td>prod</td><td>huawei-dcs</td><td>0 s ago</td><td class=\"number \">2</td>")
                .contains("<td>prod</td><td>i-1</td><td>cache</td><td>never</td><td>10 min 0 s ago</td>")
                .contains(
                        "<td>prod/i-1/b-1</td><td>waiting</td><td class=\"number\">4.8 MiB</td><td>in 1 h 30 min</td>")
                .containsSubsequence("b-1", "in 1 h 30 min", "b-2", "in 2 d 0 h");
    }

    @Test
    void thePageShowsWhatIsLostAndWhyListingsFail() throws Exception {
        new Fleet(catalog, clock.instant())
                .listed("cache")
                .sees("b-1", Readiness.READY, Duration.ofHours(1))
                .sees("b-1", Readiness.DELETED, Duration.ofHours(1));
        catalog.listings().failed(Fleet.SOURCE, "denied", "HTTP 401: the key is <wrong>", clock.instant());

        assertThat(get("/").body())
                .contains("<td class=\"bad\">0 s ago; fails: HTTP 401: the key is &lt;wrong&gt;</td>")
                .contains("<td class=\"number bad\">1</td>");
    }

    @Test
    void namesFromTheProviderAreTextOnThePage() throws Exception {
        new Fleet(catalog, clock.instant()).listed("<script>alert('1' & \"2\")</script>");

        assertThat(get("/").body())
                .contains("<td>&lt;script&gt;alert(&#39;1&#39; &amp; &quot;2&quot;)&lt;/script&gt;</td>")
                .doesNotContain("<script");
    }

    @Test
    void thePageSaysSoWhileTheDatabaseIsAway() throws Exception {
        catalog.close();

        var answer = get("/");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("not available just now; the log says why\n");
    }

    @Test
    void anUnknownPathIsNotFound() throws Exception {
        assertThat(get("/nope").statusCode()).isEqualTo(404);
    }

    private void assertNotReady(String problem) throws Exception {
        var answer = get("/readyz");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body().lines()).singleElement().asString().startsWith(problem);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin.port() + path))
                        .build(),
                BodyHandlers.ofString());
    }
}
