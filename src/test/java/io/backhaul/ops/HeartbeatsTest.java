package io.backhaul.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.backhaul.ManualClock;
import io.backhaul.TlsServer;
import io.backhaul.backup.AttemptOutcome;
import io.backhaul.backup.BackupId;
import io.backhaul.backup.BackupRef;
import io.backhaul.backup.InstanceId;
import io.backhaul.backup.SourceName;
import io.backhaul.config.Secret;
import io.backhaul.config.Trust;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The switch over real HTTP. */
class HeartbeatsTest {
    private static final SourceName WATCHED = new SourceName("watched");
    private static final SourceName OTHER = new SourceName("other");

    private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();
    private final CountDownLatch held = new CountDownLatch(1);
    private final HttpServer watcher;
    private final Heartbeats heartbeats;

    HeartbeatsTest() throws IOException {
        watcher = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        watcher.createContext("/ping", exchange -> {
            calls.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(307, -1);
            exchange.close();
        });
        watcher.createContext("/elsewhere", exchange -> {
            calls.add("followed to " + exchange.getRequestURI());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        watcher.createContext("/hangs", exchange -> {
            calls.add("hangs");
            try {
                held.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        watcher.start();
        heartbeats = heartbeats("/ping/0123?create=1");
    }

    private Heartbeats heartbeats(String path) {
        var watchers = "http://127.0.0.1:" + watcher.getAddress().getPort();
        return new Heartbeats(
                Map.of(WATCHED, Secret.of(watchers + path), OTHER, Secret.of(watchers + "/ping/other")),
                Trust.ofSystem(),
                new SimpleMeterRegistry(),
                ManualClock.at("2026-11-21T10:00:00Z"));
    }

    @AfterEach
    void stop() {
        held.countDown();
        heartbeats.close();
        watcher.stop(0);
    }

    @Test
    void onlyAnArchivedBackupOfTheSourceCallsItsUrl() throws Exception {
        heartbeats.transferBegan(backup(WATCHED));
        heartbeats.attemptEnded(WATCHED, AttemptOutcome.COMPLETE);
        heartbeats.transferEnded(backup(WATCHED));
        heartbeats.cycleSucceeded("list", WATCHED);
        heartbeats.archived(backup(new SourceName("unwatched")));
        heartbeats.archived(backup(OTHER));
        assertThat(calls.poll(30, TimeUnit.SECONDS)).as("the first call").isEqualTo("GET /ping/other");

        heartbeats.archived(backup(WATCHED));

        assertThat(calls.poll(30, TimeUnit.SECONDS)).isEqualTo("GET /ping/0123?create=1");
        assertThat(calls).isEmpty();
    }

    @Test
    void aRedirectIsAFailureAndNotFollowed() throws Exception {
        heartbeats.archived(backup(WATCHED));
        assertThat(calls.poll(30, TimeUnit.SECONDS)).startsWith("GET /ping");

        // A failure lets the next backup call at once: what comes then came after the redirect was answered.
        heartbeats.archived(backup(WATCHED));

        assertThat(calls.poll(30, TimeUnit.SECONDS)).startsWith("GET /ping");
    }

    @Test
    void aWatcherThatHangsHoldsUpNothing() throws Exception {
        try (var hanging = heartbeats("/hangs")) {
            hanging.archived(backup(WATCHED));

            // That this line is reached shows it: the answer comes only when the test has ended.
            assertThat(calls.poll(30, TimeUnit.SECONDS)).isEqualTo("hangs");
        }
    }

    @Test
    void anHttpsWatcherIsBelievedByTheAuthoritiesOfTheConfiguration() throws Exception {
        try (var tls = new TlsServer("localhost")) {
            var url = Secret.of("https://localhost:" + tls.port() + "/ping");
            try (var believing = new Heartbeats(
                    Map.of(WATCHED, url),
                    Trust.with(List.of(tls.authority())),
                    new SimpleMeterRegistry(),
                    ManualClock.at("2026-11-21T10:00:00Z"))) {
                believing.archived(backup(WATCHED));

                assertThat(tls.awaitRequest(Duration.ofSeconds(30))).isTrue();
            }
        }
    }

    private static BackupRef backup(SourceName source) {
        return new BackupRef(source, new InstanceId("i"), new BackupId("b"));
    }
}
