package io.backhaul.provider.huawei;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.provider.ApiAnswer;
import io.backhaul.provider.ApiRequest;
import io.backhaul.provider.Redactor;
import io.backhaul.provider.Setback;
import io.backhaul.provider.Setback.Denied;
import io.backhaul.provider.Setback.Throttled;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HuaweiErrorsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final ApiRequest REQUEST =
            ApiRequest.get("list-backups", "instance=i1", URI.create("https://dcs.example"), "/");

    /** Setback, HTTP status, codes: huawei.md 4.2 to 4.4, row by row. */
    private static final String TABLE = """
            Denied      401 DCS.1001 DCS.1002 DCS.1003 DCS.1004 111401001 111401002 111401003 111401004
            Denied      401 APIG.0301 APIG.0303 APIG.0307 APIGW.0301 APIGW.0303 APIGW.0307
            Denied      401 IAM.0001 IAM.0061 IAM.0062 IAM.0066 IAM.0067 none
            Denied      400 IAM.1105 IAM.1107 IAM.1108
            Refused     403 DCS.2003 DCS.2007 DCS.3002 DCS.3003 APIG.0302 APIGW.0306 APIG.0310 APIGW.0802 none
            Gone        404 DCS.3022 111404022
            Gone        400 DCS.4061 111400061
            Refused     400 DCS.4002 DCS.4004 DCS.4005 DCS.4062 DCS.4063 DCS.4800 DCS.4025 111400062 none DCS.9999
            Refused     404 DCS.4001 APIG.0101 APIGW.0101 none
            Refused     405 DCS.5001 none
            Refused     400 APIG.0201 APIGW.0201
            Refused     413 APIG.0201 none
            Refused     414 APIG.0201
            Refused     494 APIG.0201
            Busy        400 DCS.4017 DCS.4026 DCS.4049 DCS.4096 DCS.4097 DCS.4104 DCS.4108 DCS.4111 DCS.4113
            Busy        400 DCS.4114 DCS.4115 DCS.4116 DCS.4117 DCS.4118 DCS.4120 DCS.4121 DCS.4231 DCS.4975
            Busy        400 CBC.99003651 111400017 111400026 111400049 111400096 111400120
            Refused     400 DCS.4086 DCS.4095 DCS.4027 111400086 111400095 111400027
            Refused     400 DCS.4031 111400031
            Unavailable 500 DCS.5000 DCS.5024 DCS.5077 DCS.5078 DCS.5095 DCS.4069 111500000 111400069 IAM.0006 none
            Unavailable 500 APIG.0601 APIG.0605 APIGW.0606 APIGW.0611
            Unavailable 502 APIG.0201 APIGW.0201 APIG.0610 none
            Unavailable 503 APIG.0613 none
            Unavailable 504 APIG.0201 none
            Unavailable 408 none
            Unavailable 302 none
            Gone        400 GES.7000 GES.7024
            Gone        404 GES.0047
            Refused     400 GES.0001 GES.0016 GES.7040 GES.7041 GES.7048 GES.7049 GES.7050 GES.9999
            Busy        400 GES.7001 GES.7002 GES.7003 GES.7015 GES.7042 GES.7054
            Unavailable 400 GES.7004 GES.7006 GES.7051
            Unavailable 408 GES.7005
            Unavailable 500 GES.7006 GES.9999
            Unavailable 503 GES.9999
            Throttled   429 APIG.0308 APIGW.0308 IAM.0012 none
            """;

    static Stream<Arguments> rows() {
        return TABLE.lines().flatMap(line -> {
            var words = line.split(" +");
            return Arrays.stream(words)
                    .skip(2)
                    .map(code -> Arguments.of(words[0], Integer.parseInt(words[1]), code.equals("none") ? "" : code));
        });
    }

    @ParameterizedTest(name = "{1} {2} is {0}")
    @MethodSource("rows")
    void everyRowOfTheContractHasItsSetback(String expected, int status, String code) {
        var body = "{\"error_code\":\"" + code + "\",\"error_msg\":\"said so\"}";
        var setback = setback(answer(status, body));
        assertThat(setback.getClass().getSimpleName()).isEqualTo(expected);
        assertThat(setback.reason())
                .startsWith("list-backups instance=i1: HTTP " + status)
                .contains(code, "said so");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error_code\":\"DCS.4096\",\"error_msg\":\"busy, come later\"}",
                "{\"error_code\":\"DCS.4096\",\"error_msg\":\"busy, come later\",\"error_ext_msg\":null,\"request_id\":\"r\"}",
                "{\"errorCode\":\"DCS.4096\",\"errorMessage\":\"busy, come later\"}",
                "{\"error\":{\"code\":\"111400096\",\"message\":\"busy, come later\"}}",
                "{\"error\":{\"error_code\":\"DCS.4096\",\"error_msg\":\"busy, come later\"}}",
                "{\"error\":{\"code\":111400096,\"message\":\"busy, come later\",\"title\":\"Bad Request\"}}",
                "<?xml version=\"1.0\"?><Error><Code>DCS.4096</Code><Message>busy, come later</Message></Error>"
            })
    void everyEnvelopeIsOpened(String body) {
        assertThat(setback(answer(400, body)))
                .isInstanceOfSatisfying(
                        Setback.Busy.class, busy -> assertThat(busy.reason()).contains("096 busy, come later"));
    }

    @Test
    void aNullMessageIsNoMessage() {
        assertThat(setback(answer(400, "{\"error_code\":\"DCS.4096\",\"error_msg\":null}")))
                .isInstanceOf(Setback.Busy.class);
        assertThat(setback(answer(400, "{\"error_code\":null,\"error_msg\":null}")))
                .isInstanceOf(Setback.Refused.class);
    }

    @ParameterizedTest
    @CsvSource({
        "400, Unavailable",
        "403, Unavailable",
        "404, Unavailable",
        "503, Unavailable",
        "401, Denied",
        "429, Throttled"
    })
    void aPageForPeopleIsAProxysAndSaysNothingOfTheRequest(int status, String expected) {
        var setback = setback(answer(status, "\n<!DOCTYPE html><html>nginx</html>"));
        assertThat(setback.getClass().getSimpleName()).isEqualTo(expected);
    }

    @Test
    void anEmptyBodyGoesByItsStatus() {
        assertThat(setback(answer(403, ""))).isInstanceOf(Setback.Refused.class);
        assertThat(setback(answer(500, "")).reason()).isEqualTo("list-backups instance=i1: HTTP 500");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 400})
    void aLockedKeyRestsWhateverTheStatus(int status) {
        var body = "{\"error_code\":\"APIG.0308x\",\"error_msg\":\"AK access failed to reach the limit,forbidden.\"}";
        assertThat(setback(answer(status, body)))
                .isInstanceOfSatisfying(
                        Denied.class, denied -> assertThat(denied.probeAt()).isEqualTo("2026-11-21T12:05:00Z"));
    }

    @Test
    void throttlingObeysRetryAfterWhereItIsSent() {
        var body =
                "{\"error_code\":\"APIG.0308\",\"error_msg\":\"policy user over ratelimit,limit:100,time:1 minute\"}";
        assertThat(setback(answer(429, body)))
                .isInstanceOfSatisfying(
                        Throttled.class,
                        throttled -> assertThat(throttled.retryAt()).isNull());
        assertThat(setback(new ApiAnswer(429, Map.of("retry-after", "7"), body, null)))
                .isInstanceOfSatisfying(
                        Throttled.class,
                        throttled -> assertThat(throttled.retryAt()).isEqualTo("2026-11-21T12:00:07Z"));
    }

    @Test
    void aStaleSignatureIsToldFromAWrongOne() {
        var stale =
                "{\"error_code\":\"APIGW.0303\",\"error_msg\":\"Incorrect app authentication information: calc aksk "
                        + "signature fail:signature expired, signature time:20211217T064303Z,server time:20211217T065804Z\"}";
        assertThat(HuaweiErrors.isStaleSignature(answer(401, stale))).isTrue();
        assertThat(HuaweiErrors.isStaleSignature(answer(403, stale))).isFalse();
        assertThat(HuaweiErrors.isStaleSignature(answer(401, "{\"error_msg\":\"verify aksk signature fail\"}")))
                .isFalse();
    }

    /** Of all codes, only one says in so many words that a backup is no more. */
    @Test
    void aBackupThatIsGoneIsToldFromAnInstanceThatIs() {
        assertThat(HuaweiErrors.faultOf(answer(400, "{\"error_code\":\"GES.7024\"}")))
                .isEqualTo(HuaweiFault.BACKUP_GONE);
        assertThat(HuaweiErrors.faultOf(answer(400, "{\"errorCode\":\"GES.7000\"}")))
                .isEqualTo(HuaweiFault.INSTANCE_GONE);
    }

    @Test
    void theRequestsIdIsNamed() {
        var answer = new ApiAnswer(500, Map.of("x-request-id", "abc123"), "", null);
        assertThat(setback(answer).reason()).endsWith("HTTP 500 request-id=abc123");
    }

    private static Setback setback(ApiAnswer answer) {
        return new HuaweiErrors(() -> new Redactor(List.of())).setback(REQUEST, answer, NOW);
    }

    private static ApiAnswer answer(int status, String body) {
        return new ApiAnswer(status, Map.of(), body, null);
    }
}
