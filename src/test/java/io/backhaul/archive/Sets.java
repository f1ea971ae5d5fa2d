package io.backhaul.archive;

import io.backhaul.backup.BackupId;
import io.backhaul.backup.BackupRef;
import io.backhaul.backup.ByteCount;
import io.backhaul.backup.CheckResult;
import io.backhaul.backup.InstanceId;
import io.backhaul.backup.Manifest;
import io.backhaul.backup.SetKey;
import io.backhaul.backup.Sha256;
import io.backhaul.backup.SourceName;
import io.backhaul.backup.StoredFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A set of two files as tests use it. */
final class Sets {
    static final SetKey KEY = new SetKey(
            new BackupRef(new SourceName("prod-redis"), new InstanceId("inst/1"), new BackupId("b-1")),
            Instant.parse("2026-11-20T01:02:03Z"));
    static final String PATH = KEY.path();
    static final byte[] ONE = "REDIS0011 one".getBytes(StandardCharsets.US_ASCII);
    static final byte[] TWO = "the second shard, a little longer".getBytes(StandardCharsets.US_ASCII);

    private Sets() {}

    static Manifest manifest() {
        return new Manifest(
                KEY,
                "huawei-dcs",
                "orders \"main\" 订单",
                Map.of("period", "2026-11-20T01:02:03.000+0800", "size", "1.5"),
                List.of(file("shard/1.rdb", "x1_shard_1.rdb", ONE), file("shard-2.rdb", "shard-2.rdb", TWO)),
                List.of(CheckResult.unverified("completeness", "the names tell no slots")),
                Instant.parse("2026-11-20T02:00:00.123Z"),
                "node-a",
                "0.1.0");
    }

    static StoredFile file(String given, String stored, byte[] bytes) {
        return new StoredFile(
                given,
                stored,
                new ByteCount(bytes.length),
                Sha256.of(bytes),
                given.contains("/") ? null : "\"etag\"",
                List.of(
                        CheckResult.passed("length", String.valueOf(bytes.length)),
                        CheckResult.unverified("etag-md5", "the ETag is no MD5")));
    }

    /** The two files, and what a download leaves beside them. */
    static Path fill(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve("x1_shard_1.rdb"), ONE);
        Files.write(folder.resolve("shard-2.rdb"), TWO);
        Files.writeString(folder.resolve(".shard-2.rdb.journal"), "state=whole");
        return folder;
    }
}
