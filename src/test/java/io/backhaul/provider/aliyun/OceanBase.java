package io.backhaul.provider.aliyun;

import io.backhaul.ManualClock;
import io.backhaul.backup.BackupId;
import io.backhaul.backup.Instance;
import io.backhaul.backup.InstanceId;
import io.backhaul.backup.SourceName;
import io.backhaul.config.InstanceSelection;
import io.backhaul.config.Network;
import io.backhaul.provider.AccessKey;
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

/** An Alibaba account with OceanBase at a scripted cloud, and what its answers look like. */
final class OceanBase implements AutoCloseable {
    static final InstanceId CLUSTER = new InstanceId("ob317v4uif0001");
    static final Instance INSTANCE = new Instance(CLUSTER, "orders", Map.of());
    static final BackupId SET = new BackupId("bak-1");
    static final AccessKey KEY = AccessKey.temporary("LTAISECRET01", "SKSECRET02", "TOKENSECRET03/+=");

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

    AliyunOceanBaseSettings settings(String region, AliyunSignature signature, Network network) {
        return new AliyunOceanBaseSettings(
                new SourceName("prod-ob"),
                cloud.endpoint(),
                region,
                KEY,
                signature,
                new InstanceSelection.All(),
                network,
                Duration.ofDays(7));
    }

    Provider source() {
        return source(Network.PUBLIC);
    }

    Provider source(Network network) {
        return source("cn-hangzhou", AliyunSignature.ACS3, network);
    }

    Provider source(String region, AliyunSignature signature, Network network) {
        return new AliyunOceanBase(settings(region, signature, network), runtime);
    }

    OceanBase then(Reply reply) {
        cloud.then(reply);
        return this;
    }

    /** Says the inside of an answer. */
    OceanBase says(String answer, String... headers) {
        return then(Reply.json("{\"RequestId\":\"r-1\"" + (answer.isEmpty() ? "" : ",") + answer + "}", headers));
    }

    OceanBase refuses(int status, String code) {
        return then(Reply.of(status, "{\"RequestId\":\"r-1\",\"Code\":\"" + code + "\",\"Message\":\"said so\"}"));
    }

    /** Lists one set, with the fields of its task. */
    OceanBase lists(String taskFields) {
        return says(sets(1, set("\"bak-1\"", "DONE", taskFields.isEmpty() ? "" : "," + taskFields)));
    }

    /** Describes a task. */
    OceanBase describes(String status, String more) {
        return says("\"Data\":{\"DownloadTaskId\":17,\"DownloadTaskStatus\":\"" + status + "\"" + more + "}");
    }

    Received request(int number) {
        return cloud.received().get(number);
    }

    /** What was asked of the cloud, one action after the other. */
    List<String> actions() {
        return cloud.received().stream().map(one -> one.header("x-acs-action")).toList();
    }

    /** The fields of a form. */
    Map<String, String> form(int number) {
        return fields(request(number).body());
    }

    static Map<String, String> fields(String form) {
        return Arrays.stream(form.split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    @Override
    public void close() throws IOException {
        cloud.close();
    }

    static String set(String id, String status, String more) {
        return "{\"SetId\":" + id + ",\"Status\":\"" + status + "\",\"StartTime\":\"2026-11-20T02:00:48Z\""
                + ",\"DataSize\":31457280000,\"DataVersion\":1678847020352" + more + "}";
    }

    static String sets(int total, String... rows) {
        return "\"TotalCount\":" + total + ",\"Data\":[" + String.join(",", rows) + "]";
    }
}
