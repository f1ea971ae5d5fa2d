package io.backhaul.provider.huawei;

import io.backhaul.ManualClock;
import io.backhaul.backup.BackupId;
import io.backhaul.backup.Instance;
import io.backhaul.backup.InstanceId;
import io.backhaul.backup.SourceName;
import io.backhaul.config.InstanceSelection;
import io.backhaul.provider.AccessKey;
import io.backhaul.provider.LinksOutcome;
import io.backhaul.provider.ProviderRuntime;
import io.backhaul.provider.ScriptedCloud;
import io.backhaul.provider.ScriptedCloud.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A GES account at a scripted cloud, and what its answers look like. */
final class Ges implements AutoCloseable {
    static final InstanceId GRAPH = new InstanceId("4c5f882d-a813-4d78-a8e3-6d3212ddd121");
    static final Instance INSTANCE = new Instance(GRAPH, "roads", Map.of());
    static final BackupId BACKUP = new BackupId("b1");
    static final String PROJECT = "0123456789abcdef0123456789abcdef";
    static final HuaweiCredential KEY = new HuaweiCredential.Signing(AccessKey.permanent("AKIDSECRET01", "SKSECRET02"));
    static final IamUser USER = new IamUser("backhaul", "PASSWORDSECRET04", "acme");

    final ManualClock clock = ManualClock.at("2026-11-21T12:00:00Z");
    final AtomicLong nanos = new AtomicLong();
    final ScriptedCloud cloud = ScriptedCloud.start();
    final List<String> calls = new CopyOnWriteArrayList<>();
    final ProviderRuntime runtime = ProviderRuntime.of(clock, nanos::get, "1.2.3")
            .watchedBy((operation, outcome, took) -> calls.add(operation + " " + outcome));
    final HuaweiGes source;

    private Ges(HuaweiCredential credential, HuaweiProject project) {
        source = new HuaweiGes(
                new HuaweiSettings(
                        new SourceName("prod-graphs"),
                        cloud.endpoint(),
                        project,
                        credential,
                        cloud.endpoint(),
                        new InstanceSelection.All(),
                        Duration.ofDays(7)),
                runtime);
    }

    /** Signs, in a known project. */
    static Ges withKey() {
        return new Ges(KEY, new HuaweiProject.Known(PROJECT));
    }

    /** Signs, and asks for its project. */
    static Ges withKeyOfRegion(String region) {
        return new Ges(KEY, new HuaweiProject.OfRegion(region));
    }

    /** Has a password, and asks for tokens of a region's project. */
    static Ges withUserOfRegion(String region) {
        return new Ges(USER, new HuaweiProject.OfRegion(region));
    }

    /** Has a password, and asks for tokens of a known project. */
    static Ges withUser() {
        return new Ges(USER, new HuaweiProject.Known(PROJECT));
    }

    Ges then(Reply reply) {
        cloud.then(reply);
        return this;
    }

    String target(int request) {
        return cloud.received().get(request).target();
    }

    LinksOutcome links() {
        return source.links(GRAPH, BACKUP, Duration.ofHours(1));
    }

    @Override
    public void close() throws IOException {
        source.close();
        cloud.close();
    }

    static Reply graphs(String... ids) {
        var rows = List.of(ids).stream()
                .map(id -> "{\"id\":\"" + id + "\",\"name\":\"graph-" + id + "\",\"status\":\"200\"}")
                .toList();
        return Reply.json("{\"graph_count\":" + ids.length + ",\"graphs\":[" + String.join(",", rows) + "]}");
    }

    static Reply backups(int total, String... rows) {
        return Reply.json("{\"backup_count\":" + total + ",\"backup_list\":[" + String.join(",", rows) + "]}");
    }

    static String backup(String id, String status) {
        return "{\"id\":\"" + id + "\",\"status\":\"" + status + "\",\"size\":3,\"start_timestamp\":1790186400000,"
                + "\"start_time\":\"2026-09-23T18:00:00\",\"backup_method\":\"auto\",\"encrypted\":false}";
    }

    static Reply files(String... files) {
        return Reply.json("{\"bucket\":\"ges\",\"files\":[" + String.join(",", files) + "]}");
    }

    static String file(String name, String link, String expires) {
        return "{\"name\":\"" + name + "\",\"size\":1024,\"download_link\":\"" + link + "\",\"link_expired_time\":\""
                + expires + "\"}";
    }

    /** IAM's word for a token: text, last instant, project. */
    static Reply token(String text, String expires, String project) {
        return Reply.of(
                201,
                "{\"token\":{\"expires_at\":\"" + expires + "\",\"project\":{\"id\":\"" + project + "\"}}}",
                "X-Subject-Token: " + text);
    }

    static Reply projects(String... ids) {
        var rows = List.of(ids).stream().map(id -> "{\"id\":\"" + id + "\"}").toList();
        return Reply.json("{\"projects\":[" + String.join(",", rows) + "]}");
    }
}
