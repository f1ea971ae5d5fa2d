package io.backhaul.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.backhaul.Site;
import io.backhaul.app.Daemon;
import io.backhaul.catalog.TestDatabase;
import io.backhaul.config.ConfigFile;
import io.backhaul.pipeline.PipelineEvents;
import io.backhaul.schedule.Cron;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a container's health check and an operator learn from {@code health}. */
@ExtendWith(TestDatabase.class)
class HealthTest {
    private final Path folder;

    HealthTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void aDaemonThatIsUpIsReadyAndOneThatHasEndedIsNot(TestDatabase.Fresh database) throws Exception {
        try (var site = new Site(folder)) {
            Files.createDirectory(site.path("archive"));
            var port = freePort();
            var config = site.config("a", database.address());
            Files.writeString(config, Files.readString(config).replace("127.0.0.1:0", "0.0.0.0:" + port));
            var configuration = ConfigFile.read(config, Map.of(), Cron::fault);
            try (var daemon =
                    Daemon.start(configuration, Clock.systemUTC(), PipelineEvents.NONE, new CountDownLatch(1))) {
                assertThat(daemon).isNotNull();
                var up = Cli.run("health", "--config", config.toString());
                assertThat(up.exitCode()).as(up.out() + up.err()).isZero();
                assertThat(up.out()).isEqualTo("ready\n");
            }

            var ended = Cli.run("health", "--config", config.toString());
            assertThat(ended.exitCode()).isEqualTo(1);
            assertThat(ended.err()).contains("127.0.0.1:" + port, "is the daemon running?");
        }
    }

    @Test
    void whatKeepsTheDaemonFromItsWorkIsPrintedLineByLine() throws IOException {
        var problems = "database: cannot connect to db:5432\narchive nas: not mounted\n";

        var cli = answering(503, problems);

        assertThat(cli.exitCode()).isEqualTo(1);
        assertThat(cli.out()).isEqualTo("not ready\n" + problems);
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 302, 404})
    void anAnswerThatNoDaemonOfOursGivesIsNotReady(int status) throws IOException {
        var cli = answering(status, "");

        assertThat(cli.exitCode()).isEqualTo(1);
        assertThat(cli.err()).contains("HTTP " + status);
    }

    @Test
    void aPortThatIsChosenAtTheStartCannotBeAsked() throws IOException {
        var cli = health("127.0.0.1:0");

        assertThat(cli.exitCode()).isEqualTo(1);
        assertThat(cli.err()).contains("admin.listen has port 0", "127.0.0.1:9464");
    }

    @Test
    void aConfigurationWithFaultsEndsWithTwo() throws IOException {
        assertThat(health("nowhere").exitCode()).isEqualTo(2);
    }

    private Cli answering(int status, String body) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/readyz", exchange -> {
            var bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            return health("127.0.0.1:" + server.getAddress().getPort());
        } finally {
            server.stop(0);
        }
    }

    private Cli health(String listen) throws IOException {
        var config = Files.writeString(folder.resolve("backhaul.yaml"), """
                database: {url: "${env:NOT_SET_HERE}", user: u, password: "${env:NOT_SET_HERE}"}
                admin: {listen: "%s", token: "${env:NOT_SET_HERE}"}
                archives:
                  - {name: nas, type: filesystem, directory: /srv/backups}
                sources:
                  - name: prod-redis
                    provider: huawei-dcs
                    endpoint: https://dcs.cn-north-4.myhuaweicloud.com
                    project-id: 0123456789abcdef0123456789abcdef
                    credentials: {access-key: "${env:NOT_SET_HERE}", secret-key: "${env:NOT_SET_HERE}"}
                    archives: [nas]
                """.formatted(listen));
        return Cli.run("health", "--config", config.toString());
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
