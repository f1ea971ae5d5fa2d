package io.backhaul.provider.tencent;

import io.backhaul.backup.BackupId;
import io.backhaul.backup.InstanceId;
import io.backhaul.backup.ListedBackup;
import io.backhaul.backup.ListedBackup.Readiness;
import io.backhaul.provider.Asked.Failed;
import io.backhaul.provider.Asked.Got;
import io.backhaul.provider.BackupsOutcome;
import io.backhaul.provider.Coverage;
import io.backhaul.provider.Fields;
import io.backhaul.provider.LinksOutcome;
import io.backhaul.provider.LinksOutcome.Preparing;
import io.backhaul.provider.LookAgain;
import io.backhaul.provider.OffsetPages.Rows;
import io.backhaul.provider.Setback;
import io.backhaul.provider.Setback.Busy;
import io.backhaul.provider.Setback.Gone;
import io.backhaul.provider.SourceLists;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What to do about a backup that has no link (tencent-aliyun.md 1.1): a cluster's must be exported first, once, and is
 * then looked at again and again until its link is there. Which export was asked for is kept in memory; after a restart
 * the list's status tells. Safe for use by several threads.
 */
final class V2Exports {
    /** An export that shows no sign of life for so long is asked for once more. */
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    /** What the list calls a backup in no flow. */
    private static final String AT_REST = "2";

    private record Export(String task, Instant askedAt) {}

    private record Key(InstanceId instance, BackupId backup) {}

    private final V2Api api;
    private final V2Rows rows;
    private final SourceLists lists;
    private final Clock clock;
    private final ConcurrentHashMap<Key, Export> exports = new ConcurrentHashMap<>();

    V2Exports(V2Api api, V2Rows rows, SourceLists lists, Clock clock) {
        this.api = api;
        this.rows = rows;
        this.lists = lists;
        this.clock = clock;
    }

    /** The link is there: nothing to remember any more. */
    void done(InstanceId instance, BackupId backup) {
        exports.remove(new Key(instance, backup));
    }

    /**
     * Finds out why there is no link, and asks for an export where that is missing.
     *
     * @param why what the question for the link came to
     */
    LinksOutcome without(InstanceId instance, BackupId backup, Busy why) {
        return switch (lists.backups(api.backups(instance), rows::backup, "instance=" + instance)) {
            case Setback setback -> setback;
            case BackupsOutcome.Listed listed ->
                listed.backups().stream()
                        .filter(one -> one.id().equals(backup))
                        .findFirst()
                        .map(one -> listed(instance, one, why))
                        .orElseGet(() -> unlisted(listed, why));
        };
    }

    private static LinksOutcome unlisted(BackupsOutcome.Listed listed, Busy why) {
        return listed.coverage() instanceof Coverage.Complete
                ? new Gone(why.reason() + "; the instance's backups are without it")
                : why;
    }

    private LinksOutcome listed(InstanceId instance, ListedBackup backup, Busy why) {
        if (backup.readiness() == Readiness.DELETED) {
            return new Gone(why.reason() + "; listed with status " + backup.status());
        }
        return switch (backup.status()) {
            case V2Rows.EXPORTING -> preparing(exports.get(new Key(instance, backup.id())));
            case AT_REST -> isCluster(instance) ? exported(instance, backup.id(), why) : why;
            default -> why;
        };
    }

    private LinksOutcome exported(InstanceId instance, BackupId backup, Busy why) {
        var key = new Key(instance, backup);
        var earlier = exports.get(key);
        if (earlier != null && clock.instant().isBefore(earlier.askedAt().plus(PATIENCE))) {
            return preparing(earlier);
        }
        return switch (api.export(instance, backup)) {
            case Got<String> got -> {
                var export = new Export(got.value(), clock.instant());
                exports.put(key, export);
                yield preparing(export);
            }
            case Failed<String> failed -> isNoCluster(failed) ? why : failed.why();
        };
    }

    private Preparing preparing(@Nullable Export export) {
        var task = export == null || export.task().isEmpty() ? "export" : export.task();
        var now = clock.instant();
        return new Preparing(task, export == null ? LookAgain.latest(now) : LookAgain.at(now, export.askedAt()));
    }

    /** What cannot be found out is taken for no cluster: the question comes again. */
    private boolean isCluster(InstanceId instance) {
        return switch (api.instance(instance)) {
            case Failed<Rows<Fields>> failed -> false;
            case Got<Rows<Fields>> got ->
                got.value().rows().stream()
                        .filter(row -> row.text(V2Rows.INSTANCE_ID)
                                .filter(instance.value()::equals)
                                .isPresent())
                        .anyMatch(V2Rows::isCluster);
        };
    }

    private static boolean isNoCluster(Failed<?> failed) {
        return failed.answer() != null
                && CrsErrors.faultOf(failed.answer())
                        .filter(fault -> fault == CrsFault.UNSUPPORTED)
                        .isPresent();
    }
}
