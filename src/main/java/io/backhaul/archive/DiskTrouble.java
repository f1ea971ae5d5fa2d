package io.backhaul.archive;

import io.backhaul.backup.ArchiveState;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;

/** What a failure of a disk says of the archive on it. The JDK has few types for it, else only the system's text. */
final class DiskTrouble {
    /** ENOSPC and EDQUOT. */
    private static final List<String> FULL = List.of("no space left", "quota exceeded");
    /** What network file systems say of a server that is gone, and others of a device. */
    private static final List<String> AWAY = List.of(
            "stale file handle",
            "transport endpoint is not connected",
            "host is down",
            "no route to host",
            "no such device",
            "connection timed out");

    private DiskTrouble() {}

    static ArchiveState of(IOException failure) {
        var text = failure.toString().toLowerCase(Locale.ROOT);
        if (FULL.stream().anyMatch(text::contains)) {
            return ArchiveState.FULL;
        }
        return failure instanceof NoSuchFileException || AWAY.stream().anyMatch(text::contains)
                ? ArchiveState.AWAY
                : ArchiveState.UNWRITABLE;
    }
}
