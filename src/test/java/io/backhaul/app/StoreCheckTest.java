package io.backhaul.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.Site;
import io.backhaul.TlsServer;
import io.backhaul.app.Finding.Verdict;
import io.backhaul.backup.SignedUrl;
import io.backhaul.config.ConfigFile;
import io.backhaul.config.HostPattern;
import io.backhaul.config.SourceConfig;
import io.backhaul.config.Trust;
import io.backhaul.transfer.TargetRules;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreCheckTest {
    private static final String PLACE = "sources[0].";

    private final Site site;
    private final TlsServer store;

    StoreCheckTest(@TempDir Path folder) throws IOException {
        site = new Site(folder);
        store = new TlsServer("localhost");
    }

    @AfterEach
    void close() {
        site.close();
        store.close();
    }

    @Test
    void theStoreOfALinkIsGreetedAndAskedForNothing() {
        assertThat(linked(Trust.with(List.of(store.authority())), "localhost")).satisfies(finding -> {
            assertThat(finding.verdict()).isEqualTo(Verdict.OK);
            assertThat(finding.what()).matches("localhost:\\d+ reached: name \\d+ ms, connection \\d+ ms, TLS \\d+ ms");
        });
        assertThat(store.requests()).isZero();
    }

    @Test
    void aStoreWhoseCertificateNobodyKnowsIsNotReached() {
        assertThat(linked(Trust.ofSystem(), "localhost")).satisfies(finding -> {
            assertThat(finding.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(finding.detail()).contains("no TLS comes about", "network team: open localhost:");
        });
    }

    @Test
    void aStoreWithTheCertificateOfAnotherIsNotReached() throws IOException {
        try (var other = new TlsServer("elsewhere.example")) {
            var link = SignedUrl.of("https://localhost:" + other.port() + "/a");
            var rules = new TargetRules(List.of(new HostPattern("localhost:" + other.port())));

            assertThat(new StoreCheck(Trust.with(List.of(other.authority())))
                            .examine(PLACE, source(""), List.of(link), rules))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.verdict()).isEqualTo(Verdict.FAILED));
        }
    }

    @Test
    void aStoreOutsideOfTheAllowedHostsIsNamedWithTheKeyAndNoConnectionIsMade() {
        assertThat(linked(Trust.ofSystem(), "*.myhuaweicloud.com")).satisfies(finding -> {
            assertThat(finding.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(finding.detail())
                    .contains("host not allowed: localhost", "operator: ", "add it to sources[0].allow-hosts")
                    .doesNotContain("the-signature");
        });
    }

    @Test
    void withoutALinkTheHostsThatAreNamedAreTriedAndAFailureIsAWarning() throws IOException {
        var config = source("allow-hosts: [\"nowhere.invalid\", \"*.example.com\"]");

        assertThat(new StoreCheck(Trust.ofSystem())
                        .examine(PLACE, config, List.of(), new TargetRules(config.allowHosts())))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.verdict()).isEqualTo(Verdict.WARNING);
                    assertThat(finding.what()).isEqualTo("nowhere.invalid not reached: no such host");
                });
    }

    @Test
    void aNamedHostThatSpeaksNoTlsIsWellIfItsPortIsNamedToo() throws IOException {
        try (var plain = new PlainStore()) {
            var named = List.of(new HostPattern("127.0.0.1:" + plain.port()));

            assertThat(new StoreCheck(Trust.ofSystem())
                            .examine(
                                    PLACE,
                                    source("allow-hosts: [\"" + named.getFirst() + "\"]"),
                                    List.of(),
                                    new TargetRules(named)))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.verdict()).isEqualTo(Verdict.OK);
                        assertThat(finding.what())
                                .matches("127.0.0.1:\\d+ reached: name \\d+ ms, connection \\d+ ms; speaks no TLS");
                    });
        }
    }

    @Test
    void aNamedHostWhoseCertificateNobodyKnowsIsAWarningAlsoWithItsPort() {
        var named = List.of(new HostPattern("localhost:" + store.port()));

        assertThat(new StoreCheck(Trust.ofSystem())
                        .examine(
                                PLACE,
                                source("allow-hosts: [\"" + named.getFirst() + "\"]"),
                                List.of(),
                                new TargetRules(named)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.verdict()).isEqualTo(Verdict.WARNING);
                    assertThat(finding.what()).contains("no TLS comes about");
                });
    }

    @Test
    void aNamedHostOfTencentsOldApiIsOnlyConnectedToAsItsLinksArePlainHttp() throws IOException {
        var file = site.config("a");
        Files.writeString(
                file,
                Files.readString(file)
                                .replace("huawei-dcs", "tencent-crs")
                                .replaceFirst("project-id: .*", "region: ap-beijing\n    api: v2")
                        + "    allow-hosts: [\"localhost:" + store.port() + "\"]\n");
        var config = ConfigFile.read(file, Map.of(), cron -> Optional.empty())
                .sources()
                .getFirst();

        assertThat(new StoreCheck(Trust.ofSystem())
                        .examine(PLACE, config, List.of(), new TargetRules(config.allowHosts())))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.verdict()).isEqualTo(Verdict.OK);
                    assertThat(finding.what()).endsWith(" ms").doesNotContain("TLS");
                });
    }

    /** Takes a connection, answers the greeting as a server of plain http does, and ends it. */
    private static final class PlainStore implements AutoCloseable {
        private final ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());

        PlainStore() throws IOException {
            Thread.startVirtualThread(() -> {
                try (var connection = server.accept()) {
                    connection.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
                    connection.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                    // the test has ended
                }
            });
        }

        int port() {
            return server.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    /** Two links to one store: it is tried once. */
    private Finding linked(Trust trust, String allowed) {
        var links = Stream.of("a", "b")
                .map(name ->
                        SignedUrl.of("https://localhost:" + store.port() + "/" + name + "?Signature=the-signature"))
                .toList();
        var named = allowed.equals("localhost") ? allowed + ":" + store.port() : allowed;
        var findings = new StoreCheck(trust)
                .examine(PLACE, source(""), links, new TargetRules(List.of(new HostPattern(named))));
        assertThat(findings).hasSize(1);
        return findings.getFirst();
    }

    private SourceConfig source(String more) {
        var file = site.config("a");
        try {
            Files.writeString(file, Files.readString(file) + "    " + more + "\n");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return ConfigFile.read(file, Map.of(), cron -> Optional.empty())
                .sources()
                .getFirst();
    }
}
