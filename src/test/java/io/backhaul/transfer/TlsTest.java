package io.backhaul.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.TlsServer;
import io.backhaul.backup.SignedUrl;
import io.backhaul.config.HostPattern;
import io.backhaul.config.Trust;
import io.backhaul.transfer.FetchOutcome.Complete;
import io.backhaul.transfer.FetchOutcome.Cut;
import io.backhaul.transfer.FetchOutcome.TargetRefused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Only stores that can be told from others are spoken to. */
@Timeout(60)
class TlsTest extends TransferTestBase {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private FetchOutcome fetch(int port, X509Certificate... authorities) {
        var settings = new DownloadSettings(PATIENCE, PATIENCE, 1, null, "test", 8, Trust.with(List.of(authorities)));
        var link = SignedUrl.of("https://localhost:" + port + "/k?sig=" + SECRET);
        var rules = new TargetRules(List.of(new HostPattern("localhost"), new HostPattern("127.0.0.1")));
        var loopback = List.of(InetAddress.getLoopbackAddress());
        try (var other = new Downloader(settings, clock, name -> loopback, Thresholds.USUAL)) {
            return other.fetch(new FetchRequest(link, Instant.MAX, staged(), rules, null, moved::add, room()))
                    .outcome();
        }
    }

    @Test
    void aStoreOfAnUnknownAuthorityIsRefusedWithTheKeyThatHelps() throws IOException {
        try (var server = new TlsServer("localhost")) {
            assertThat(fetch(server.port()))
                    .isEqualTo(
                            new Cut(
                                    "the certificate of localhost is not signed by anybody whom this machine trusts; if it is"
                                            + " the right host, add its authority to the system's or name its PEM file at tls.ca-file (fetch: --ca-file)"));
            assertThat(server.requests()).isZero();
        }
    }

    @Test
    void aStoreOfTheOperatorsAuthorityIsBelieved() throws IOException {
        try (var server = new TlsServer("localhost")) {
            assertThat(fetch(server.port(), server.authority())).isInstanceOf(Complete.class);
        }

        assertThat(whole()).hasContent(TlsServer.BODY);
    }

    @Test
    void anotherAuthorityDoesNotHelp() throws IOException {
        try (var server = new TlsServer("localhost");
                var other = new TlsServer("localhost")) {
            assertThat(fetch(server.port(), other.authority())).isInstanceOf(Cut.class);
            assertThat(server.requests()).isZero();
        }
    }

    @Test
    void aCertificateForAnotherNameIsRefused() throws IOException {
        try (var server = new TlsServer("files.example")) {
            assertThat(fetch(server.port(), server.authority()))
                    .isEqualTo(new Cut("the certificate of localhost is one for other names"));
            assertThat(server.requests()).isZero();
        }
    }

    @Test
    void aRedirectFromTlsToPlainHttpIsNotFollowedEvenWhereHttpIsAllowed() throws IOException {
        try (var server = new TlsServer("localhost")) {
            server.redirectTo(store.url("/k"));

            assertThat(fetch(server.port(), server.authority()))
                    .isEqualTo(new TargetRefused("redirect: from https to plain http"));
        }
        assertThat(store.seen()).isEmpty();
    }

    /** A server's first word in TLS 1.1: that this is the version to go on with. */
    @Test
    void aStoreThatSpeaksNothingLaterThanTls11IsRefused() throws Exception {
        var hello = "02000026" + "0302" + "00".repeat(32) + "00" + "c013" + "00";
        var reply = HexFormat.of().parseHex("160302002a" + hello);
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var answered = CompletableFuture.runAsync(() -> {
                try (var connection = server.accept()) {
                    connection.getOutputStream().write(reply);
                    connection.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });

            assertThat(fetch(server.getLocalPort()).detail())
                    .startsWith("no TLS 1.2 or later comes about with localhost: ")
                    .contains("TLS11");
            answered.exceptionally(cut -> null).join();
        }
    }
}
