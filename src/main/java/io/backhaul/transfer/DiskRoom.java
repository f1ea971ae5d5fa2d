package io.backhaul.transfer;

import io.backhaul.backup.ByteCount;
import java.util.Optional;

/** What the disk under a staged file has free just now, less the reserve; knows of no other fetch. */
record DiskRoom(StagedFile staged) implements Room {
    @Override
    public Optional<String> refusal(long bytes) {
        var free = staged.room();
        return free - RESERVE.bytes() >= bytes
                ? Optional.empty()
                : Optional.of(new ByteCount(bytes) + " to come, " + new ByteCount(free) + " free, " + RESERVE
                        + " kept in reserve");
    }
}
