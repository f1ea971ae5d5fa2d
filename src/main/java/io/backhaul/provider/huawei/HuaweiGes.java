package io.backhaul.provider.huawei;

import io.backhaul.backup.BackupId;
import io.backhaul.backup.Instance;
import io.backhaul.backup.InstanceId;
import io.backhaul.provider.ApiAnswer;
import io.backhaul.provider.ApiRequest;
import io.backhaul.provider.Asked.Failed;
import io.backhaul.provider.Asked.Got;
import io.backhaul.provider.BackupsOutcome;
import io.backhaul.provider.Fields;
import io.backhaul.provider.InstancesOutcome;
import io.backhaul.provider.LinksOutcome;
import io.backhaul.provider.PercentEncoding;
import io.backhaul.provider.Provider;
import io.backhaul.provider.ProviderRuntime;
import io.backhaul.provider.Retention;
import io.backhaul.provider.huawei.HuaweiCalls.ListCall;
import java.time.Duration;

/**
 * Huawei Cloud GES (graphs), by huawei.md 1.4, 1.5 and 2.2. Safe for use by several threads.
 *
 * <p>Not verified against the real cloud, and read either way: whether {@code link_expired_time} has a zone; whether
 * epoch milliseconds come as number or text; which family its links are of. How large a page may be is not documented:
 * 100 is asked for, and a server that gives fewer is followed by offset. How long it keeps a backup is not documented
 * either, so the operator's hint counts, and GES.7024 at any time.
 */
public final class HuaweiGes implements Provider {
    private static final ListCall GRAPHS = new ListCall("list-instances", "graphs", "graph_count", GesRows.ID, 100);
    private static final ListCall BACKUPS =
            new ListCall("list-backups", "backup_list", "backup_count", GesRows.ID, 100);

    private final HuaweiSettings settings;
    private final HuaweiListings listings;
    private final HuaweiCalls calls;

    /** A source's own way to the provider; nothing is asked yet. */
    public HuaweiGes(HuaweiSettings settings, ProviderRuntime runtime) {
        this.settings = settings;
        this.listings = new HuaweiListings(settings);
        this.calls = new HuaweiCalls(settings, runtime);
    }

    @Override
    public InstancesOutcome instances() {
        return listings.instances(calls.list(GRAPHS, "", "/graphs"), GesRows::graph);
    }

    @Override
    public BackupsOutcome backups(Instance instance) {
        return backups(instance.id());
    }

    /** The validity counts for nothing: GES's links live an hour. */
    @Override
    public LinksOutcome links(InstanceId instance, BackupId backup, Duration validity) {
        var request = calls.get("links", "instance=" + instance + " backup=" + backup, of(instance) + "/backup-files")
                .asking("backup_id", backup.value());
        return switch (calls.call(request)) {
            case Got<ApiAnswer> got -> granted(request, got.value());
            case Failed<ApiAnswer> failed -> HuaweiListings.notGranted(backup, failed, () -> backups(instance));
        };
    }

    /** As the operator hints; there is a quota, but it refuses new backups and deletes no old ones (1.5). */
    @Override
    public Retention retention() {
        return new Retention(settings.retentionHint(), Retention.UNCAPPED);
    }

    @Override
    public boolean givesLinksFreely() {
        return true;
    }

    @Override
    public Duration clockOffset() {
        return calls.clockOffset();
    }

    @Override
    public void close() {
        calls.close();
    }

    @Override
    public String toString() {
        return "huawei-ges " + settings.source();
    }

    private BackupsOutcome backups(InstanceId graph) {
        var asked = calls.list(BACKUPS, "instance=" + graph, of(graph) + "/backups");
        return listings.backups(graph, asked, GesRows::backup);
    }

    private static String of(InstanceId graph) {
        return "/graphs/" + PercentEncoding.encode(graph.value());
    }

    private LinksOutcome granted(ApiRequest request, ApiAnswer answer) {
        return switch (calls.fields(request, answer)) {
            case Failed<Fields> failed -> failed.why();
            case Got<Fields> got -> GesLinks.read(got.value(), request.asked(), calls.issuedAt(answer));
        };
    }
}
