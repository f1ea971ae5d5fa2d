package io.backhaul.provider.huawei;

import io.backhaul.backup.BackupId;
import io.backhaul.backup.Instance;
import io.backhaul.backup.InstanceId;
import io.backhaul.backup.ListedBackup;
import io.backhaul.backup.ListedBackup.Readiness;
import io.backhaul.provider.ApiAnswer;
import io.backhaul.provider.ApiRequest;
import io.backhaul.provider.Asked.Failed;
import io.backhaul.provider.Asked.Got;
import io.backhaul.provider.BackupsOutcome;
import io.backhaul.provider.Coverage;
import io.backhaul.provider.Fields;
import io.backhaul.provider.InstancesOutcome;
import io.backhaul.provider.LinksOutcome;
import io.backhaul.provider.OffsetPages.Rows;
import io.backhaul.provider.Provider;
import io.backhaul.provider.ProviderCalls;
import io.backhaul.provider.ProviderRuntime;
import io.backhaul.provider.Rate;
import io.backhaul.provider.Retention;
import io.backhaul.provider.Setback;
import io.backhaul.provider.Setback.Gone;
import io.backhaul.provider.Setback.Unavailable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Huawei Cloud DCS (Redis), by huawei.md 1.1 to 1.3 and 2.1. Safe for use by several threads. */
public final class HuaweiDcs implements Provider {
    private static final Logger log = LoggerFactory.getLogger(HuaweiDcs.class);

    /** Of one instance, automatic and manual together: said by one of Huawei's clouds, taken for all (1.3). */
    private static final int BACKUPS_KEPT = 24;

    /** No limit is published (5); this one is far below what gateways usually allow. */
    private static final Rate RATE = new Rate(10, 10);

    /** Behind these a vanished backup may hide (4.2). */
    private static final Set<Integer> PERHAPS_VANISHED = Set.of(400, 404, 500);

    private static final BackupsOutcome NO_BACKUPS = new BackupsOutcome.Listed(List.of(), new Coverage.Complete());

    private final HuaweiDcsSettings settings;
    private final ProviderCalls calls;
    private final DcsApi api;

    /** A source's own way to the provider; nothing is asked yet. */
    public HuaweiDcs(HuaweiDcsSettings settings, ProviderRuntime runtime) {
        var credential = settings.credential();
        var redactor = credential.redactor();
        var dialect = new DcsDialect(settings.projectId(), credential, redactor);
        this.settings = settings;
        this.calls = new ProviderCalls(runtime, dialect, "huawei " + credential.accessKey(), RATE);
        this.api = new DcsApi(settings.endpoint(), settings.projectId(), calls, redactor);
    }

    @Override
    public InstancesOutcome instances() {
        return switch (api.instances()) {
            case Failed<Rows<Fields>> failed -> failed.why();
            case Got<Rows<Fields>> got -> selected(usable(got.value(), DcsRows::instance, "list-instances"));
        };
    }

    @Override
    public BackupsOutcome backups(Instance instance) {
        return backups(instance.id());
    }

    @Override
    public LinksOutcome links(InstanceId instance, BackupId backup, Duration validity) {
        var fitted = DcsLinks.fitted(validity);
        var request = api.linksRequest(instance, backup, fitted);
        return switch (api.links(request)) {
            case Got<ApiAnswer> got -> granted(request, got.value(), fitted);
            case Failed<ApiAnswer> failed -> notGranted(instance, backup, failed);
        };
    }

    /** As the operator hints; the cap of 24 is documented. */
    @Override
    public Retention retention() {
        return new Retention(settings.retentionHint(), BACKUPS_KEPT);
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

    private InstancesOutcome selected(Usable<Instance> found) {
        var missing = settings.instances().missingFrom(found.rows());
        if (!missing.isEmpty() && found.coverage() instanceof Coverage.Complete) {
            log.warn(
                    "instances not found, the others go on: source={} ids={}; check the ids in the configuration",
                    settings.source(),
                    missing);
        }
        return new InstancesOutcome.Listed(settings.instances().of(found.rows()), found.coverage());
    }

    private BackupsOutcome backups(InstanceId instance) {
        return switch (api.backups(instance)) {
            case Failed<Rows<Fields>> failed -> hasNoBackups(failed) ? NO_BACKUPS : failed.why();
            case Got<Rows<Fields>> got -> {
                var found = usable(got.value(), DcsRows::backup, "list-backups instance=" + instance);
                yield new BackupsOutcome.Listed(found.rows(), found.coverage());
            }
        };
    }

    /** Single-node instances refuse to be asked, and have none. */
    private static boolean hasNoBackups(Failed<?> failed) {
        return failed.answer() != null && DcsErrors.faultOf(failed.answer()) == DcsFault.UNSUPPORTED;
    }

    private record Usable<T>(List<T> rows, Coverage coverage) {}

    /** A row that we cannot use may be one that we know: with it left out, nothing may be taken for gone. */
    private <T> Usable<T> usable(Rows<Fields> rows, Function<Fields, Optional<T>> read, String asked) {
        var usable = rows.rows().stream().map(read).flatMap(Optional::stream).toList();
        var unusable = rows.rows().size() - usable.size();
        if (unusable == 0) {
            return new Usable<>(usable, rows.coverage());
        }
        log.warn(
                "rows without a usable id or time are skipped: source={} {} rows={}; nothing counts as gone meanwhile",
                settings.source(),
                asked,
                unusable);
        var why = new Unavailable(asked + ": " + unusable + " rows without a usable id or time");
        return new Usable<>(usable, new Coverage.Partial(why));
    }

    private LinksOutcome granted(ApiRequest request, ApiAnswer answer, Duration validity) {
        return switch (api.fields(request, answer)) {
            case Failed<Fields> failed -> failed.why();
            case Got<Fields> got -> {
                warnOfACut(request, got.value());
                yield DcsLinks.read(got.value(), request.asked(), calls.issuedAt(answer), validity);
            }
        };
    }

    private void warnOfACut(ApiRequest request, Fields answer) {
        if (answer.list("links").map(List::size).orElse(0) >= DcsLinks.MOST_LINKS) {
            log.warn(
                    "as many links as an answer can hold, files may be missing: source={} {}; compare with its shards",
                    settings.source(),
                    request.subject());
        }
    }

    /** No code says that a backup is gone: only its listing does (4.2). */
    private LinksOutcome notGranted(InstanceId instance, BackupId backup, Failed<ApiAnswer> failed) {
        var answer = failed.answer();
        if (answer == null || !PERHAPS_VANISHED.contains(answer.status())) {
            return failed.why();
        }
        return switch (backups(instance)) {
            case Gone gone -> gone;
            case Setback setback -> notProvenGone(failed.why(), answer);
            case BackupsOutcome.Listed listed ->
                isAway(listed, backup)
                        ? new Gone(failed.why().reason() + "; the instance's backups are without it")
                        : notProvenGone(failed.why(), answer);
        };
    }

    private static boolean isAway(BackupsOutcome.Listed listed, BackupId backup) {
        return listed.backups().stream()
                .filter(one -> one.id().equals(backup))
                .findFirst()
                .map(ListedBackup::readiness)
                .map(readiness -> readiness == Readiness.DELETED)
                .orElseGet(() -> listed.coverage() instanceof Coverage.Complete);
    }

    /** Worth another try, unless the refusal was a clear one. */
    private static Setback notProvenGone(Setback why, ApiAnswer answer) {
        var isDoubtful = why instanceof Gone || DcsErrors.faultOf(answer) == DcsFault.DOUBTFUL;
        return isDoubtful ? new Unavailable(why.reason() + "; yet it is not known to be gone") : why;
    }
}
