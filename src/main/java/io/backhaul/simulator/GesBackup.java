package io.backhaul.simulator;

import java.time.Instant;
import java.util.List;

/**
 * A backup of a graph (contract 1.5). Words are as on the wire, and may be words that no document knows.
 *
 * @param status {@code success} for one that can be had
 * @param method {@code auto}, {@code manual} or {@code import}
 */
public record GesBackup(String id, Instant startedAt, String status, String method, List<BackupFile> files) {
    private static final long MB = 1024L * 1024;

    public GesBackup {
        files = List.copyOf(files);
    }

    /** A finished automatic backup. */
    public static GesBackup of(String id, Instant startedAt, List<BackupFile> files) {
        return new GesBackup(id, startedAt, "success", "auto", files);
    }

    public GesBackup withStatus(String other) {
        return new GesBackup(id, startedAt, other, method, files);
    }

    /** In MB, rounded up: lists have no other unit. */
    long size() {
        var bytes = files.stream().mapToLong(file -> file.content().length()).sum();
        return (bytes + MB - 1) / MB;
    }
}
