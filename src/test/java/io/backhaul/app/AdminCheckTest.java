package io.backhaul.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.backhaul.app.Finding.Verdict;
import io.backhaul.config.AdminConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class AdminCheckTest {
    @Test
    void anAddressThatIsFreeIsWell() throws IOException {
        var server = answering("");
        var port = server.getAddress().getPort();
        server.stop(0);

        assertThat(examined("127.0.0.1", port).detail()).isEqualTo("127.0.0.1:" + port + " is free");
    }

    @Test
    void anAddressWhereADaemonAnswersIsWell() throws IOException {
        var server = answering("alive\n");
        try {
            var finding = examined("127.0.0.1", server.getAddress().getPort());

            assertThat(finding.verdict()).isEqualTo(Verdict.OK);
            assertThat(finding.detail()).startsWith("a daemon answers at 127.0.0.1:");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void anAddressThatSomebodyElseHasIsAFaultThatNamesTheKey() throws IOException {
        var server = answering("I am somebody else");
        try {
            var port = server.getAddress().getPort();
            var finding = examined("127.0.0.1", port);

            assertThat(finding.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(finding.detail())
                    .startsWith("127.0.0.1:" + port + " cannot be listened at: Address already in use")
                    .endsWith("operator: end what listens there, or name another address of this machine at"
                            + " admin.listen");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void anAddressOfAnotherMachineIsAFault() {
        assertThat(examined("192.0.2.1", 9464).verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void aPortThatTheSystemChoosesIsNotTried() {
        assertThat(new AdminCheck(new AdminConfig("127.0.0.1", 0, null)).examine())
                .isEmpty();
    }

    private static Finding examined(String host, int port) {
        return new AdminCheck(new AdminConfig(host, port, null)).examine().orElseThrow();
    }

    private static HttpServer answering(String body) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/healthz", exchange -> {
            var bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }
}
