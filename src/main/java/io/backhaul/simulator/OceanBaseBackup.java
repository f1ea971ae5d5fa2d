package io.backhaul.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A backup set of a cluster (tencent-aliyun.md 1.3). Words are as on the wire, and may be words that no document knows.
 *
 * @param id the set's
 * @param status {@code DONE} for a finished one
 * @param validity {@code VALID} for one that can be had
 * @param dataVersion a number that needs 64 bits
 * @param files what its download task makes, one for each part
 */
public record OceanBaseBackup(
        String id, Instant startedAt, String status, String validity, long dataVersion, List<BackupFile> files) {
    public OceanBaseBackup {
        files = List.copyOf(files);
    }

    /** A finished, valid set, whose download task makes these files. */
    public static OceanBaseBackup of(String id, Instant startedAt, List<BackupFile> files) {
        return new OceanBaseBackup(id, startedAt, "DONE", "VALID", startedAt.toEpochMilli(), files);
    }

    /** A finished, valid set whose download task makes these ZIP parts; their ETags are opaque. */
    public static OceanBaseBackup zipped(String id, Instant startedAt, List<Content> parts) {
        var files = new ArrayList<BackupFile>();
        for (var part : parts) {
            files.add(BackupFile.inParts("backup_set_" + id + "_part" + (files.size() + 1) + ".zip", part));
        }
        return of(id, startedAt, files);
    }

    public OceanBaseBackup withStatus(String other) {
        return new OceanBaseBackup(id, startedAt, other, validity, dataVersion, files);
    }

    public OceanBaseBackup withValidity(String other) {
        return new OceanBaseBackup(id, startedAt, status, other, dataVersion, files);
    }

    long size() {
        return files.stream().mapToLong(file -> file.content().length()).sum();
    }
}
