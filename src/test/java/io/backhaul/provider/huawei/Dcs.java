package io.backhaul.provider.huawei;

import io.backhaul.ManualClock;
import io.backhaul.backup.Instance;
import io.backhaul.backup.InstanceId;
import io.backhaul.backup.SourceName;
import io.backhaul.config.InstanceSelection;
import io.backhaul.provider.AccessKey;
import io.backhaul.provider.CallObserver;
import io.backhaul.provider.ProviderRuntime;
import io.backhaul.provider.ScriptedCloud;
import io.backhaul.provider.ScriptedCloud.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A DCS account at a scripted cloud, and what its answers look like. */
final class Dcs implements AutoCloseable {
    static final InstanceId REDIS = new InstanceId("5560df16-cebf-4473-95c4-d1b573c16e79");
    static final Instance INSTANCE = new Instance(REDIS, "redis", Map.of());
    static final HuaweiCredential.Signing KEY =
            new HuaweiCredential.Signing(AccessKey.temporary("AKIDSECRET01", "SKSECRET02", "TOKENSECRET03"));

    final ManualClock clock = ManualClock.at("2026-11-21T12:00:00Z");
    final AtomicLong nanos = new AtomicLong();
    final ScriptedCloud cloud = ScriptedCloud.start();
    final List<String> calls = new CopyOnWriteArrayList<>();
    final List<Duration> took = new CopyOnWriteArrayList<>();
    private final CallObserver observer = (operation, outcome, time) -> {
        calls.add(operation + " " + outcome);
        took.add(time);
    };
    final ProviderRuntime runtime =
            ProviderRuntime.of(clock, nanos::get, "1.2.3").watchedBy(observer);
    final HuaweiDcs source = source(new InstanceSelection.All());

    HuaweiDcs source(InstanceSelection selection) {
        return new HuaweiDcs(
                new HuaweiSettings(
                        new SourceName("prod-redis"),
                        cloud.endpoint(),
                        new HuaweiProject.Known("0123456789abcdef0123456789abcdef"),
                        KEY,
                        null,
                        selection,
                        Duration.ofDays(7)),
                runtime);
    }

    HuaweiDcs sourceOf(String... ids) {
        return source(new InstanceSelection.Listed(
                Set.of(ids).stream().map(InstanceId::new).collect(Collectors.toList())));
    }

    Dcs then(Reply reply) {
        cloud.then(reply);
        return this;
    }

    String target(int request) {
        return cloud.received().get(request).target();
    }

    @Override
    public void close() throws IOException {
        source.close();
        cloud.close();
    }

    static Reply error(int status, String code, String message, String... headers) {
        return Reply.of(status, "{\"error_code\":\"" + code + "\",\"error_msg\":\"" + message + "\"}", headers);
    }

    static Reply instances(int total, String... ids) {
        var rows = List.of(ids).stream()
                .map(id -> "{\"instance_id\":\"" + id + "\",\"name\":\"dcs-" + id + "\",\"engine\":\"Redis\","
                        + "\"capacity\":0,\"capacity_minor\":\".125\",\"publicip_id\":{},\"enterprise_project_id\":0}")
                .collect(Collectors.joining(","));
        return Reply.json("{\"instance_num\":" + total + ",\"instances\":[" + rows + "]}");
    }

    static Reply backups(int total, String... rows) {
        return Reply.json("{\"total_num\":" + total + ",\"backup_record_response\":[" + String.join(",", rows) + "]}");
    }

    static String backup(String id, String status) {
        return "{\"backup_id\":\"" + id + "\",\"status\":\"" + status + "\",\"size\":1024,\"progress\":\"100.00\","
                + "\"created_at\":\"2026-11-20T18:00:00.166Z\",\"error_code\":{},\"period\":{}}";
    }

    static String[] backups(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> backup("b" + i, "succeed"))
                .toArray(String[]::new);
    }

    static Reply links(String... links) {
        var rows = IntStream.range(0, links.length)
                .mapToObj(i -> "{\"file_name\":\"redis_" + i + ".rdb\",\"link\":\"" + links[i] + "\"}")
                .collect(Collectors.joining(","));
        return Reply.json("{\"file_path\":\"b/\",\"bucket_name\":\"dcsbackup\",\"links\":[" + rows + "]}");
    }

    static String link(String file, long expires) {
        return "https://dcsbackup.obs.cn-north-4.myhuaweicloud.com:443/" + file
                + "?AWSAccessKeyId=LINKSECRET04&Expires=" + expires + "&Signature=LINKSECRET05%3D";
    }
}
