package io.backhaul.transfer;

import io.backhaul.backup.ByteCount;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the disk under a folder has free just now, less the reserve; knows of no other fetch. */
public final class DiskRoom implements Room {
    private final Path folder;
    private volatile @Nullable FileStore disk;

    /** Names a folder, which may be one that is still to be made. */
    public DiskRoom(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    /** @throws StagingFailure when the disk cannot be asked */
    @Override
    public Optional<String> refusal(long bytes) {
        var free = free();
        return free - RESERVE.bytes() >= bytes
                ? Optional.empty()
                : Optional.of(new ByteCount(bytes) + " to come, " + new ByteCount(free) + " free, " + RESERVE
                        + " kept in reserve");
    }

    private long free() {
        try {
            var asked = disk;
            if (asked == null) {
                // found once: to find it reads the table of mounts, to ask it is one system call
                asked = Files.getFileStore(nearest());
                disk = asked;
            }
            return asked.getUsableSpace();
        } catch (IOException e) {
            throw new StagingFailure("measuring the room in " + folder, e);
        }
    }

    /** The folder, or the first above it that is there. */
    private Path nearest() throws IOException {
        var at = folder;
        while (at.getParent() != null && !Durably.exists(at)) {
            at = at.getParent();
        }
        return at;
    }
}
