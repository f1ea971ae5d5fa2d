package io.backhaul.provider.huawei;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.CapturedLog;
import io.backhaul.provider.InstancesOutcome;
import io.backhaul.provider.ScriptedCloud.Reply;
import io.backhaul.provider.Setback.Denied;
import io.backhaul.provider.Setback.Unavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens for a password: huawei.md 3.1, and 4.4 for their refusals. */
class TokenLoginTest {
    private static final String LONG = "MII" + "TOKENSECRET+/-".repeat(1500) + "==";
    private static final String TOMORROW = "2026-11-22T12:00:00.701000Z";
    private static final Reply ENDED = Dcs.error(401, "APIGW.0307", "The token must be updated.");
    private static final Reply WRONG_PASSWORD = Reply.of(
            401,
            "{\"error\":{\"code\":401,\"message\":\"The username or password is wrong.\",\"title\":\"Unauthorized\"}}");

    private final Ges ges = Ges.withUserOfRegion("cn-north-4");

    @AfterEach
    void stop() throws IOException {
        ges.close();
    }

    @Test
    void aTokenIsAskedForOnceAndSentWithEveryRequest() {
        ges.then(token(LONG)).then(Ges.graphs("g1")).then(Ges.backups(0));
        assertThat(ges.source.instances()).isInstanceOf(InstancesOutcome.Listed.class);
        ges.source.backups(Ges.INSTANCE);
        var login = ges.cloud.received().getFirst();
        assertThat(login.method()).isEqualTo("POST");
        assertThat(login.target()).isEqualTo("/v3/auth/tokens?nocatalog=true");
        assertThat(login.header("Content-Type")).isEqualTo("application/json");
        assertThat(login.header("Authorization")).isEmpty();
        assertThat(login.body())
                .isEqualTo("{\"auth\":{\"identity\":{\"methods\":[\"password\"],\"password\":{\"user\":{"
                        + "\"name\":\"backhaul\",\"password\":\"PASSWORDSECRET04\",\"domain\":{\"name\":\"acme\"}}}},"
                        + "\"scope\":{\"project\":{\"name\":\"cn-north-4\"}}}}");
        for (var wire : ges.cloud.received().subList(1, 3)) {
            assertThat(wire.header("X-Auth-Token")).isEqualTo(LONG);
            assertThat(wire.header("X-Project-Id")).isEqualTo("p1");
            assertThat(wire.target()).startsWith("/v2/p1/graphs");
            assertThat(wire.header("Authorization")).isEmpty();
        }
        assertThat(ges.calls).containsExactly("token ok", "list-instances ok", "list-backups ok");
    }

    @Test
    void aKnownProjectIsWhatTheTokenIsFor() throws IOException {
        try (var known = Ges.withUser()) {
            known.then(Ges.token("T1", TOMORROW, "other")).then(Ges.graphs());
            known.source.instances();
            assertThat(known.cloud.received().getFirst().body())
                    .endsWith("\"scope\":{\"project\":{\"id\":\"" + Ges.PROJECT + "\"}}}}");
            assertThat(known.target(1)).startsWith("/v2/" + Ges.PROJECT + "/");
        }
    }

    @ParameterizedTest
    @CsvSource({"2026-11-22T12:00:00.701000Z, PT23H30M", "2026-11-21T12:10:00.000000Z, PT5M", "nonsense, PT23H30M"})
    void itIsRenewedBeforeItEnds(String expires, Duration served) {
        ges.then(Ges.token("T1", expires, "p1")).then(Ges.graphs()).then(Ges.graphs());
        ges.source.instances();
        ges.clock.advance(served.minusSeconds(1));
        ges.source.instances();
        assertThat(ges.cloud.received()).hasSize(3);
        ges.clock.advance(Duration.ofSeconds(2));
        ges.then(token("T2")).then(Ges.graphs());
        ges.source.instances();
        assertThat(ges.cloud.received().getLast().header("X-Auth-Token")).isEqualTo("T2");
    }

    @Test
    void whileItCannotBeRenewedTheOldOneServesToItsEnd() {
        ges.then(token("T1")).then(Ges.graphs());
        ges.source.instances();
        ges.clock.advance(Duration.ofMinutes(23 * 60 + 45));
        ges.then(Reply.of(503, "")).then(Ges.graphs()).then(Ges.graphs());
        assertThat(ges.source.instances()).isInstanceOf(InstancesOutcome.Listed.class);
        assertThat(ges.source.instances()).isInstanceOf(InstancesOutcome.Listed.class);
        assertThat(ges.calls.subList(2, 5))
                .containsExactly("token unavailable", "list-instances ok", "list-instances ok");
        ges.clock.advance(Duration.ofMinutes(16));
        ges.then(Reply.of(503, ""));
        assertThat(ges.source.instances()).isInstanceOf(Unavailable.class);
    }

    @ParameterizedTest
    @CsvSource({"APIGW.0307", "APIG.0307", "DCS.1002", "APIGW.0301", "''"})
    void aTokenThatHasServedAndIsRefusedIsRenewedOnce(String code) {
        ges.then(token("T1")).then(Ges.graphs());
        ges.source.instances();
        ges.then(Dcs.error(401, code, "x")).then(token("T2")).then(Ges.graphs("g1"));
        assertThat(ges.source.instances()).isInstanceOf(InstancesOutcome.Listed.class);
        assertThat(ges.calls.subList(2, 5))
                .containsExactly("list-instances unavailable", "token ok", "list-instances ok");
    }

    @Test
    void aNewTokenThatIsRefusedTooRestsTheUser() {
        ges.then(token("T1")).then(Ges.graphs());
        ges.source.instances();
        ges.then(ENDED).then(token("T2")).then(ENDED);
        assertThat(ges.source.instances()).isInstanceOf(Denied.class);
        assertThat(ges.source.instances()).isInstanceOf(Denied.class);
        assertThat(ges.cloud.received()).hasSize(5);
        ges.clock.advance(Duration.ofMinutes(5));
        ges.then(token("T3")).then(Ges.graphs());
        assertThat(ges.source.instances())
                .as("the probe takes a new token")
                .isInstanceOf(InstancesOutcome.Listed.class);
    }

    @Test
    void aWrongPasswordIsNotTriedAgainForFiveMinutes() {
        ges.then(WRONG_PASSWORD);
        for (var n = 0; n < 10; n++) {
            assertThat(ges.source.instances()).isInstanceOfSatisfying(Denied.class, denied -> {
                assertThat(denied.reason()).contains("token: HTTP 401", "The username or password is wrong.");
                assertThat(denied.probeAt()).isEqualTo("2026-11-21T12:05:00Z");
            });
        }
        assertThat(ges.cloud.received()).hasSize(1);
    }

    @Test
    void aPasswordThatWasChangedUnderUsIsTriedOnce() {
        ges.then(token("T1")).then(Ges.graphs());
        ges.source.instances();
        ges.then(ENDED).then(WRONG_PASSWORD);
        assertThat(ges.source.instances()).isInstanceOf(Denied.class);
        assertThat(ges.source.instances()).isInstanceOf(Denied.class);
        assertThat(ges.cloud.received()).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|X-Subject-Token: T1|is for no project",
                "{\"token\":{\"project\":{\"id\":\"../x\"}}}|X-Subject-Token: T1|is for no project",
                "{\"token\":{\"project\":{\"id\":\"p1\"}}}|X-Other: 1|no token in its header",
                "{\"token\":{\"project\":{\"id\":\"p1\"}}}|X-Subject-Token: a b|no token in its header",
                "<html>|X-Subject-Token: T1|is for no project"
            })
    void anOddTokenIsNone(String body, String header, String why) {
        ges.then(Reply.of(201, body, header));
        assertThat(ges.source.instances())
                .isInstanceOfSatisfying(
                        Unavailable.class,
                        unavailable -> assertThat(unavailable.reason()).contains(why));
    }

    @Test
    void neitherPasswordNorTokenIsPrinted() {
        ges.then(token(LONG)).then(Ges.graphs());
        var printed = new ArrayList<String>();
        try (var log = new CapturedLog()) {
            printed.add(ges.source.instances().toString());
            ges.cloud.then(sent -> Dcs.error(403, "GES.7041", "no: " + sent.header("X-Auth-Token")));
            printed.add(ges.source.instances().toString());
            ges.cloud.then(sent -> Reply.of(200, sent.header("X-Auth-Token")));
            printed.add(ges.links().toString());
            ges.clock.advance(Duration.ofDays(2));
            ges.cloud.then(sent -> Dcs.error(400, "IAM.1", sent.body()));
            printed.add(ges.source.instances().toString());
            printed.addAll(log.lines());
        }
        printed.addAll(List.of(Ges.USER.toString(), ges.source.toString(), ges.runtime.toString()));
        printed.addAll(ges.calls);
        assertThat(ges.cloud.received()).hasSize(5);
        assertThat(printed).noneMatch(line -> line.contains("SECRET"));
    }

    private static Reply token(String text) {
        return Ges.token(text, TOMORROW, "p1");
    }
}
