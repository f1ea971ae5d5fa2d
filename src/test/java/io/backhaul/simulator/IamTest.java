package io.backhaul.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens and projects by contract 3.1 and 3.4; refusals by 4.1 and 4.4. */
class IamTest extends CloudUnderTest {
    @BeforeEach
    void addUser() {
        cloud.iam().addUser("backhaul", "s3cret", "acme");
    }

    @Test
    void aTokenIsLongAndSaysWhatItIsFor() throws IOException {
        var answer = login("s3cret", "\"name\":\"cn-north-4\"");
        var token = Caller.json(answer).path("token");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("X-Subject-Token")).hasSizeGreaterThan(16_384).isPrintable();
        assertThat(token.path("expires_at").stringValue()).isEqualTo("2026-11-22T00:00:00.000000Z");
        assertThat(token.path("project").path("id").stringValue()).isEqualTo(Caller.PROJECT);
        assertThat(login("s3cret", "\"id\":\"" + Caller.PROJECT + "\"").status())
                .isEqualTo(201);
        assertThat(login("s3cret", "\"name\":\"mars\"").status()).isEqualTo(400);
    }

    @Test
    void itOpensTheApisUntilItEnds() throws IOException {
        var token = login("s3cret", "\"name\":\"cn-north-4\"").header("X-Subject-Token");

        assertThat(instances(token).status()).isEqualTo(200);
        clock.advance(Duration.ofHours(24));
        assertThat(code(instances(token))).isEqualTo("APIGW.0307");
        assertThat(Caller.json(instances("nonsense")).path("error_msg").stringValue())
                .endsWith("decrypt token fail");
    }

    @Test
    void tokensCanBeEndedBeforeTheirTime() throws IOException {
        var token = login("s3cret", "\"name\":\"cn-north-4\"").header("X-Subject-Token");
        cloud.iam().endTokens();

        assertThat(instances(token).status()).isEqualTo(401);
        var other = login("s3cret", "\"name\":\"cn-north-4\"").header("X-Subject-Token");
        assertThat(other).isNotEqualTo(token);
        assertThat(instances(other).status()).isEqualTo(200);
    }

    @Test
    void wrongPasswordsLockTheUser() throws IOException {
        for (var i = 0; i < 6; i++) {
            var answer = login("wrong", "\"name\":\"cn-north-4\"");
            assertThat(answer.status()).isEqualTo(401);
            assertThat(Caller.json(answer).path("error").path("code").intValue())
                    .isEqualTo(401);
        }
        assertThat(login("s3cret", "\"name\":\"cn-north-4\"").body()).contains("The account is locked.");
        clock.advance(Duration.ofMinutes(5));
        assertThat(login("s3cret", "\"name\":\"cn-north-4\"").status()).isEqualTo(201);
    }

    @Test
    void projectsAreFoundByNameForWhoeverMayAsk() throws IOException {
        cloud.iam().addProject("p2", "cn-east-3");
        var answer = caller.call("GET", "/v3/projects?name=cn-east-3", "");

        assertThat(Caller.json(answer).path("projects").size()).isEqualTo(1);
        assertThat(Caller.json(answer).path("projects").path(0).path("id").stringValue())
                .isEqualTo("p2");
        assertThat(Caller.json(caller.call("GET", "/v3/projects?name=mars", ""))
                        .path("projects")
                        .size())
                .isZero();
        var stranger = new Caller(cloud.endpoint(), clock, "wrong");
        assertThat(stranger.call("GET", "/v3/projects?name=cn-east-3", "").status())
                .isEqualTo(401);
    }

    private Answer login(String password, String project) throws IOException {
        var body = "{\"auth\":{\"identity\":{\"methods\":[\"password\"],\"password\":{\"user\":{\"name\":\"backhaul\","
                + "\"password\":\"" + password + "\",\"domain\":{\"name\":\"acme\"}}}},\"scope\":{\"project\":{"
                + project
                + "}}}}";
        return send("POST", "/v3/auth/tokens?nocatalog=true", new Header("Content-Type", "application/json"), body);
    }

    private Answer instances(String token) throws IOException {
        return send("GET", "/v2/" + Caller.PROJECT + "/instances", new Header("X-Auth-Token", token), "");
    }

    private Answer send(String method, String target, Header header, String body) throws IOException {
        try (var exchange = RawExchange.send(cloud.endpoint(), method, target, List.of(header), body)) {
            return exchange.answer();
        }
    }
}
