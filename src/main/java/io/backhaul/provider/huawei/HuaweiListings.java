package io.backhaul.provider.huawei;

import io.backhaul.backup.BackupId;
import io.backhaul.backup.Instance;
import io.backhaul.backup.InstanceId;
import io.backhaul.backup.ListedBackup;
import io.backhaul.backup.ListedBackup.Readiness;
import io.backhaul.provider.ApiAnswer;
import io.backhaul.provider.Asked;
import io.backhaul.provider.Asked.Failed;
import io.backhaul.provider.BackupsOutcome;
import io.backhaul.provider.Coverage;
import io.backhaul.provider.Fields;
import io.backhaul.provider.InstancesOutcome;
import io.backhaul.provider.LinksOutcome;
import io.backhaul.provider.OffsetPages.Rows;
import io.backhaul.provider.Setback;
import io.backhaul.provider.Setback.Gone;
import io.backhaul.provider.Setback.Unavailable;
import io.backhaul.provider.SourceLists;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** What the lists of DCS and GES come to: which rows serve, and what an absence among them proves. */
final class HuaweiListings {
    /** Behind these a vanished backup may hide (4.2). */
    private static final Set<Integer> PERHAPS_VANISHED = Set.of(400, 404, 500);

    private static final BackupsOutcome NO_BACKUPS = new BackupsOutcome.Listed(List.of(), new Coverage.Complete());

    private final SourceLists lists;

    HuaweiListings(HuaweiSettings settings) {
        this.lists = new SourceLists(settings.source(), settings.instances());
    }

    /** The source's instances. */
    InstancesOutcome instances(Asked<Rows<Fields>> asked, Function<Fields, Optional<Instance>> read) {
        return lists.instances(asked, read);
    }

    /** An instance's backups. */
    BackupsOutcome backups(
            InstanceId instance, Asked<Rows<Fields>> asked, Function<Fields, Optional<ListedBackup>> read) {
        return asked instanceof Failed<Rows<Fields>> failed && hasNoBackups(failed)
                ? NO_BACKUPS
                : lists.backups(asked, read, "instance=" + instance);
    }

    /**
     * What a refusal of links means: few codes say that a backup is gone, so its listing must (4.2, 4.3).
     *
     * @param listing the backups of its instance, asked for only where they can tell
     */
    static LinksOutcome notGranted(BackupId backup, Failed<ApiAnswer> failed, Supplier<BackupsOutcome> listing) {
        var answer = failed.answer();
        if (answer == null
                || !PERHAPS_VANISHED.contains(answer.status())
                || HuaweiErrors.faultOf(answer) == HuaweiFault.BACKUP_GONE) {
            return failed.why();
        }
        return switch (listing.get()) {
            case Gone gone -> gone;
            case Setback setback -> notProvenGone(failed.why(), answer);
            case BackupsOutcome.Listed listed ->
                isAway(listed, backup)
                        ? new Gone(failed.why().reason() + "; the instance's backups are without it")
                        : notProvenGone(failed.why(), answer);
        };
    }

    /** Single-node instances refuse to be asked, and have none. */
    private static boolean hasNoBackups(Failed<?> failed) {
        return failed.answer() != null && HuaweiErrors.faultOf(failed.answer()) == HuaweiFault.UNSUPPORTED;
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
        var isDoubtful = why instanceof Gone || HuaweiErrors.faultOf(answer) == HuaweiFault.DOUBTFUL;
        return isDoubtful ? new Unavailable(why.reason() + "; yet it is not known to be gone") : why;
    }
}
