package io.backhaul.provider.tencent;

import io.backhaul.ManualClock;
import io.backhaul.backup.Instance;
import io.backhaul.backup.InstanceId;
import io.backhaul.backup.SourceName;
import io.backhaul.config.InstanceSelection;
import io.backhaul.config.Network;
import io.backhaul.provider.AccessKey;
import io.backhaul.provider.LenientJson;
import io.backhaul.provider.Provider;
import io.backhaul.provider.ProviderRuntime;
import io.backhaul.provider.ScriptedCloud;
import io.backhaul.provider.ScriptedCloud.Received;
import io.backhaul.provider.ScriptedCloud.Reply;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** A Tencent account at a scripted cloud, by either API, and what its answers look like. */
final class Crs implements AutoCloseable {
    static final InstanceId REDIS = new InstanceId("crs-aaaaaaaa");
    static final Instance INSTANCE = new Instance(REDIS, "redis", Map.of());
    static final AccessKey KEY = AccessKey.temporary("AKIDSECRET01", "SKSECRET02", "TOKENSECRET03");

    final ManualClock clock = ManualClock.at("2026-11-21T12:00:00Z");
    final AtomicLong nanos = new AtomicLong();
    final ScriptedCloud cloud = ScriptedCloud.start();
    final List<String> calls = new CopyOnWriteArrayList<>();
    final ProviderRuntime runtime = ProviderRuntime.of(clock, nanos::get, "1.2.3")
            .watchedBy((operation, outcome, took) -> {
                calls.add(operation + " " + outcome);
                // The rate limiter sees a second go by with each call.
                nanos.addAndGet(1_000_000_000L);
            });

    TencentCrsSettings settings(String region, Network network, Duration retentionHint) {
        return new TencentCrsSettings(
                new SourceName("prod-redis"),
                cloud.endpoint(),
                region,
                KEY,
                new InstanceSelection.All(),
                network,
                retentionHint);
    }

    Provider newer() {
        return newer("ap-guangzhou", Network.PUBLIC, Duration.ofDays(7));
    }

    Provider newer(String region, Network network, Duration retentionHint) {
        return new TencentCrs(settings(region, network, retentionHint), runtime);
    }

    Provider older() {
        return older(Network.PUBLIC);
    }

    Provider older(Network network) {
        return new TencentCrsV2(settings("ap-guangzhou", network, Duration.ofDays(30)), runtime);
    }

    Crs then(Reply reply) {
        cloud.then(reply);
        return this;
    }

    /** Says the inside of a Response. */
    Crs says(String response, String... headers) {
        return then(Reply.json("{\"Response\":{" + response + "}}", headers));
    }

    Crs refuses(String code) {
        return says("\"Error\":{\"Code\":\"" + code + "\",\"Message\":\"said so\"},\"RequestId\":\"r-1\"");
    }

    /** Says v2's data, with a total beside it. */
    Crs saysData(int total, String data) {
        return then(Reply.json("{\"code\":0,\"message\":\"\",\"codeDesc\":\"Success\",\"totalCount\":" + total
                + ",\"data\":{" + data + "}}"));
    }

    Crs refusesWithNumber(int code) {
        return then(Reply.json("{\"code\":" + code + ",\"message\":\"said so\"}"));
    }

    Received request(int number) {
        return cloud.received().get(number);
    }

    /** The fields of a JSON question, as texts. */
    Map<String, String> question(int number) {
        return LenientJson.parse(request(number).body())
                .orElseThrow()
                .given(List.of("InstanceId", "BackupId", "BeginTime", "EndTime", "Offset", "Limit", "Status"));
    }

    /** The fields of a form. */
    Map<String, String> form(int number) {
        return Arrays.stream(request(number).body().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    @Override
    public void close() throws IOException {
        cloud.close();
    }

    static String row(String id, String status, String more) {
        return "{\"BackupId\":\"" + id + "\",\"StartTime\":\"2026-11-20 02:00:48\",\"Status\":" + status
                + ",\"BackupType\":\"1\",\"BackupSize\":528,\"Locked\":0" + more + "}";
    }

    static String backups(int total, String... rows) {
        return "\"TotalCount\":" + total + ",\"BackupSet\":[" + String.join(",", rows) + "],\"RequestId\":\"r\"";
    }

    static String oldRow(String id, String status) {
        return "{\"backupId\":\"" + id + "\",\"startTime\":\"2026-11-20 02:00:48\",\"status\":" + status
                + ",\"backupType\":\"systemBackupInstance\",\"remark\":\"\",\"locked\":\"0\"}";
    }

    static String oldBackups(String... rows) {
        return "\"redisBackupSet\":[" + String.join(",", rows) + "]";
    }
}
