package io.backhaul.provider.aliyun;

import io.backhaul.backup.BackupId;
import io.backhaul.backup.CheckResult;
import io.backhaul.backup.Instance;
import io.backhaul.backup.InstanceId;
import io.backhaul.provider.Asked;
import io.backhaul.provider.Asked.Got;
import io.backhaul.provider.BackupsOutcome;
import io.backhaul.provider.Fields;
import io.backhaul.provider.InstancesOutcome;
import io.backhaul.provider.LinksOutcome;
import io.backhaul.provider.OffsetPages.Rows;
import io.backhaul.provider.Provider;
import io.backhaul.provider.ProviderCalls;
import io.backhaul.provider.ProviderRuntime;
import io.backhaul.provider.Rate;
import io.backhaul.provider.Retention;
import io.backhaul.provider.SourceLists;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * ApsaraDB for OceanBase (tencent-aliyun.md 1.3, 2.3). Safe for use by several threads.
 *
 * <p>A set is converted by a download task before it has links, so the first answer for one is a preparation; a task at
 * work is waited for even where it shows links already. Times without a zone are read so that a deadline may come early and
 * never late, see {@code OceanBaseTimes}. Instances that are listed as deleted or not yet made are left out. A set
 * is gone when neither the list nor a request for a task knows it: what one refusal says not to exist may be the task.
 */
public final class AliyunOceanBase implements Provider {
    /** Per operation; the console's usual quota is 200 a minute (5). */
    private static final Rate RATE = new Rate(3, 10);

    private final AliyunOceanBaseSettings settings;
    private final ProviderCalls calls;
    private final OceanBaseApi api;
    private final OceanBaseRows rows;
    private final SourceLists lists;
    private final DownloadTasks tasks;

    /** A source's own way to the provider; nothing is asked yet. */
    public AliyunOceanBase(AliyunOceanBaseSettings settings, ProviderRuntime runtime) {
        var credential = settings.credential();
        var redactor = credential.redactor();
        var signer = settings.signature().signer(credential);
        var zone = OceanBaseTimes.zone(settings.region(), settings.endpoint());
        this.settings = settings;
        this.calls =
                new ProviderCalls(runtime, new AliyunDialect(signer, credential), "aliyun " + credential.id(), RATE);
        this.api = new OceanBaseApi(settings.endpoint(), signer, calls, redactor);
        this.rows = new OceanBaseRows(zone);
        this.lists = new SourceLists(settings.source(), settings.instances());
        this.tasks = new DownloadTasks(api, new TaskLinks(settings.network(), zone), runtime.clock());
    }

    @Override
    public InstancesOutcome instances() {
        return lists.instances(api.instances().then(AliyunOceanBase::thoseThere), rows::instance);
    }

    @Override
    public BackupsOutcome backups(Instance instance) {
        return lists.backups(api.backups(instance.id()), rows::backup, "instance=" + instance.id());
    }

    /** The validity is the provider's own choice. */
    @Override
    public LinksOutcome links(InstanceId instance, BackupId backup, Duration validity) {
        return tasks.links(instance, backup);
    }

    @Override
    public Optional<CheckResult> completeness(List<String> names) {
        return Optional.of(TaskLinks.completeness(names.size()));
    }

    /** As the operator hints. */
    @Override
    public Retention retention() {
        return new Retention(settings.retentionHint(), Retention.UNCAPPED);
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
        return "aliyun-oceanbase " + settings.source();
    }

    private static Asked<Rows<Fields>> thoseThere(Rows<Fields> all) {
        var there = all.rows().stream().filter(OceanBaseRows::isThere).toList();
        return new Got<>(new Rows<>(there, all.coverage()));
    }
}
