package io.backhaul.simulator;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * A backup of a Redis instance (contract 1.2). Words are as on the wire, and may be words that no document knows.
 *
 * @param status {@code succeed} for one that can be had
 * @param type {@code auto} or {@code manual}
 * @param format {@code rdb} or {@code aof}
 */
public record DcsBackup(
        String id, Instant createdAt, String status, String type, String format, List<BackupFile> files) {
    /** Stamps in names are in the region's time, UTC+8 in every sample (contract 2.1). */
    static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.ofHours(8));

    private static final int SLOTS = 16_384;

    public DcsBackup {
        files = List.copyOf(files);
    }

    /** A finished automatic backup of files named as you like. */
    public static DcsBackup of(String id, Instant createdAt, List<BackupFile> files) {
        return new DcsBackup(id, createdAt, "succeed", "auto", "rdb", files);
    }

    /** A finished automatic backup of one file, {@code {stamp}_redis.rdb}. */
    public static DcsBackup single(String id, Instant createdAt, Content content) {
        return of(id, createdAt, List.of(BackupFile.of(STAMP.format(createdAt) + "_redis.rdb", content)));
    }

    /** A finished automatic backup of a cluster, a file for each shard; together they hold every slot once. */
    public static DcsBackup cluster(String id, Instant createdAt, String ip, int port, List<Content> shards) {
        var files = new ArrayList<BackupFile>();
        for (var i = 0; i < shards.size(); i++) {
            var first = i * SLOTS / shards.size();
            var last = (i + 1) * SLOTS / shards.size() - 1;
            var name = "redis_%s_%d_%d-%d_%s.rdb".formatted(ip, port, first, last, STAMP.format(createdAt));
            files.add(BackupFile.of(name, shards.get(i)));
        }
        return of(id, createdAt, files);
    }

    /** The same backup without its n-th file, from zero, as one that the provider has not finished. */
    public DcsBackup lacking(int file) {
        var others = new ArrayList<>(files);
        others.remove(file);
        return new DcsBackup(id, createdAt, status, type, format, others);
    }

    public DcsBackup withStatus(String other) {
        return new DcsBackup(id, createdAt, other, type, format, files);
    }

    /** The same backup, made by hand. */
    public DcsBackup manual() {
        return new DcsBackup(id, createdAt, status, "manual", format, files);
    }

    long size() {
        return files.stream().mapToLong(file -> file.content().length()).sum();
    }
}
