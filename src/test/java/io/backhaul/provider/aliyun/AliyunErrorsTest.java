package io.backhaul.provider.aliyun;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.provider.AccessKey;
import io.backhaul.provider.Advice;
import io.backhaul.provider.ApiAnswer;
import io.backhaul.provider.ApiRequest;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AliyunErrorsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final ApiRequest REQUEST =
            ApiRequest.get("list-backups", "instance=i1", URI.create("https://ob.example"), "/");

    /** Setback, status and codes: tencent-aliyun.md 4.3, row by row. */
    private static final String TABLE = """
            Denied      404 InvalidAccessKeyId.NotFound
            Denied      400 InvalidAccessKeyId InvalidAccessKeyId.Inactive SignatureDoesNotMatch IncompleteSignature
            Denied      400 InvalidSecurityToken.Expired InvalidSecurityToken.Malformed MissingSecurityToken
            Denied      401 SomethingNew.NobodyKnows
            Denied      400 InvalidTimeStamp.Expired InvalidTimeStamp.Format IllegalTimestamp
            Denied      403 Forbidden.RAM NoPermission Forbidden NoPermission.Product SomethingNew.NobodyKnows
            Denied      400 Forbidden.RAM NoPermission
            Unavailable 400 SignatureNonceUsed
            Throttled   400 Throttling Throttling.User Throttling.Api throttling.user ThrottlingError
            Throttled   429 Throttling Throttling.User SomethingNew.NobodyKnows
            Throttled   503 Throttling Throttling.Api
            Unavailable 500 InternalError InternalFailure UnknownError SomethingNew.NobodyKnows
            Unavailable 503 ServiceUnavailable ServiceUnavailableTemporary SomethingNew.NobodyKnows
            Unavailable 500 Instance.NotFound
            Unavailable 400 InternalError ServiceUnavailable
            Unavailable 408 RequestTimeout
            Unavailable 200 SomethingNew.NobodyKnows
            Gone        404 InvalidInstanceId.NotFound InstanceNotFound BackupSetNotExist SomethingNew.NobodyKnows
            Gone        400 Instance.NotExist InstanceNotExists BackupSet.NotFound BackupSetNotFound.Deleted
            Gone        403 Forbidden.InstanceNotFound
            Gone        200 BackupSetNotExist
            Refused     404 InvalidAction.NotFound InvalidApi.NotFound InvalidVersion InvalidProduct.NotFound
            Refused     404 InvalidRegionId.NotFound
            Refused     400 MissingParameter MissingParameter.InstanceId InvalidParameter InvalidParameter.PageSize
            Refused     400 UnsupportedOperation SomethingNew.NobodyKnows UnsupportedHTTPMethod
            Busy        400 IncorrectInstanceStatus OperationDenied.InstanceStatus TaskConflict
            Busy        409 SomethingNew.NobodyKnows
            Denied      200 Forbidden.RAM InvalidAccessKeyId.NotFound
            Throttled   200 Throttling.User
            """;

    private final AliyunErrors errors = new AliyunErrors(AccessKey.permanent("LTAISECRET", "SKSECRET"));

    static Stream<Arguments> rows() {
        return TABLE.lines().flatMap(line -> {
            var words = line.split(" +");
            return Arrays.stream(words).skip(2).map(code -> Arguments.of(words[0], Integer.valueOf(words[1]), code));
        });
    }

    @ParameterizedTest(name = "{1} {2} is {0}")
    @MethodSource("rows")
    void everyRowHasItsSetback(String expected, int status, String code) {
        var setback = setback(status, json(code, "said so")).orElseThrow();

        assertThat(setback.getClass().getSimpleName()).isEqualTo(expected);
        assertThat(setback.reason())
                .isEqualTo("list-backups instance=i1: HTTP " + status + " " + code + " said so request-id=r-1");
    }

    @ParameterizedTest(name = "{1} {2} is {0}")
    @MethodSource("rows")
    void everyRowHasItsSetbackAsXml(String expected, int status, String code) {
        var xml = "<?xml version='1.0' encoding='UTF-8'?>\n<Error><RequestId>r-1</RequestId><HostId>h</HostId><Code>"
                + code + "</Code><Message>said so</Message></Error>";

        var setback = setback(status, xml).orElseThrow();

        assertThat(setback.getClass().getSimpleName()).isEqualTo(expected);
        assertThat(setback.reason())
                .isEqualTo("list-backups instance=i1: HTTP " + status + " " + code + " said so request-id=r-1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "404 | InvalidAccessKeyId.NotFound    | unknown-key         | credentials.access-key",
                "400 | InvalidAccessKeyId.Inactive    | unknown-key         | credentials.access-key",
                "400 | InactiveAccessKey              | unknown-key         | credentials.access-key",
                "400 | SignatureDoesNotMatch          | wrong-secret        | credentials.secret-key",
                "400 | InvalidSecurityToken.Expired   | wrong-token         | credentials.session-token",
                "400 | InvalidSecurityToken.Malformed | wrong-token         | credentials.session-token",
                "400 | MissingSecurityToken           | wrong-token         | credentials.session-token",
                "400 | IncompleteSignature            | credentials-refused | credentials",
                "401 | SomethingNew.NobodyKnows       | credentials-refused | credentials",
                "400 | InvalidTimeStamp.Expired       | clock               | -",
                "403 | NoPermission                   | no-permission       | credentials",
                "404 | InvalidAction.NotFound         | not-the-api         | endpoint",
                "404 | InvalidVersion                 | not-the-api         | endpoint",
                "405 | UnsupportedHTTPMethod          | not-the-api         | endpoint",
                "404 | InvalidRegionId.NotFound       | wrong-region        | endpoint",
                "400 | UnsupportedRegion              | wrong-region        | endpoint",
                "400 | InvalidParameter.PageSize      | not-accepted        | -",
                "400 | Throttling.User                | throttled           | -",
                "404 | BackupSetNotExist              | gone                | -",
                "400 | TaskConflict                   | busy                | -",
                "400 | SignatureNonceUsed             | no-usable-answer    | -",
                "503 | ServiceUnavailable             | no-usable-answer    | -",
                "200 | SomethingNew.NobodyKnows       | no-usable-answer    | -"
            })
    void aRefusalSaysWhatIsBehindItAndWhichKeyToCorrect(int status, String code, String trouble, @Nullable String key) {
        var advice = setback(status, json(code, "said so")).orElseThrow().advice();

        assertThat(advice.trouble().word()).isEqualTo(trouble);
        assertThat(advice.keys()).isEqualTo(key == null ? List.of() : List.of(key));
    }

    /** 4.3: the code for a key that nobody knows is also what an expired token gets. */
    @ParameterizedTest
    @MethodSource("temporaryKeys")
    void anUnknownTemporaryKeyMayBeOneWhoseTokenHasExpired(AccessKey key) {
        var answer = new ApiAnswer(404, Map.of(), json("InvalidAccessKeyId.NotFound", "said so"), null);

        assertThat(new AliyunErrors(key)
                        .setback(REQUEST, answer, NOW)
                        .orElseThrow()
                        .advice())
                .isEqualTo(Advice.wrongToken());
    }

    static Stream<AccessKey> temporaryKeys() {
        return Stream.of(
                AccessKey.temporary("LTAISECRET", "SKSECRET", "TOKSECRET"),
                AccessKey.permanent("STS.NSECRET", "SKSECRET"));
    }

    @ParameterizedTest
    @EnumSource
    void aMissingPermissionIsNamedAsPoliciesWriteIt(AliyunSignature signature) {
        var request = signature.signer(OceanBase.KEY).calling(REQUEST, "DescribeInstances", "2019-09-01");
        var answer = new ApiAnswer(403, Map.of(), json("NoPermission", "said so"), null);

        assertThat(errors.setback(request, answer, NOW).orElseThrow().advice().how())
                .isEqualTo("grant oceanbase:DescribeInstances to the user of credentials");
    }

    @Test
    void whatIsNoAnswerOfTheApiSpeaksAgainstTheEndpointUnlessItIsTheProvidersOwnTrouble() {
        for (var status : List.of(200, 302, 400, 401, 403, 404)) {
            assertThat(setback(status, "<html>welcome</html>").orElseThrow().advice())
                    .isEqualTo(Advice.notTheApi("ob.example"));
        }
        assertThat(setback(502, "<html>bad gateway</html>").orElseThrow().advice())
                .isEqualTo(Advice.noUsableAnswer());
    }

    @Test
    void aRefusedCredentialRestsForFiveMinutes() {
        assertThat(setback(404, json("InvalidAccessKeyId.NotFound", "x")).orElseThrow())
                .isInstanceOfSatisfying(
                        Denied.class, denied -> assertThat(denied.probeAt()).isEqualTo(NOW.plusSeconds(300)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"RequestId\":\"r\"}",
                "{\"RequestId\":\"r\",\"Code\":\"200\",\"Success\":true}",
                "{\"Code\":\"OK\"}",
                "{\"Code\":null,\"Data\":{}}",
                "{\"Success\":\"true\"}"
            })
    void aSuccessIsNoSetback(String body) {
        assertThat(setback(200, body)).isEmpty();
    }

    @Test
    void anAnswerThatSaysItFailedIsNoSuccess() {
        assertThat(setback(200, "{\"RequestId\":\"r-1\",\"Success\":false,\"Message\":\"said so\"}")
                        .orElseThrow())
                .isEqualTo(new Unavailable("list-backups instance=i1: HTTP 200 said so request-id=r-1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "[]", "null", "<html>bad gateway</html>", "<!DOCTYPE html>", "{\"Code\":", "<Err"})
    void whatIsNoAnswerOfTheApiIsTroubleThatPasses(String body) {
        for (var status : List.of(200, 302, 400, 401, 403, 404, 500, 502, 503)) {
            assertThat(setback(status, body).orElseThrow()).isInstanceOf(Unavailable.class);
        }
        assertThat(setback(429, body).orElseThrow()).isInstanceOf(Throttled.class);
    }

    @ParameterizedTest
    @CsvSource({
        "400, Throttling.User,    7,  7",
        "503, Throttling.Api,     7,  7",
        "429, '',                 7,  7",
        "503, '',                 7,  7",
        "503, ServiceUnavailable, 7,  7",
        "400, Throttling,         '', ",
        "429, '',                 '', ",
        "400, Throttling,         soon, "
    })
    void retryAfterIsHeeded(int status, String code, String header, @Nullable Integer seconds) {
        var headers = header.isEmpty() ? Map.<String, String>of() : Map.of("retry-after", header);
        var body = code.isEmpty() ? "<html>slow down</html>" : json(code, "x");

        assertThat(errors.setback(REQUEST, new ApiAnswer(status, headers, body, null), NOW))
                .get()
                .isInstanceOfSatisfying(
                        Throttled.class,
                        throttled -> assertThat(throttled.retryAt())
                                .isEqualTo(seconds == null ? null : NOW.plusSeconds(seconds)));
    }

    @Test
    void aReasonShowsNeitherKeyNorLinkNorTheTextToSign() {
        var told = "Specified signature is not matched with our calculation. server string to sign is:"
                + "POST&%2F&SecurityToken%3DTOKSECRET";
        assertThat(setback(400, json("SignatureDoesNotMatch", told))
                        .orElseThrow()
                        .reason())
                .contains("not matched with our calculation")
                .doesNotContain("SECRET");
        var newer = "The signature does not match. LTAISECRET CanonicalRequest: x-acs-security-token:TOKSECRET";
        assertThat(setback(400, json("SignatureDoesNotMatch", newer))
                        .orElseThrow()
                        .reason())
                .doesNotContain("SECRET");
        assertThat(setback(502, "<html>LTAISECRET https://x/?LINKSECRET")
                        .orElseThrow()
                        .reason())
                .contains("HTTP 502 no answer of the API:")
                .doesNotContain("SECRET");
        assertThat(setback(200, "{\"InternalUrl\":\"x?LINKSECRET").orElseThrow().reason())
                .doesNotContain("SECRET");
    }

    @ParameterizedTest
    @CsvSource({
        "InvalidTimeStamp.Expired, true",
        "SignatureNonceUsed, true",
        "SignatureDoesNotMatch, false",
        "Throttling, false"
    })
    void onlyATimeOrANonceIsMendedByASignatureMadeAnew(String code, boolean expected) {
        var dialect = new AliyunDialect(AliyunSignature.ACS3.signer(OceanBase.KEY), OceanBase.KEY);

        assertThat(dialect.isStaleSignature(new ApiAnswer(400, Map.of(), json(code, "x"), null)))
                .isEqualTo(expected);
    }

    private Optional<Setback> setback(int status, String body) {
        return errors.setback(REQUEST, new ApiAnswer(status, Map.of(), body, null), NOW);
    }

    private static String json(String code, String message) {
        return "{\"RequestId\":\"r-1\",\"HostId\":\"h\",\"Code\":\"" + code + "\",\"Message\":\"" + message
                + "\",\"Recommend\":\"https://api.example/troubleshoot?q=x\"}";
    }
}
