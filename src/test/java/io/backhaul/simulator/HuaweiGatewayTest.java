package io.backhaul.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who may enter, and in which words the others are turned away (contract 4.2 and 4.4). */
class HuaweiGatewayTest extends CloudUnderTest {
    @Test
    void anotherProjectIs401() throws IOException {
        var answer = caller.call("GET", "/v2/another/instances", "");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(code(answer)).isEqualTo("DCS.1004");
    }

    @Test
    void anUnknownApiIs404() throws IOException {
        assertThat(code(caller.get("/unheard-of"))).isEqualTo("APIGW.0101");
        assertThat(code(caller.call("POST", "/v2/" + Caller.PROJECT + "/instances", "")))
                .isEqualTo("APIGW.0101");
    }

    @Test
    void sixFailuresInARowLockTheKeyForFiveMinutes() throws IOException {
        var stranger = new Caller(cloud.endpoint(), clock, "wrong");
        for (var i = 0; i < 5; i++) {
            assertThat(message(stranger.get("/instances"))).endsWith("verify aksk signature fail");
        }
        assertThat(message(stranger.get("/instances"))).endsWith("AK access failed to reach the limit,forbidden");

        var locked = caller.get("/instances");
        assertThat(locked.status()).isEqualTo(401);
        assertThat(code(locked)).isEqualTo("APIGW.0301");
        assertThat(message(locked)).endsWith("AK access failed to reach the limit,forbidden");
        clock.advance(Duration.ofSeconds(299));
        assertThat(caller.get("/instances").status()).isEqualTo(401);
        clock.advance(Duration.ofSeconds(1));
        assertThat(caller.get("/instances").status()).isEqualTo(200);
    }

    @Test
    void aSuccessStartsTheCountOfFailuresAnew() throws IOException {
        var stranger = new Caller(cloud.endpoint(), clock, "wrong");
        for (var i = 0; i < 10; i++) {
            stranger.get("/instances");
            if (i == 4) {
                assertThat(caller.get("/instances").status()).isEqualTo(200);
            }
        }

        assertThat(caller.get("/instances").status()).isEqualTo(200);
    }

    private static String message(Answer answer) {
        return Caller.json(answer).path("error_msg").stringValue();
    }
}
