package io.backhaul.catalog;

import io.backhaul.backup.BackupRef;
import io.backhaul.backup.BackupState;
import io.backhaul.backup.ByteCount;
import io.backhaul.backup.SetKey;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The right to work on one backup for a while. Every write made under it carries its epoch and writes nothing once
 * somebody else has taken the backup over.
 *
 * @param backupId the catalog's row
 * @param epoch counts the leases ever given on this backup
 * @param state in which the backup was claimed
 * @param size of all its files as the provider states it, or null where it does not
 * @param deadline after this it cannot be had any more, or null where that is not known
 * @param failures tries in a row that brought it no step further
 */
public record Lease(
        long backupId,
        BackupRef backup,
        Instant createdAt,
        long epoch,
        BackupState state,
        @Nullable ByteCount size,
        @Nullable Instant deadline,
        int failures,
        String instanceName,
        Map<String, String> given) {
    public Lease {
        given = Map.copyOf(given);
    }

    /** Whether nobody ever held one on this backup before: no file of it can be known. */
    public boolean isFirst() {
        return epoch == 1;
    }

    /** Where its set stands in every archive. */
    public SetKey key() {
        return new SetKey(backup, createdAt);
    }
}
