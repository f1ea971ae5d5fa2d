package io.backhaul.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.ManualClock;
import io.backhaul.TlsServer;
import io.backhaul.config.Trust;
import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Only providers that can be told from others are shown a signature. */
class ProviderTlsTest {
    private final ManualClock clock = ManualClock.at("2026-11-21T10:00:00Z");

    private Asked<ApiAnswer> call(TlsServer server, X509Certificate... authorities) {
        var trust = Trust.with(List.of(authorities));
        try (var http = new ProviderHttp(clock, CallTimeouts.DEFAULT, trust, "1")) {
            return http.call(ApiRequest.get("op", "", URI.create("https://localhost:" + server.port()), "/x"));
        }
    }

    @Test
    void aProviderOfAnUnknownAuthorityIsRefusedWithTheKeyThatHelps() throws IOException {
        try (var server = new TlsServer("localhost")) {
            var asked = call(server);

            assertThat(asked.toString())
                    .contains("the certificate of localhost is not signed by anybody whom this machine trusts")
                    .contains("tls.ca-file");
            assertThat(server.requests()).isZero();
        }
    }

    @Test
    void aProviderOfTheOperatorsAuthorityIsBelieved() throws IOException {
        try (var server = new TlsServer("localhost")) {
            assertThat(call(server, server.authority())).isInstanceOf(Asked.Got.class);
        }
    }

    @Test
    void aCertificateForAnotherNameIsRefused() throws IOException {
        try (var server = new TlsServer("api.example")) {
            assertThat(call(server, server.authority()).toString()).contains("one for other names than localhost");
            assertThat(server.requests()).isZero();
        }
    }
}
