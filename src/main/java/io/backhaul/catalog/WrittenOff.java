package io.backhaul.catalog;

import io.backhaul.backup.BackupRef;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a listing has cost.
 *
 * @param gone backups that are lost by it
 * @param skipped how many others need not come home any more
 * @param linksLapsed links that have ended with them, and with those that were skipped
 */
public record WrittenOff(List<BackupRef> gone, int skipped, int linksLapsed) {
    static final WrittenOff NOTHING = new WrittenOff(List.of(), 0, 0);

    public WrittenOff {
        gone = List.copyOf(gone);
    }

    /** Both together. */
    public WrittenOff plus(WrittenOff other) {
        return new WrittenOff(
                Stream.concat(gone.stream(), other.gone.stream()).toList(),
                skipped + other.skipped,
                linksLapsed + other.linksLapsed);
    }
}
