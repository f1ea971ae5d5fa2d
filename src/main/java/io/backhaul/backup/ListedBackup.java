package io.backhaul.backup;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A backup as one listing shows it.
 *
 * @param status the provider's own word, verbatim
 * @param createdAt when the backup was made; names its folder in an archive
 * @param size of all its files together where the provider states it, else null; a plausibility only, not every
 *     provider says what it counts
 * @param expiresAt when the provider deletes it, where its API says so, else null
 * @param given times, sizes and types exactly as the provider gave them, for the manifest
 */
public record ListedBackup(
        BackupId id,
        Readiness readiness,
        String status,
        Instant createdAt,
        @Nullable ByteCount size,
        @Nullable Instant expiresAt,
        Map<String, String> given) {
    /** What a provider's status word means to us. */
    public enum Readiness {
        /** Links can be asked for. */
        READY,
        /** In the making, or a word that we do not know: look again at the next listing. */
        NOT_YET,
        /** The provider failed to make it: there is nothing to bring home. */
        NEVER,
        /** Still listed, but its files are gone. */
        DELETED
    }

    public ListedBackup {
        given = Map.copyOf(given);
    }
}
