package io.backhaul.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.ManualClock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Contract 3.2 with its vectors; vector D gives a result without its request, so there is nothing to check. */
class AkSkVerifierTest {
    private static final String PROJECT = Caller.PROJECT;
    private static final String BACKUPS = "/v2/" + PROJECT + "/instances/5560df16-cebf-4473-95c4-d1b573c16e79/backups";
    private static final String SIGNATURE_A = "c98f0c32dc6c7a56ca0957ecb62b7989371a33c67cfe824f38b59d06478e4550";
    private static final String SIGNATURE_B = "c2e80c8b69b93ab8fdd6d525d7da0da78654107093e256b9e4fdacfeb6c1c519";
    private static final String SIGNATURE_C = "5e2a960b194924292429f6400811804ca47d68a83010b83ebc108cb11d5150ac";
    private static final String SIGNATURE_E = "7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe";

    @Test
    void vectorAIsGenuineInAnyOrderOfItsQuery() {
        var sorted = BACKUPS + "?begin_time=20190510000000&end_time=20190511000000&limit=100&offset=0";
        var asSent = BACKUPS + "?offset=0&limit=100&begin_time=20190510000000&end_time=20190511000000";

        assertThat(vectorA(sorted, SIGNATURE_A)).isEqualTo("genuine");
        assertThat(vectorA(asSent, SIGNATURE_A)).isEqualTo("genuine");
    }

    @Test
    void anythingElseThanVectorAIsNot() {
        var asSent = BACKUPS + "?offset=0&limit=100&begin_time=20190510000000&end_time=20190511000000";

        assertThat(vectorA(asSent.replace("limit=100", "limit=101"), SIGNATURE_A))
                .isEqualTo("verify aksk signature fail");
        assertThat(vectorA(asSent.replace("/backups", "/backup"), SIGNATURE_A)).isEqualTo("verify aksk signature fail");
        assertThat(vectorA(asSent, SIGNATURE_B)).isEqualTo("verify aksk signature fail");
    }

    @Test
    void vectorBIsGenuineWithItsBodyOnly() {
        assertThat(vectorB("{\"expiration\":1800}")).isEqualTo("genuine");
        assertThat(vectorB("{\"expiration\":1801}")).isEqualTo("verify aksk signature fail");
    }

    @Test
    void vectorCIsGenuineWithItsTokenOnly() {
        assertThat(vectorC("gQ9jbi1ub3J0aC00.TOKEN")).isEqualTo("genuine");
        assertThat(vectorC("gQ9jbi1ub3J0aC00.OTHER")).isEqualTo("decrypt token fail");
    }

    @Test
    void vectorEIsGenuine() {
        var request = request(
                "GET",
                "/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs?limit=2&marker=13551d6b-755d-4757-b956-536f674975c0",
                "",
                "SDK-HMAC-SHA256 Access=AK, SignedHeaders=content-type;host;x-sdk-date, Signature=" + SIGNATURE_E,
                "content-type: application/json",
                "Host: service.region.example.com",
                "x-sdk-date: 20191115T033655Z");

        assertThat(judge("AK", "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc", "2019-11-15T03:36:55Z", request))
                .isEqualTo("genuine");
    }

    @Test
    void signaturesAreGoodForFifteenMinutesEitherWay() {
        assertThat(vectorAAt("2019-05-10T08:46:16Z")).isEqualTo("genuine");
        assertThat(vectorAAt("2019-05-10T08:16:16Z")).isEqualTo("genuine");
        assertThat(vectorAAt("2019-05-10T08:46:17Z"))
                .isEqualTo("calc aksk signature fail:signature expired, signature time:20190510T083116Z,"
                        + "server time:20190510T084617Z");
        assertThat(vectorAAt("2019-05-10T08:16:15Z")).startsWith("calc aksk signature fail:signature expired");
    }

    @Test
    void anUnknownKeyIsNamed() {
        assertThat(judge("OTHER", "s", "2019-05-10T08:31:16Z", requestA(BACKUPS, SIGNATURE_A)))
                .isEqualTo("Get secretKey failed,ak:AKIDEXAMPLE0000000001,err:ak not exist");
    }

    @Test
    void aRequestWithoutAuthorizationIsRefused() {
        var bare = new WireRequest("GET", "/v2/x/instances", List.of(), new BytesContent(new byte[0]));

        assertThat(judge("AK", "SK", "2019-05-10T08:31:16Z", bare)).isEqualTo("verify aksk signature fail");
    }

    @Test
    void namesAndValuesOfTheQueryAreEncodedAnewAndSortedByName() {
        var request = request("GET", "/a%41//b/?ip=1%2F2&Zed=a%20b&x", "", "", "x-sdk-date: now");

        assertThat(AkSkVerifier.canonicalRequest(request, List.of("x-sdk-date")))
                .startsWith("GET\n/a%2541//b/\nZed=a%20b&ip=1%2F2&x=\nx-sdk-date:now\n\nx-sdk-date\ne3b0c442");
    }

    @Test
    void aHashInAHeaderMustBeTheBodys() {
        var wrong = request("GET", "/", "body", "", "X-Sdk-Content-Sha256: 00", "x-sdk-date: 20190510T083116Z");
        var canonical = AkSkVerifier.canonicalRequest(wrong, List.of("x-sdk-date"));
        var text = "SDK-HMAC-SHA256\n20190510T083116Z\n" + Digests.sha256(canonical.getBytes(UTF_8));
        var signature = HexFormat.of().formatHex(Digests.hmac("HmacSHA256", "SK", text));
        var signed = request(
                "GET",
                "/",
                "body",
                "SDK-HMAC-SHA256 Access=AK, SignedHeaders=x-sdk-date, Signature=" + signature,
                "X-Sdk-Content-Sha256: 00",
                "x-sdk-date: 20190510T083116Z");

        assertThat(judge("AK", "SK", "2019-05-10T08:31:16Z", signed)).isEqualTo("verify aksk signature fail");
    }

    private static String vectorAAt(String instant) {
        var target = BACKUPS + "?offset=0&limit=100&begin_time=20190510000000&end_time=20190511000000";
        return judge(Caller.ACCESS_KEY, Caller.SECRET_KEY, instant, requestA(target, SIGNATURE_A));
    }

    private static String vectorA(String target, String signature) {
        return judge(Caller.ACCESS_KEY, Caller.SECRET_KEY, "2019-05-10T08:31:16Z", requestA(target, signature));
    }

    private static WireRequest requestA(String target, String signature) {
        return request(
                "GET",
                target,
                "",
                "SDK-HMAC-SHA256 Access=AKIDEXAMPLE0000000001, SignedHeaders=host;x-project-id;x-sdk-date, Signature="
                        + signature,
                "Host: dcs.cn-north-4.myhuaweicloud.com",
                "X-Project-Id: " + PROJECT,
                "X-Sdk-Date: 20190510T083116Z",
                "Content-Type: application/json");
    }

    private static String vectorB(String body) {
        var request = request(
                "POST",
                BACKUPS + "/4631832a-14c6-45b0-a0b3-3abd8f591ad1/links",
                body,
                "SDK-HMAC-SHA256 Access=AKIDEXAMPLE0000000001, "
                        + "SignedHeaders=host;user-agent;x-project-id;x-sdk-date, Signature=" + SIGNATURE_B,
                "Host: dcs.cn-north-4.myhuaweicloud.com",
                "User-Agent: huaweicloud-usdk-java/3.0",
                "X-Project-Id: " + PROJECT,
                "X-Sdk-Date: 20190820T134816Z");
        return judge(Caller.ACCESS_KEY, Caller.SECRET_KEY, "2019-08-20T13:48:16Z", request);
    }

    private static String vectorC(String token) {
        var request = request(
                "GET",
                "/v2/" + PROJECT + "/graphs/4c5f882d-a813-4d78-a8e3-6d3212ddd121/backup-files"
                        + "?backup_id=22aa0177-b20b-4f3a-8556-8147d6658ed8",
                "",
                "SDK-HMAC-SHA256 Access=TMPAK0000000000000001, "
                        + "SignedHeaders=host;x-project-id;x-sdk-date;x-security-token, Signature=" + SIGNATURE_C,
                "Host: 127.0.0.1:18080",
                "X-Security-Token: " + token,
                "X-Project-Id: " + PROJECT,
                "X-Sdk-Date: 20240726T080000Z");
        var clock = ManualClock.at("2024-07-26T08:00:00Z");
        var settings = CloudSettings.of("TMPAK0000000000000001", "TMPSK", PROJECT, clock)
                .withSecurityToken("gQ9jbi1ub3J0aC00.TOKEN");
        return new AkSkVerifier(settings, clock).refusal(request).orElse("genuine");
    }

    private static String judge(String accessKey, String secretKey, String now, WireRequest request) {
        var clock = ManualClock.at(now);
        var settings = CloudSettings.of(accessKey, secretKey, PROJECT, clock);
        return new AkSkVerifier(settings, clock).refusal(request).orElse("genuine");
    }

    private static WireRequest request(
            String method, String target, String body, String authorization, String... headers) {
        var list = new ArrayList<Header>();
        list.add(new Header("Authorization", authorization));
        for (var line : headers) {
            var pair = line.split(": ", 2);
            list.add(new Header(pair[0], pair[1]));
        }
        return new WireRequest(method, target, list, new BytesContent(body.getBytes(UTF_8)));
    }
}
