package io.backhaul.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backhaul.provider.Setback.Busy;
import io.backhaul.provider.Setback.Denied;
import io.backhaul.provider.Setback.Refused;
import io.backhaul.provider.Setback.Throttled;
import io.backhaul.provider.Setback.Unavailable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AdviceTest {
    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(
                        new UnknownHostException("api.example"),
                        "no such host: api.example; operator: correct endpoint"),
                Arguments.of(
                        new ConnectException("Connection refused"),
                        "nothing takes connections at api.example:443; network team: open api.example:443"),
                Arguments.of(new ConnectException("Connection timed out"), "no answer from api.example:443 in time;"),
                Arguments.of(
                        new SocketTimeoutException("timeout"), "no answer from api.example:443 in time; network team:"),
                Arguments.of(new NoRouteToHostException("No route to host"), "no answer from api.example:443 in time;"),
                Arguments.of(new SocketException("Connection reset"), "the connection to api.example:443 breaks"),
                Arguments.of(
                        tls(new CertPathBuilderException("no path")),
                        "the certificate of api.example is not signed by"),
                Arguments.of(
                        tls(new CertificateExpiredException("NotAfter")),
                        "the certificate of api.example is not valid at this machine's time; host administrator: compare"),
                Arguments.of(
                        new SSLPeerUnverifiedException("Hostname not verified"),
                        "the certificate is one for other names than api.example;"),
                Arguments.of(
                        new SSLHandshakeException("Remote host terminated the handshake"),
                        "no TLS comes about with api.example:443; operator: correct scheme and port of endpoint"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void noAnswerIsTheNetworksOrTheOperatorsToMend(IOException failure, String expected) {
        var request = ApiRequest.get("list-instances", "", URI.create("https://api.example/base"), "/v2");

        assertThat(NetworkTrouble.of(failure, request).toString()).startsWith(expected);
    }

    @Test
    void aSetbackExplainsItselfWhereSomebodyMustAct() {
        assertThat(new Denied("list: 401", Instant.EPOCH, Advice.wrongSecret()).explained())
                .isEqualTo("list: 401; the secret key is not the one of the access key; operator: correct"
                        + " credentials.secret-key");
        assertThat(new Refused("list: 400").explained())
                .startsWith("list: 400; ")
                .contains("; operator: act on what");
    }

    @Test
    void whatPassesByItselfIsNotExplained() {
        for (var passing : List.of(new Unavailable("down"), new Busy("down"), new Throttled("down", null))) {
            assertThat(passing.explained()).isEqualTo("down");
        }
    }

    @Test
    void keysStandWhereTheyAreInTheFile() {
        assertThat(Advice.wrongLogin().at("sources[3].").how())
                .startsWith("correct sources[3].credentials.user, sources[3].credentials.password or"
                        + " sources[3].credentials.domain;");
        assertThat(Advice.notTheApi("h")
                        .withKey("endpoint", "credentials.iam-endpoint")
                        .how())
                .startsWith("correct credentials.iam-endpoint;");
    }

    @ParameterizedTest
    @CsvSource({"PT65S, 65 s behind", "PT-19M-40S, 20 min ahead of", "PT3H, 180 min behind"})
    void aClockIsWrongByAsMuchAsItIs(Duration offset, String expected) {
        assertThat(Advice.clock(offset).what()).isEqualTo("this machine's clock is " + expected + " the provider's");
    }

    @Test
    void keysWithoutAPlaceAreABug() {
        assertThatThrownBy(() -> new Advice(Trouble.WRONG_SECRET, "w", "correct it", List.of("k")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("correct it");
    }

    private static SSLHandshakeException tls(Throwable cause) {
        var failure = new SSLHandshakeException("PKIX path building failed");
        failure.initCause(cause);
        return failure;
    }
}
