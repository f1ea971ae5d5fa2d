package io.backhaul.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both of Alibaba's signatures: the vendor's own vectors are believed, and nothing that was changed is. */
class AcsSignatureTest extends OceanBaseUnderTest {
    private static final Map<String, String> VECTOR = Map.of(
            "host", "oceanbasepro.cn-hangzhou.aliyuncs.com",
            "x-acs-date", "2024-01-04T09:39:49Z",
            "x-acs-signature-nonce", "3156853299f313e23d1673dc12e1703d",
            "x-acs-version", "2019-09-01");

    /** openapiutil 0.2.2 made them (tencent-aliyun.md 3.4). */
    @ParameterizedTest
    @CsvSource({
        "'', 0b5c676c01790b8d81a9b2c9c28832cc0e8a86ff9f9ba255c192ecf19a552a73",
        "STSTOKEN, c197798e4fedb7beec2b0f5469b2c3c6ffa260483b44e168f1a8a053428711d4"
    })
    void theVendorsOwnHeaderSignatureOfAFormIsGenuine(String token, String signature) {
        var headers = new TreeMap<>(VECTOR);
        headers.put("x-acs-action", "DescribeBackupSetDownloadLink");
        headers.put("content-type", "application/x-www-form-urlencoded");
        if (!token.isEmpty()) {
            headers.put("x-acs-accesskey-id", "testid");
            headers.put("x-acs-security-token", token);
        }

        var request = signed("POST", "/", headers, "InstanceId=ob317v4uif0001&DownloadTaskId=1000002", signature);

        var claim = new Acs3Signature("testsecret").claim(request).orElseThrow();
        assertThat(claim.isGenuine()).isTrue();
        assertThat(claim.token()).isEqualTo(token);
        assertThat(new Acs3Signature("other").claim(request).orElseThrow().isGenuine())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/?InstanceId=ob317v4uif0001&StartTime=2022-12-27T16%3A00%3A00Z&Key=a%20b%2A~%2F%2B",
                "/?Key=a+b*~/%2B&StartTime=2022-12-27T16:00:00Z&InstanceId=ob317v4uif0001",
                "http://oceanbasepro.cn-hangzhou.aliyuncs.com?InstanceId=ob317v4uif0001&Key=a%20b*~%2F%2B&StartTime=2022-12-27T16%3A00%3A00Z"
            })
    void theVendorsOwnHeaderSignatureOfAQueryIsGenuine(String target) {
        var headers = new TreeMap<>(VECTOR);
        headers.put("x-acs-action", "DescribeDataBackupSet");

        var request =
                signed("GET", target, headers, "", "9a12c8a512d0ec25f054fd85bf9cc8afe43262351ef1b88bcaf5b9f67d4d27c6");

        assertThat(new Acs3Signature("testsecret").claim(request).orElseThrow().isGenuine())
                .isTrue();
    }

    /** openapiutil 0.2.2 and aliyun-java-sdk-core 4.7.10 made them (tencent-aliyun.md 3.3). */
    @ParameterizedTest
    @CsvSource({
        "POST, '', 2j5uAuQQ6Ne+S55YY7HgkjLCN20=",
        "GET, '', FMoES3XpikilsAlKO1XGp0m3vbg=",
        "POST, &SecurityToken=STSTOKEN, FP9sz3LUUZr3mGBzU2gmOOMbEUg=",
        "GET, &SecurityToken=STSTOKEN, reqCx5UGx8+MEGNHrjxcz+q1Tmk="
    })
    void theVendorsOwnParameterSignatureIsGenuine(String method, String more, String signature) {
        var common = "AccessKeyId=testid&Action=DescribeBackupSetDownloadLink&Format=json&Version=2019-09-01"
                + "&Timestamp=2024-01-04T09%3A39%3A49Z&SignatureNonce=3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf"
                + "&SignatureMethod=HMAC-SHA1&SignatureVersion=1.0&Signature=" + Percent.encode(signature) + more;
        var business = "InstanceId=ob317v4uif0001&DownloadTaskId=1000002";
        var isPost = method.equals("POST");
        var body = new BytesContent(isPost ? business.getBytes(UTF_8) : new byte[0]);

        var request = new WireRequest(method, "/?" + common + (isPost ? "" : "&" + business), List.of(), body);

        var claim = new RpcSignature("testsecret")
                .claim(request, CallForm.of(request))
                .orElseThrow();
        assertThat(claim.isGenuine()).isTrue();
        assertThat(claim.nonce()).isEqualTo("3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf");
    }

    @Test
    void bothSignaturesAreTakenInFormAndQuery() throws IOException {
        var query = "InstanceId=ob1&PageSize=5";
        var get = caller.acs3("GET", query, "DescribeDataBackupSet", "", Map.of());
        var target = "/?" + caller.rpc("GET", "DescribeDataBackupSet", query, Map.of()) + "&" + query;
        var post = "/?" + caller.rpc("POST", "DescribeDataBackupSet", query, Map.of());

        assertThat(caller.call("DescribeDataBackupSet", query).status()).isEqualTo(200);
        assertThat(caller.send("GET", "/?" + query, get, "").status()).isEqualTo(200);
        assertThat(caller.send("GET", target, List.of(), "").status()).isEqualTo(200);
        assertThat(caller.send("POST", post, List.of(), query).body()).contains("\"SetId\":\"1001\"");
        assertThat(cloud.journal().requests(FaultTarget.operation(Operation.OCEANBASE_BACKUPS)))
                .hasSize(4)
                .allSatisfy(r -> assertThat(r.status()).isEqualTo(200));
    }

    @Test
    void theJournalKeepsTheActionAndNoSignature() throws IOException {
        var query = caller.rpc("GET", "DescribeInstances", "", Map.of());
        caller.call("DescribeInstances", "");
        caller.send("GET", "/?" + query, List.of(), "");

        var requests = cloud.journal().requests();

        assertThat(requests).hasSize(2);
        assertThat(requests.getFirst().header("x-acs-action")).hasValue("DescribeInstances");
        assertThat(requests.getLast().queryNames()).contains("AccessKeyId", "Signature");
        assertThat(requests.toString())
                .doesNotContain(AcsCaller.ID, "ACS3-HMAC", query.substring(query.lastIndexOf('=') + 1), "nonce-");
    }

    /** The client for Node sends its form in chunks. */
    @Test
    void aFormInChunksIsTaken() throws IOException {
        var form = "InstanceId=ob1";
        var headers = new ArrayList<>(caller.acs3("POST", "", "DescribeDataBackupSet", form, Map.of()));
        headers.add(new Header("Transfer-Encoding", "chunked"));

        var answer = caller.send("POST", "/", headers, "5\r\nInsta\r\n9\r\nnceId=ob1\r\n0\r\n\r\n");

        assertThat(answer.body()).contains("\"SetId\":\"1001\"");
    }

    @ParameterizedTest
    @CsvSource({"oceanbasepro.cn-hangzhou, 200", "oceanbasepro-vpc.cn-hangzhou, 200", "oceanbasepro.cn-beijing, 404"})
    void aProxysClientAsksForTheProductionHost(String host, int status) throws Exception {
        var proxy = new InetSocketAddress(
                cloud.endpoint().getHost(), cloud.endpoint().getPort());
        var target = "http://" + host + ".aliyuncs.com/?" + caller.rpc("GET", "DescribeInstances", "", Map.of());

        try (var client = HttpClient.newBuilder().proxy(ProxySelector.of(proxy)).build()) {
            var answer = client.send(HttpRequest.newBuilder(URI.create(target)).build(), BodyHandlers.ofString());

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "x-acs-action, DropEverything, 404, InvalidAction.NotFound",
        "x-acs-version, 2017-03-12, 400, InvalidVersion",
        "x-acs-security-token, t, 400, InvalidSecurityToken.Malformed",
        "x-acs-date, 2026-11-21T00:15:01Z, 400, InvalidTimeStamp.Expired",
        "x-acs-date, 2026-11-20T23:44:59Z, 400, InvalidTimeStamp.Expired",
        "x-acs-date, 20261121T000000Z, 400, InvalidTimeStamp.Format",
        "x-acs-content-sha256, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855, 400, SignatureDoesNotMatch"
    })
    void aSignedHeaderThatIsWrongIsRefused(String header, String value, int status, String code) throws IOException {
        var headers = caller.acs3("POST", "", "DescribeInstances", "PageSize=5", Map.of(header, value));

        assertRefused(caller.send("POST", "/", headers, "PageSize=5"), status, code);
    }

    @Test
    void fifteenMinutesApartIsNotTooFar() throws IOException {
        cloud.setClockAheadBy(Duration.ofMinutes(15));
        assertThat(caller.call("DescribeInstances", "").status()).isEqualTo(200);

        cloud.setClockAheadBy(Duration.ofMinutes(15).plusSeconds(1));
        assertRefused(caller.call("DescribeInstances", ""), 400, "InvalidTimeStamp.Expired");
    }

    @Test
    void everyHeaderOfTheApiMustBeSigned() throws IOException {
        var headers = new ArrayList<>(caller.acs3("POST", "", "DescribeInstances", "", Map.of()));
        headers.add(new Header("x-acs-more", "1"));

        assertRefused(caller.send("POST", "/", headers, ""), 400, "IncompleteSignature");
    }

    @Test
    void aBodyOrQueryThatIsNotTheSignedOneIsRefused() throws IOException {
        var headers = caller.acs3("POST", "", "DescribeInstances", "PageSize=5", Map.of());
        assertRefused(caller.send("POST", "/", headers, "PageSize=6"), 400, "SignatureDoesNotMatch");
        assertRefused(caller.send("POST", "/?More=1", headers, "PageSize=5"), 400, "SignatureDoesNotMatch");

        var query = caller.rpc("POST", "DescribeInstances", "PageSize=5", Map.of());
        assertRefused(caller.send("POST", "/?" + query, List.of(), "PageSize=6"), 400, "SignatureDoesNotMatch");
        assertThat(caller.send("POST", "/?" + query, List.of(), "PageSize=5").status())
                .as("a refused request does not use its nonce up")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "AccessKeyId, other, 404, InvalidAccessKeyId.NotFound",
        "Action, DropEverything, 404, InvalidAction.NotFound",
        "Version, 2017-03-12, 400, InvalidVersion",
        "SecurityToken, t, 400, InvalidSecurityToken.Malformed",
        "Timestamp, 2026-11-20T23:00:00Z, 400, InvalidTimeStamp.Expired",
        "SignatureMethod, HMAC-SHA256, 400, IncompleteSignature",
        "SignatureVersion, 2.0, 400, IncompleteSignature",
        "RegionId, cn-beijing, 404, InvalidRegionId.NotFound",
        "RegionId, cn-hangzhou, 200, ''"
    })
    void aSignedParameterThatIsWrongIsRefused(String name, String value, int status, String code) throws IOException {
        var query = caller.rpc("GET", "DescribeInstances", "", Map.of(name, value));

        var answer = caller.send("GET", "/?" + query, List.of(), "");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(Caller.json(answer).path("Code").asString("")).isEqualTo(code);
    }

    @Test
    void aNonceCountsOnceWhicheverWayItIsSigned() throws IOException {
        var headers = caller.acs3("POST", "", "DescribeInstances", "", Map.of());
        var query = "/?" + caller.rpc("GET", "DescribeInstances", "", Map.of());

        assertThat(caller.send("POST", "/", headers, "").status()).isEqualTo(200);
        assertRefused(caller.send("POST", "/", headers, ""), 400, "SignatureNonceUsed");
        assertThat(caller.send("GET", query, List.of(), "").status()).isEqualTo(200);
        assertRefused(caller.send("GET", query, List.of(), ""), 400, "SignatureNonceUsed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CreateBackupSetDownloadLink", "DescribeBackupSetDownloadLink"})
    void tasksAreAskedForByPostAlone(String action) throws IOException {
        var headers = caller.acs3("GET", "", action, "", Map.of());

        assertRefused(caller.send("GET", "/", headers, ""), 405, "UnsupportedHTTPMethod");
    }

    @ParameterizedTest
    @CsvSource({"'', 404, InvalidAccessKeyId.NotFound", "wrong, 400, InvalidSecurityToken.Malformed", "token, 200, ''"})
    void temporaryKeysNeedTheirToken(String token, int status, String code) throws IOException {
        var settings = CloudSettings.of(AcsCaller.ID, AcsCaller.SECRET, "unused", clock)
                .withRegion("cn-hangzhou")
                .withSecurityToken("token");
        try (var strict = new SimulatedCloud(settings)) {
            strict.start();
            var guest = new AcsCaller(strict.endpoint(), clock);
            var asHeader = token.isEmpty() ? Map.<String, String>of() : Map.of("x-acs-security-token", token);
            var asParameter = token.isEmpty() ? Map.<String, String>of() : Map.of("SecurityToken", token);
            var headers = guest.acs3("POST", "", "DescribeInstances", "", asHeader);
            var query = guest.rpc("GET", "DescribeInstances", "", asParameter);

            for (var answer :
                    List.of(guest.send("POST", "/", headers, ""), guest.send("GET", "/?" + query, List.of(), ""))) {
                assertThat(answer.status()).isEqualTo(status);
                assertThat(Caller.json(answer).path("Code").asString("")).isEqualTo(code);
            }
        }
    }

    private static void assertRefused(Answer answer, int status, String code) {
        assertThat(Caller.json(answer).path("Code").stringValue()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
    }

    private static WireRequest signed(
            String method, String target, Map<String, String> headers, String body, String signature) {
        var all = new TreeMap<>(headers);
        all.put("x-acs-content-sha256", Digests.sha256(body.getBytes(UTF_8)));
        var lines = new ArrayList<Header>();
        all.forEach((name, value) -> lines.add(new Header(name, value)));
        lines.add(new Header(
                "Authorization",
                "ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=" + String.join(";", all.keySet()) + ",Signature="
                        + signature));
        return new WireRequest(method, target, lines, new BytesContent(body.getBytes(UTF_8)));
    }
}
