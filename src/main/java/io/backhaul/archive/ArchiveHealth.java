package io.backhaul.archive;

import io.backhaul.backup.ByteCount;

/** Whether an archive could keep a set now. */
public sealed interface ArchiveHealth {
    /** It could, as long as it is not larger than what is free. */
    record Writable(ByteCount free) implements ArchiveHealth {}

    /** It could not. */
    record Unwritable(String reason) implements ArchiveHealth {}
}
