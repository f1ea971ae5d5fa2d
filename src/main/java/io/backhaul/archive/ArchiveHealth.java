package io.backhaul.archive;

import io.backhaul.backup.ArchiveState;
import io.backhaul.backup.ByteCount;

/** Whether an archive could keep a set now. */
public sealed interface ArchiveHealth {
    /** It could, as long as it is not larger than what is free. */
    record Writable(ByteCount free) implements ArchiveHealth {}

    /**
     * It could not.
     *
     * @param state any but open
     */
    record Unwritable(ArchiveState state, String reason) implements ArchiveHealth {}
}
