package io.backhaul.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A backup of a Redis instance at Tencent (tencent-aliyun.md 1.1, 1.2).
 *
 * @param status as on the wire: 1 in another flow, 2 normal, 3 being exported, 4 exported, -1 expired, or any other
 * @param kept how long after its start the provider deletes it
 * @param kmsKeyId of an encrypted one; null for a plain one
 * @param files what API 2018-04-12 offers, one for each shard; v2 offers the first alone, which an export has made
 */
public record CrsBackup(
        String id,
        Instant startedAt,
        int status,
        Duration kept,
        @Nullable String kmsKeyId,
        List<BackupFile> files) {
    private static final Duration WEEK = Duration.ofDays(7);

    public CrsBackup {
        files = List.copyOf(files);
    }

    /** A finished plain backup, kept for a week. */
    public static CrsBackup of(String id, Instant startedAt, List<BackupFile> files) {
        return new CrsBackup(id, startedAt, 2, WEEK, null, files);
    }

    public CrsBackup withStatus(int other) {
        return new CrsBackup(id, startedAt, other, kept, kmsKeyId, files);
    }

    /** The same backup, encrypted with a key of that id. */
    public CrsBackup encryptedWith(String keyId) {
        return new CrsBackup(id, startedAt, status, kept, keyId, files);
    }

    /** The same backup with a life of its own. */
    public CrsBackup keptFor(Duration other) {
        return new CrsBackup(id, startedAt, status, other, kmsKeyId, files);
    }
}
