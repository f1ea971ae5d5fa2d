package io.backhaul.provider.huawei;

import io.backhaul.backup.BackupId;
import io.backhaul.backup.CheckResult;
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
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Huawei Cloud DCS (Redis), by huawei.md 1.1 to 1.3 and 2.1. Safe for use by several threads. */
public final class HuaweiDcs implements Provider {
    private static final Logger log = LoggerFactory.getLogger(HuaweiDcs.class);

    /** Of one instance, automatic and manual together: said by one of Huawei's clouds, taken for all (1.3). */
    private static final int BACKUPS_KEPT = 24;

    private static final ListCall INSTANCES =
            new ListCall("list-instances", "instances", "instance_num", DcsRows.INSTANCE_ID, 1000);
    private static final ListCall BACKUPS =
            new ListCall("list-backups", "backup_record_response", "total_num", DcsRows.BACKUP_ID, 100);

    private final HuaweiSettings settings;
    private final HuaweiListings listings;
    private final HuaweiCalls calls;

    /** A source's own way to the provider; nothing is asked yet. */
    public HuaweiDcs(HuaweiSettings settings, ProviderRuntime runtime) {
        this.settings = settings;
        this.listings = new HuaweiListings(settings);
        this.calls = new HuaweiCalls(settings, runtime);
    }

    @Override
    public InstancesOutcome instances() {
        return listings.instances(calls.list(INSTANCES, "", "/instances"), DcsRows::instance);
    }

    @Override
    public BackupsOutcome backups(Instance instance) {
        return backups(instance.id());
    }

    @Override
    public LinksOutcome links(InstanceId instance, BackupId backup, Duration validity) {
        var fitted = DcsLinks.fitted(validity);
        var request = linksRequest(instance, backup, fitted);
        return switch (calls.call(request)) {
            case Got<ApiAnswer> got -> granted(request, got.value(), fitted);
            case Failed<ApiAnswer> failed -> HuaweiListings.notGranted(backup, failed, () -> backups(instance));
        };
    }

    /** As the operator hints; the cap of 24 is documented. */
    @Override
    public Retention retention() {
        return new Retention(settings.retentionHint(), BACKUPS_KEPT);
    }

    @Override
    public Optional<CheckResult> completeness(List<String> names) {
        return DcsLinks.completeness(names);
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
        return "huawei-dcs " + settings.source();
    }

    private BackupsOutcome backups(InstanceId instance) {
        var asked = calls.list(BACKUPS, "instance=" + instance, of(instance) + "/backups");
        return listings.backups(instance, asked, DcsRows::backup);
    }

    /** Safe to ask for again, although a POST: each answer has fresh links. */
    private ApiRequest linksRequest(InstanceId instance, BackupId backup, Duration validity) {
        var about = "instance=" + instance + " backup=" + backup;
        var path = of(instance) + "/backups/" + PercentEncoding.encode(backup.value()) + "/links";
        // Mandatory, although one document leaves it out.
        return calls.post("links", about, path, "{\"expiration\":" + validity.toSeconds() + "}");
    }

    private static String of(InstanceId instance) {
        return "/instances/" + PercentEncoding.encode(instance.value());
    }

    private LinksOutcome granted(ApiRequest request, ApiAnswer answer, Duration validity) {
        return switch (calls.fields(request, answer)) {
            case Failed<Fields> failed -> failed.why();
            case Got<Fields> got -> {
                var outcome = DcsLinks.read(got.value(), request.asked(), calls.issuedAt(answer), validity);
                if (outcome instanceof LinksOutcome.Granted granted && DcsLinks.mayBeCut(granted.grant())) {
                    log.warn(
                            "as many links as an answer can hold, files may be missing; compare with its shards source={} asked={}",
                            settings.source(),
                            request.subject());
                }
                yield outcome;
            }
        };
    }
}
