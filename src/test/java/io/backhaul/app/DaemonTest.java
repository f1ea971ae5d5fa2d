package io.backhaul.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.backhaul.NotifyListener;
import io.backhaul.Site;
import io.backhaul.catalog.TestDatabase;
import io.backhaul.config.ConfigFile;
import io.backhaul.ops.ServiceManager;
import io.backhaul.pipeline.PipelineEvents;
import io.backhaul.schedule.Cron;
import io.backhaul.simulator.Fault;
import io.backhaul.simulator.FaultTarget;
import io.backhaul.simulator.RdbFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whole daemons in this process. */
@ExtendWith(TestDatabase.class)
class DaemonTest {
    private final Site site;

    DaemonTest(@TempDir Path folder) {
        site = new Site(folder);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void theServiceManagerHearsThatItIsUpThatItLivesWhatItDoesAndThatItStops(TestDatabase.Fresh database)
            throws Exception {
        var socket = site.path("notify").toString();
        try (var systemd = new NotifyListener(socket)) {
            var manager = ServiceManager.of(Map.of("NOTIFY_SOCKET", socket, "WATCHDOG_USEC", "400000000"));
            var config = ConfigFile.read(site.config("a", database.address()), Map.of(), Cron::fault);
            var stop = new CountDownLatch(1);
            try (var running = Daemon.start(config, Clock.systemUTC(), PipelineEvents.NONE, manager, stop)) {
                assertThat(systemd.next()).isEqualTo("READY=1");
                assertThat(List.of(systemd.next(), systemd.next()))
                        .contains("WATCHDOG=1")
                        .anyMatch(message -> message.startsWith("STATUS=0 transfers, "));
                assertThat(get(running, "/healthz").statusCode()).isEqualTo(200);
            }
            assertThat(systemd.next("STOPPING=1")).isEqualTo("STOPPING=1\nSTATUS=stopping");
        }
    }

    @Test
    void aDaemonOnItsOwnDatabaseBringsEverythingHomeAndSaysSo() throws Exception {
        var archivals = new Archivals(4);
        addBackups(4);
        site.cloud.faults().inject(Fault.BIT_FLIPPED.with(4_096), FaultTarget.anyFile(), 1);
        site.cloud.faults().inject(Fault.LINK_EXPIRED_EARLY, FaultTarget.anyFile(), 1);

        try (var running = start(site.config("a"), archivals)) {
            archivals.await();
            site.archive().assertEverySetIsWhole();
            assertThat(site.archive().sets()).hasSize(4);

            assertThat(get(running, "/healthz").statusCode()).isEqualTo(200);
            assertThat(get(running, "/readyz").body()).isEqualTo("ready\n");
            assertThat(get(running, "/").body()).contains("prod-redis").contains("<td>local</td>");
            var metrics = get(running, "/metrics").body();
            assertThat(metrics)
                    .contains("backhaul_newest_archived_timestamp_seconds{instance=\"" + Site.INSTANCE
                            + "\",source=\"prod-redis\"}")
                    .contains("backhaul_newest_provider_timestamp_seconds{")
                    .contains("backhaul_rpo_target_seconds{source=\"prod-redis\"}")
                    .contains("backhaul_backups{source=\"prod-redis\",state=\"archived\"} 4")
                    .contains("backhaul_backups_gone_total{source=\"prod-redis\"} 0")
                    .contains("backhaul_links_requested_total{outcome=\"granted\",source=\"prod-redis\"} 5")
                    .contains("backhaul_links_ended_total{source=\"prod-redis\",state=\"spent\"} 4")
                    .contains("backhaul_links_ended_total{source=\"prod-redis\",state=\"rejected\"} 1")
                    .contains("backhaul_transfer_bytes_total{source=\"prod-redis\"}")
                    .contains("backhaul_attempts_total{outcome=\"complete\",source=\"prod-redis\"} 4")
                    .contains("backhaul_attempts_total{outcome=\"damaged\",source=\"prod-redis\"} 1")
                    .contains("backhaul_transfers_active 0")
                    .contains("backhaul_provider_request_seconds_count{")
                    .contains("backhaul_clock_offset_seconds{source=\"prod-redis\"}")
                    .contains("backhaul_cycle_last_success_timestamp_seconds{cycle=\"list\",source=\"prod-redis\"}")
                    .contains("backhaul_archive_free_bytes{archive=\"local\"}")
                    .contains("backhaul_archive_paused{archive=\"local\",reason=\"full\"} 0")
                    .contains("backhaul_build_info{version=")
                    .doesNotContain("Signature", Site.SECRET);
        }
    }

    @Test
    void aSourceTellsItsWatcherWhenABackupIsHome(TestDatabase.Fresh database) throws Exception {
        var setsAtCall = new LinkedBlockingQueue<Integer>();
        var watcher = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        watcher.createContext("/", exchange -> {
            setsAtCall.add(site.archive().sets().size());
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        watcher.start();
        addBackups(1);
        site.cloud.faults().inject(Fault.BIT_FLIPPED.with(4_096), FaultTarget.anyFile(), 1);
        var config = site.config("a", database.address());
        Files.writeString(
                config,
                Files.readString(config)
                        .replace(
                                "    schedule:",
                                "    heartbeat-url: http://127.0.0.1:%d/ping\n    schedule:"
                                        .formatted(watcher.getAddress().getPort())));

        try (var running = start(config, PipelineEvents.NONE)) {
            assertThat(setsAtCall.poll(40, TimeUnit.SECONDS))
                    .as("sets in the archive")
                    .isEqualTo(1);
            assertThat(get(running, "/metrics").body())
                    .contains("backhaul_verify_failures_total{archive=\"local\"} 1.0");
        } finally {
            watcher.stop(0);
        }
        assertThat(setsAtCall).isEmpty();
    }

    @Test
    void twoDaemonsOnOneDatabaseBringEverythingHomeExactlyOnce(TestDatabase.Fresh database) throws Exception {
        var archivals = new Archivals(12);
        addBackups(12);
        site.cloud.limitDownloadsTo(1_000_000);

        try (var one = start(site.config("a", database.address()), archivals);
                var two = start(site.config("b", database.address()), archivals)) {
            archivals.await();

            assertThat(archivals.all())
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 12).mapToObj(n -> "b" + n).toList());
            var complete = "backhaul_attempts_total{outcome=\"complete\"";
            assertThat(get(one, "/metrics").body()).contains(complete);
            assertThat(get(two, "/metrics").body()).contains(complete);
        }
        site.archive().assertEverySetIsWhole();
        assertThat(site.archive().sets()).hasSize(12);
        assertThat(site.cloud.journal().requests(FaultTarget.anyFile())).hasSize(12);
    }

    @Test
    void aStateDirectoryHasOneDaemon(TestDatabase.Fresh database) {
        var config = site.config("a", database.address());
        try (var first = start(config, PipelineEvents.NONE)) {
            assertThat(first.catalog()).isNotNull();
            assertThatThrownBy(() -> start(config, PipelineEvents.NONE))
                    .isInstanceOf(StateDirectoryException.class)
                    .hasMessageContaining("is a daemon running already?");
        }
    }

    private void addBackups(int count) {
        for (var n = 0; n < count; n++) {
            site.addBackup("b" + n, RdbFiles.ofSize(n, 300_000));
        }
    }

    private static Daemon.Running start(Path config, PipelineEvents listener) {
        var read = ConfigFile.read(config, Map.of(), Cron::fault);
        return Daemon.start(read, Clock.systemUTC(), listener, new CountDownLatch(1));
    }

    private static HttpResponse<String> get(Daemon.Running running, String path)
            throws IOException, InterruptedException {
        var uri = URI.create("http://127.0.0.1:" + running.admin().port() + path);
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        }
    }
}
