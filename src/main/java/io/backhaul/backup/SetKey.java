package io.backhaul.backup;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Where a set stands in every archive: {@code <source>/<instance>/<yyyyMMdd'T'HHmmss'Z'>_<backup-id>} (DESIGN 6). */
public record SetKey(BackupRef backup, Instant createdAt) {
    /** How many folders deep a set stands. */
    public static final int DEPTH = 3;

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** The key relative to an archive's root, with {@code /}; every part is safe as a file name. */
    public String path() {
        return backup.source() + "/" + SafeName.of(backup.instance().value()) + "/" + STAMP.format(createdAt) + "_"
                + SafeName.of(backup.backup().value());
    }

    @Override
    public String toString() {
        return path();
    }
}
