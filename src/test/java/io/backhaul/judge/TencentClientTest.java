package io.backhaul.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backhaul.judge.TencentJudge.Keys;
import io.backhaul.judge.TencentJudge.Way;
import io.backhaul.simulator.BackupFile;
import io.backhaul.simulator.CloudSettings;
import io.backhaul.simulator.Content;
import io.backhaul.simulator.CrsBackup;
import io.backhaul.simulator.CrsInstance;
import io.backhaul.simulator.SimulatedCloud;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tencent's own clients go from list to link to file at our simulator: what pleases them is close to the real thing. */
class TencentClientTest {
    private static final TencentJudge JUDGE = VendorJudge.load("tencent", "TencentSdk", TencentJudge.class);
    private static final Keys KEYS = new Keys("AKIDtestsecretid", "testsecretkey", "TOKEN/+=", "ap-guangzhou");

    /** The vendor's client signs by the wall clock. */
    private final Clock clock = Clock.systemUTC();

    private final AtomicInteger nonces = new AtomicInteger();
    private final SimulatedCloud cloud =
            new SimulatedCloud(CloudSettings.of(KEYS.secretId(), KEYS.secretKey(), "unused", clock)
                    .withSecurityToken(KEYS.token())
                    .withRegion(KEYS.region()));

    @BeforeEach
    void start() {
        cloud.start();
        var made = clock.instant().minus(Duration.ofDays(1));
        cloud.crs().add(CrsInstance.cluster("crs-cccccccc", "sessions", 2, 8192));
        cloud.crs().add(CrsInstance.standard("crs-ssssssss", "orders", 1024));
        cloud.crs().add("crs-cccccccc", CrsBackup.of("c1", made, List.of(file("one"), file("two"))));
        cloud.crs().add("crs-ssssssss", CrsBackup.of("s1", made, List.of(file("three"))));
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    @ParameterizedTest
    @CsvSource({"ENDPOINT,POST", "ENDPOINT,GET", "PROXY,POST", "PROXY,GET"})
    void theClientGoesFromListToLink(Way way, String method) throws Exception {
        var at = cloud.endpoint();
        assertThat(JUDGE.instances(at, way, method, KEYS, 0, 100))
                .containsExactly("crs-cccccccc 2 2", "crs-ssssssss 2 1");
        assertThat(JUDGE.instances(at, way, method, KEYS, 1, 1)).containsExactly("crs-ssssssss 2 1");
        var year = LocalDate.now(clock).minusDays(20);
        assertThat(JUDGE.backups(
                        at, way, method, KEYS, "crs-cccccccc", year + " 00:00:00", year.plusDays(29) + " 23:59:59"))
                .containsExactly("c1 2 528");
        var links = JUDGE.links(at, way, method, KEYS, "crs-cccccccc", "c1");
        assertThat(links).hasSize(2);
        var second = links.getLast().split(" ", -1);
        assertThat(second).startsWith("two.rdb", "3");
        assertThat(fetched(second[2])).isEqualTo("two");
        assertThat(fetched(second[3])).isEqualTo("two");
    }

    @Test
    void aRefusalIsTheClientsException() {
        assertThatThrownBy(() -> JUDGE.links(cloud.endpoint(), Way.PROXY, "POST", KEYS, "crs-cccccccc", "none"))
                .hasMessageContaining("InvalidParameterValue.BackupNotExists");
        var wrong = new Keys(KEYS.secretId(), "wrong", KEYS.token(), KEYS.region());
        assertThatThrownBy(() -> JUDGE.instances(cloud.endpoint(), Way.PROXY, "POST", wrong, 0, 1))
                .hasMessageContaining("AuthFailure.SignatureFailure");
        assertThatThrownBy(() -> JUDGE.instances(cloud.endpoint(), Way.PROXY, "GET", wrong, 0, 1))
                .hasMessageContaining("AuthFailure.SignatureFailure");
    }

    @ParameterizedTest
    @CsvSource({"GET,HmacSHA1", "GET,HmacSHA256", "POST,HmacSHA1", "POST,HmacSHA256"})
    void theOlderClientGoesFromListToLink(String method, String algorithm) throws Exception {
        assertThat(call(method, algorithm, "DescribeRedis", Map.of("limit", "20", "offset", "0")))
                .contains("\"code\":0", "\"totalCount\":2", "\"redisId\":\"crs-cccccccc\"", "\"typeId\":\"1\"");
        assertThat(call(
                        method,
                        algorithm,
                        "GetRedisBackupList",
                        Map.of(
                                "limit",
                                "20",
                                "offset",
                                "0",
                                "redisId",
                                "crs-ssssssss",
                                "beginTime",
                                "2026-01-01 00:00:00")))
                .contains("\"backupId\":\"s1\"", "\"status\":\"2\"");
        var ids = Map.of("redisId", "crs-ssssssss", "backupId", "s1");
        var answer = Pattern.compile("\"extranet\":\"([^\"]+)\"")
                .matcher(call(method, algorithm, "GetBackupDownloadUrl", ids));
        assertThat(answer.find()).isTrue();
        assertThat(fetched(answer.group(1))).isEqualTo("three");
        var cluster = Map.of("redisId", "crs-cccccccc", "backupId", "c1");
        assertThat(call(method, algorithm, "GetBackupDownloadUrl", cluster)).contains("10711");
        assertThat(call(method, algorithm, "ExportRedisBackup", cluster)).contains("\"requestId\"");
    }

    private String call(String method, String algorithm, String action, Map<String, String> parameters) {
        var all = new HashMap<>(parameters);
        all.put("Action", action);
        all.put("Timestamp", Long.toString(clock.instant().getEpochSecond()));
        all.put("Nonce", Integer.toString(nonces.incrementAndGet()));
        return JUDGE.callV2(cloud.endpoint(), method, algorithm, KEYS, all);
    }

    private static BackupFile file(String word) {
        return BackupFile.of(word + ".rdb", Content.text(word));
    }

    private static String fetched(String link) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(link)).build(), BodyHandlers.ofString())
                    .body();
        }
    }
}
