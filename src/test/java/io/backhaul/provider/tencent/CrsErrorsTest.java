package io.backhaul.provider.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.provider.Advice;
import io.backhaul.provider.ApiAnswer;
import io.backhaul.provider.ApiRequest;
import io.backhaul.provider.Redactor;
import io.backhaul.provider.Setback;
import io.backhaul.provider.Setback.Denied;
import io.backhaul.provider.Setback.Throttled;
import io.backhaul.provider.Setback.Unavailable;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrsErrorsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final ApiRequest REQUEST =
            ApiRequest.get("list-backups", "instance=i1", URI.create("https://redis.example"), "/");

    /** Setback and codes: tencent-aliyun.md 4.1, row by row. */
    private static final String V2_TABLE = """
            Refused     4000 11201 6100 4600
            Gone        10701 11213 5000
            Denied      4100 4104 4105 4106
            Refused     4101 4102 4103 4110 4300
            Denied      4200 4500
            Throttled   4400
            Unavailable 6000 6200 5100 9999
            Busy        10711
            Refused     11214
            """;

    /** Setback and codes: tencent-aliyun.md 4.2, row by row. */
    private static final String V3_TABLE = """
            Unavailable FailedOperation.SystemError FailedOperation.Unknown FailedOperation
            Unavailable InternalError.DbOperationFailed InternalError.InternalError InternalError ServiceUnavailable
            Refused     InvalidParameter.InvalidParameter InvalidParameter.PermissionDenied InvalidParameter
            Refused     InvalidParameter.EmptyParam InvalidParameterValue MissingParameter UnknownParameter
            Gone        InvalidParameterValue.BackupNotExists ResourceNotFound.InstanceNotExists
            Gone        ResourceUnavailable.InstanceDeleted
            Busy        ResourceUnavailable.BackupStatusInvalid ResourceUnavailable.BackupStatusAbnormal
            Busy        ResourceUnavailable.BackupLockedError ResourceUnavailable.InstanceLockedError
            Busy        ResourceUnavailable.InstanceIsolated ResourceUnavailable ResourceInUse ResourceNotFound
            Unavailable ResourceUnavailable.CallOssError
            Refused     UnauthorizedOperation UnauthorizedOperation.NoCAMAuthed UnauthorizedOperation.UserNotInWhiteList
            Refused     UnsupportedOperation.ClusterInstanceAccessedDeny UnsupportedOperation.IsAutoRenewError
            Refused     UnsupportedOperation.OnlyClusterInstanceCanExportBackup UnsupportedOperation
            Refused     ActionOffline InvalidAction UnsupportedRegion NoSuchVersion AuthFailure.UnauthorizedOperation
            Throttled   RequestLimitExceeded RequestLimitExceeded.UinLimitExceeded LimitExceeded.RateLimitExceeded
            Denied      AuthFailure.SignatureExpire AuthFailure.SignatureFailure AuthFailure.SecretIdNotFound
            Denied      AuthFailure.InvalidSecretId AuthFailure.InvalidAuthorization AuthFailure.TokenFailure
            Denied      AuthFailure.MFAFailure AuthFailure
            Unavailable SomethingNew.NobodyKnows
            """;

    private final CrsErrors errors = new CrsErrors(new Redactor(List.of("AKIDSECRET")));

    static Stream<Arguments> v2() {
        return rows(V2_TABLE);
    }

    static Stream<Arguments> v3() {
        return rows(V3_TABLE);
    }

    private static Stream<Arguments> rows(String table) {
        return table.lines().flatMap(line -> {
            var words = line.split(" +");
            return Arrays.stream(words).skip(1).map(code -> Arguments.of(words[0], code));
        });
    }

    @ParameterizedTest(name = "{1} is {0}")
    @MethodSource("v3")
    void everyRowOfTheNewerTableHasItsSetback(String expected, String code) {
        var setback = setback(200, v3(code, "said so")).orElseThrow();

        assertThat(setback.getClass().getSimpleName()).isEqualTo(expected);
        assertThat(setback.reason()).startsWith("list-backups instance=i1: " + code + " said so request-id=r-1");
    }

    @ParameterizedTest(name = "{1} is {0}")
    @MethodSource("v2")
    void everyRowOfTheOlderTableHasItsSetback(String expected, String code) {
        var asNumber = "{\"code\":" + code + ",\"message\":\"said so\",\"codeDesc\":\"\"}";
        var asText = "{\"code\":\"" + code + "\",\"message\":\"said so\"}";

        for (var body : List.of(asNumber, asText)) {
            var setback = setback(200, body).orElseThrow();
            assertThat(setback.getClass().getSimpleName()).isEqualTo(expected);
            assertThat(setback.reason())
                    .isEqualTo("list-backups instance=i1: " + code + " said so"
                            + (setback.reason().endsWith("(no permission)") ? " (no permission)" : ""));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "5100, OperationFailed,   (11213)backup is not there,    Gone",
        "4000, InvalidParameter,  (10701)no such instance,       Gone",
        "4000, InvalidParameter,  (10711) status,                Busy",
        "5100, BackupNotExists,   nothing,                       Gone",
        "5100, InstanceNotExists, nothing,                       Gone",
        "5100, BackupStatusInvalid, nothing,                     Busy",
        "5100, BackupStatusAbnormal, nothing,                    Busy",
        "5100, OnlyClusterInstanceCanExportBackup, nothing,      Refused",
        "11213, InvalidParameter, nothing,                       Gone",
        "4000, InvalidParameter,  (100004)projectId incorrect,   Refused",
        "1,    RequestLimitExceeded, nothing,                    Throttled"
    })
    void aCodeOfTheProductCountsWhereverItStands(String code, String name, String message, String expected) {
        var body = "{\"code\":" + code + ",\"codeDesc\":\"" + name + "\",\"message\":\"" + message + "\"}";

        assertThat(setback(200, body).orElseThrow().getClass().getSimpleName()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Response\":{\"RequestId\":\"r\"}}",
                "{\"Response\":{\"Error\":null,\"TotalCount\":0}}",
                "{\"code\":0,\"message\":\"\",\"codeDesc\":\"Success\"}",
                "{\"code\":\"0\",\"message\":\"\"}"
            })
    void aSuccessIsNoSetback(String body) {
        assertThat(setback(200, body)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{}", "[]", "null", "<html>bad gateway</html>", "{\"Response\":[]}", "{\"message\":\"x\"}"})
    void whatIsNoAnswerOfTheApiIsTroubleThatPasses(String body) {
        for (var status : List.of(200, 302, 400, 403, 404, 500, 502, 503)) {
            assertThat(setback(status, body).orElseThrow()).isInstanceOf(Unavailable.class);
        }
        assertThat(setback(429, body).orElseThrow()).isInstanceOf(Throttled.class);
    }

    @Test
    void aRefusalCountsWhateverItsStatus() {
        assertThat(setback(503, v3("AuthFailure.SecretIdNotFound", "x")).orElseThrow())
                .isEqualTo(new Denied(
                        "list-backups instance=i1: AuthFailure.SecretIdNotFound x request-id=r-1",
                        NOW.plusSeconds(300),
                        Advice.unknownKey()));
    }

    @Test
    void aSuccessWithAnotherStatusIsNone() {
        assertThat(setback(500, "{\"Response\":{}}").orElseThrow()).isInstanceOf(Unavailable.class);
    }

    @Test
    void theNewerHostMayAnswerInTheOlderEnvelope() {
        assertThat(setback(200, "{\"code\":4400,\"message\":\"slow down\",\"codeDesc\":\"RequestLimitExceeded\"}")
                        .orElseThrow())
                .isEqualTo(new Throttled("list-backups instance=i1: 4400 RequestLimitExceeded slow down", null));
    }

    @Test
    void retryAfterIsHeeded() {
        var answer = new ApiAnswer(200, Map.of("retry-after", "7"), v3("RequestLimitExceeded", "x"), null);

        assertThat(errors.setback(REQUEST, answer, NOW))
                .get()
                .isEqualTo(new Throttled(
                        "list-backups instance=i1: RequestLimitExceeded x request-id=r-1", NOW.plusSeconds(7)));
    }

    @Test
    void aReasonShowsNeitherKeyNorLink() {
        var body = v3("AuthFailure.SignatureFailure", "AKIDSECRET with Signature=SIGSECRET at https://x/?q=LINKSECRET");

        assertThat(setback(200, body).orElseThrow().reason()).doesNotContain("SECRET");
        assertThat(setback(502, "<html>AKIDSECRET https://x/?LINKSECRET")
                        .orElseThrow()
                        .reason())
                .doesNotContain("SECRET");
    }

    private Optional<Setback> setback(int status, String body) {
        return errors.setback(REQUEST, new ApiAnswer(status, Map.of(), body, null), NOW);
    }

    private static String v3(String code, String message) {
        return "{\"Response\":{\"Error\":{\"Code\":\"" + code + "\",\"Message\":\"" + message
                + "\"},\"RequestId\":\"r-1\"}}";
    }
}
