package io.backhaul.simulator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedCloudTest extends CloudUnderTest {
    @Test
    void closingLeavesNoThreadAndNoPortEvenWithAStalledDownload() throws IOException {
        var endpoint = cloud.endpoint();
        strikeFile(Fault.BODY_STALLED.with(3));
        try (var stalled = caller.open("GET", link());
                var idle = new Socket(endpoint.getHost(), endpoint.getPort())) {
            assertThat(stalled.bodyStart(3)).isEqualTo("012");
            assertThat(ownThreads()).isNotEmpty();

            cloud.close();

            assertThat(ownThreads()).isEmpty();
            assertThat(idle.getInputStream().read()).isNegative();
        }
        assertThatThrownBy(() -> new Socket(endpoint.getHost(), endpoint.getPort()).close())
                .isInstanceOf(IOException.class);
    }

    @Test
    void closingTwiceIsHarmlessAndStartingTwiceIsNot() {
        assertThatThrownBy(cloud::start).hasMessage("already started");
        cloud.close();
        cloud.close();
    }

    @Test
    void aPortIsTakenAgainAfterAnEndAndGivesWayWhereItIsInUse() {
        var port = cloud.endpoint().getPort();
        var settings = CloudSettings.of("ak", "sk", "project", clock);
        try (var second = new SimulatedCloud(settings)) {
            second.start(port);
            assertThat(second.endpoint().getPort()).isNotEqualTo(port);
        }
        cloud.close();
        try (var next = new SimulatedCloud(settings)) {
            next.start(port);
            assertThat(next.endpoint().getPort()).isEqualTo(port);
        }
    }

    @Test
    void requestsAreRecordedWithWhatMattersAndNoSecret() throws IOException {
        cloud.faults().inject(Fault.RANGE_IGNORED, FaultTarget.anyFile(), 1);
        caller.get("/instances?limit=7");
        var link = link();
        caller.download(link, "Range: bytes=3-", "Cookie: secret-cookie");

        var download = cloud.journal().requests(FaultTarget.file("a.rdb")).getFirst();

        assertThat(cloud.journal().requests()).hasSize(3);
        assertThat(cloud.journal().requests(FaultTarget.operation(Operation.DCS_INSTANCES)))
                .singleElement()
                .satisfies(r -> assertThat(r.queryNames()).containsExactly("limit"));
        assertThat(download.method()).isEqualTo("GET");
        assertThat(download.path()).endsWith("/i/b/a.rdb");
        assertThat(download.queryNames()).containsExactly("AWSAccessKeyId", "Expires", "Signature");
        assertThat(download.header("range")).hasValue("bytes=3-");
        assertThat(download.headerNames()).contains("Cookie");
        assertThat(download.status()).isEqualTo(200);
        assertThat(download.fault()).isEqualTo(Fault.RANGE_IGNORED);
        assertThat(download.at()).isEqualTo(clock.instant());
        assertThat(cloud.journal().requests().toString())
                .doesNotContain("secret-cookie", Caller.SECRET_KEY, "SDK-HMAC", link.replaceAll(".*Signature=", ""));
    }

    @Test
    void settingsPrintWithoutSecrets() {
        var settings = CloudSettings.of("ak", "the-secret", "project", clock).withSecurityToken("the-token");

        assertThat(settings.toString())
                .doesNotContain("the-secret", "the-token")
                .contains("ak");
    }

    @Test
    void temporaryKeysNeedTheirToken() throws IOException {
        var settings = CloudSettings.of(Caller.ACCESS_KEY, Caller.SECRET_KEY, Caller.PROJECT, clock)
                .withSecurityToken("token");
        try (var strict = new SimulatedCloud(settings)) {
            strict.start();

            assertThat(new Caller(strict.endpoint(), clock).get("/instances").body())
                    .contains("Incorrect IAM authentication information: decrypt token fail");
        }
    }

    @Test
    void nonsenseEndsItsOwnConnectionOnly() throws IOException {
        try (var socket =
                new Socket(cloud.endpoint().getHost(), cloud.endpoint().getPort())) {
            socket.getOutputStream().write("nonsense\r\n\r\n".getBytes(US_ASCII));
            assertThat(socket.getInputStream().read()).isNegative();
        }

        assertThat(caller.get("/instances").status()).isEqualTo(200);
    }

    private static List<String> ownThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("simulator-"))
                .toList();
    }
}
