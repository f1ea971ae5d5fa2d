package io.backhaul.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.ManualClock;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tencent's APIs where they are strict, and where their clients differ; the vendor's own clients judge the rest. */
class CrsApiTest {
    private static final String ID = "AKIDtest";
    private static final String SECRET = "secret";

    private final ManualClock clock = ManualClock.at("2026-11-21T12:00:00Z");
    private final SimulatedCloud cloud =
            new SimulatedCloud(CloudSettings.of(ID, SECRET, "unused", clock).withRegion("ap-guangzhou"));

    @BeforeEach
    void start() {
        cloud.start();
        cloud.crs().add(CrsInstance.cluster("crs-c", "sessions", 2, 2048));
        cloud.crs().add(CrsInstance.standard("crs-s", "orders", 1024));
        var made = Instant.parse("2026-11-20T18:00:00Z");
        var file = BackupFile.of("a.rdb", Content.text("0123456789"));
        cloud.crs().add("crs-c", CrsBackup.of("c1", made, List.of(file)));
        cloud.crs().add("crs-s", CrsBackup.of("s1", made, List.of(file)));
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    /** The client for Node leaves out the port; one behind a gateway signs the product's host (6.1). */
    @ParameterizedTest
    @CsvSource({"AS_SENT,redis", "AS_SENT,127", "127.0.0.1,127", "127.0.0.1,redis", "redis.tencentcloudapi.com,redis"})
    void theHostsAndServicesThatClientsSignAreBelieved(String host, String service) throws IOException {
        assertThat(call("DescribeInstances", "{}", host, service)).contains("\"TotalCount\":2");
    }

    @ParameterizedTest
    @CsvSource({"example.org,redis", "AS_SENT,cvm"})
    void anyOtherIsNot(String host, String service) throws IOException {
        assertThat(call("DescribeInstances", "{}", host, service)).contains("AuthFailure.SignatureFailure");
    }

    @ParameterizedTest
    @CsvSource({
        "X-TC-Version,2017-03-12,NoSuchVersion",
        "X-TC-Region,mars,UnsupportedRegion",
        "X-TC-Region,'',MissingParameter",
        "X-TC-Token,t,AuthFailure.TokenFailure",
        "X-TC-Timestamp,1,AuthFailure.SignatureExpire",
        "X-TC-Action,DropEverything,InvalidAction",
        "Authorization,TC3-HMAC-SHA256,AuthFailure.InvalidAuthorization"
    })
    void aHeaderThatIsWrongIsRefusedWithStatus200(String header, String value, String code) throws IOException {
        var headers = headers("DescribeInstances", "{}", "AS_SENT", "redis").stream()
                .filter(h -> !h.isCalled(header))
                .collect(Collectors.toCollection(ArrayList::new));
        headers.add(new Header(header, value));

        var answer = send("POST", "/", headers, "{}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains(code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"InstanceId\":\"crs-c\",\"Limit\":101}",
                "{\"InstanceId\":\"crs-c\",\"Limit\":20,\"Offset\":7}",
                "{\"InstanceId\":\"crs-c\",\"BeginTime\":\"2026-10-01 00:00:00\",\"EndTime\":\"2026-10-31 00:00:01\"}",
                "{\"InstanceId\":\"crs-c\",\"BeginTime\":\"yesterday\"}"
            })
    void aListIsNotGivenForAWrongQuestion(String question) throws IOException {
        assertThat(call("DescribeInstanceBackups", question, "AS_SENT", "redis"))
                .contains("InvalidParameter.InvalidParameter");
    }

    @Test
    void onlyNormalBackupsAreListedUnlessOthersAreAskedFor() throws IOException {
        cloud.crs().changeStatus("c1", 1);

        assertThat(call("DescribeInstanceBackups", "{\"InstanceId\":\"crs-c\"}", "AS_SENT", "redis"))
                .contains("\"TotalCount\":0");
        assertThat(call("DescribeInstanceBackups", "{\"InstanceId\":\"crs-c\",\"Status\":[1]}", "AS_SENT", "redis"))
                .contains("\"TotalCount\":1", "\"StartTime\":\"2026-11-21 02:00:00\"");
        assertThat(call("DescribeBackupUrl", "{\"InstanceId\":\"crs-c\",\"BackupId\":\"c1\"}", "AS_SENT", "redis"))
                .contains("ResourceUnavailable.BackupStatusInvalid");
    }

    @Test
    void aDoomedBackupIsListedUntilItsLinksAreAskedFor() throws IOException {
        cloud.crs().loseWhenAsked("s1");

        assertThat(call("DescribeInstanceBackups", "{\"InstanceId\":\"crs-s\"}", "AS_SENT", "redis"))
                .contains("\"s1\"");
        assertThat(call("DescribeBackupUrl", "{\"InstanceId\":\"crs-s\",\"BackupId\":\"s1\"}", "AS_SENT", "redis"))
                .contains("InvalidParameterValue.BackupNotExists");
        assertThat(call("DescribeInstanceBackups", "{\"InstanceId\":\"crs-s\"}", "AS_SENT", "redis"))
                .doesNotContain("\"s1\"");
        assertThat(call("DescribeBackupUrl", "{\"InstanceId\":\"crs-c\",\"BackupId\":\"c1\"}", "AS_SENT", "redis"))
                .contains("DownloadUrl");
    }

    @Test
    void aStoreLinkIsForItsPathHostAndMethod() throws IOException {
        var answer = call("DescribeBackupUrl", "{\"InstanceId\":\"crs-s\",\"BackupId\":\"s1\"}", "AS_SENT", "redis");
        var link = CrsErrors.read(answer.getBytes(UTF_8))
                .at("/Response/BackupInfos/0/DownloadUrl")
                .stringValue();
        var target = link.substring(cloud.endpoint().toString().length());

        assertThat(send("GET", target, List.of(new Header("Range", "bytes=7-")), "")
                        .body())
                .isEqualTo("789");
        assertThat(send("GET", target, List.of(new Header("Range", "bytes=10-")), "")
                        .status())
                .isEqualTo(416);
        assertThat(send("GET", target, List.of(new Header("If-Match", "\"x\"")), "")
                        .status())
                .isEqualTo(412);
        assertThat(send("HEAD", target, List.of(), "").status()).isEqualTo(403);
        assertThat(send("GET", target.replace("a.rdb", "%61.rdb"), List.of(), "")
                        .status())
                .as("the path counts decoded")
                .isEqualTo(200);
        assertThat(send("GET", target.replaceFirst("q-signature=.", "q-signature=z"), List.of(), "")
                        .body())
                .contains("SignatureDoesNotMatch");
        assertThat(send("GET", target.replaceFirst("\\?.*", ""), List.of(), "").body())
                .contains("<Code>AccessDenied</Code>", "Access Denied.");
    }

    @Test
    void theOlderApiTakesNoRequestTwice() throws IOException {
        var form = form("DescribeRedis", 7, "&limit=20&offset=0");

        assertThat(post(form)).contains("\"code\":0");
        assertThat(post(form)).contains("4500");
        assertThat(post(form("DescribeRedis", 8, "&limit=20&offset=0").replace("limit=20", "limit=21")))
                .contains("4100");
    }

    @ParameterizedTest
    @CsvSource({
        "GetRedisBackupList, &redisId=none&limit=20&offset=0, 10701",
        "GetRedisBackupList, &redisId=crs-c&limit=x&offset=0, 11201",
        "GetBackupDownloadUrl, &redisId=crs-s&backupId=none, 11213",
        "GetBackupDownloadUrl, &redisId=crs-c&backupId=c1, 10711",
        "ExportRedisBackup, &redisId=crs-s&backupId=s1, 11214",
        "DropEverything, '', 6100"
    })
    void theOlderApiRefusesByNumber(String action, String more, String code) throws IOException {
        assertThat(post(form(action, 1, more))).contains("\"code\":" + code);
    }

    private String call(String action, String body, String host, String service) throws IOException {
        return send("POST", "/", headers(action, body, host, service), body).body();
    }

    private List<Header> headers(String action, String body, String host, String service) {
        var date = "2026-11-21";
        var stamp = Long.toString(clock.instant().getEpochSecond());
        var signed = host.equals("AS_SENT") ? cloud.endpoint().getAuthority() : host;
        var canonical = "POST\n/\n\ncontent-type:application/json\nhost:" + signed + "\n\ncontent-type;host\n"
                + Digests.sha256(body.getBytes(UTF_8));
        var scope = date + "/" + service + "/tc3_request";
        var key = Digests.hmac("HmacSHA256", ("TC3" + SECRET).getBytes(UTF_8), date);
        key = Digests.hmac("HmacSHA256", Digests.hmac("HmacSHA256", key, service), "tc3_request");
        var text = "TC3-HMAC-SHA256\n" + stamp + "\n" + scope + "\n" + Digests.sha256(canonical.getBytes(UTF_8));
        return List.of(
                new Header("Content-Type", "application/json"),
                new Header("X-TC-Action", action),
                new Header("X-TC-Version", "2018-04-12"),
                new Header("X-TC-Region", "ap-guangzhou"),
                new Header("X-TC-Timestamp", stamp),
                new Header(
                        "Authorization",
                        "TC3-HMAC-SHA256 Credential=" + ID + "/" + scope
                                + ", SignedHeaders=content-type;host, Signature="
                                + HexFormat.of().formatHex(Digests.hmac("HmacSHA256", key, text))));
    }

    private String form(String action, int nonce, String more) {
        var all = "Action=" + action + "&Nonce=" + nonce + "&Region=ap-guangzhou&SecretId=" + ID + "&Timestamp="
                + clock.instant().getEpochSecond() + more;
        var sorted = new TreeMap<String, String>();
        for (var pair : all.split("&", -1)) {
            sorted.put(pair.split("=", 2)[0], pair);
        }
        var text = "POST" + cloud.endpoint().getAuthority() + "/v2/index.php?" + String.join("&", sorted.values());
        var signature = Base64.getEncoder().encodeToString(Digests.hmac("HmacSHA1", SECRET, text));
        return all + "&Signature=" + Percent.encode(signature);
    }

    private String post(String form) throws IOException {
        var type = List.of(new Header("Content-Type", "application/x-www-form-urlencoded"));
        return send("POST", "/v2/index.php", type, form).body();
    }

    private Answer send(String method, String target, List<Header> headers, String body) throws IOException {
        try (var exchange = RawExchange.send(cloud.endpoint(), method, target, headers, body)) {
            return exchange.answer();
        }
    }
}
