package io.backhaul.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.backhaul.transfer.StagedState.Partial;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is really full: a small file system of its own, where this user may mount one. */
class FullDiskTest {
    private static final int DISK = 2 << 20;
    private static final int CHUNK = 16 << 10;

    @TempDir
    private Path folder;

    private Path disk;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=" + DISK, "tmpfs", disk.toString()), "may not mount");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    @Test
    void whatCameIsKeptAlthoughTheJournalFoundNoRoomEither() {
        var staged = StagedFile.in(disk, "dump.rdb", "dump.rdb");
        var part = staged.begin(new Generation("\"etag\"", null, 10L * DISK, null, null));
        var failure = catchThrowableOfType(StagingFailure.class, () -> fill(part));
        assertThat(failure.outcome()).isInstanceOf(FetchOutcome.NoRoom.class);

        var closing = catchThrowableOfType(StagingFailure.class, part::close);

        assertThat(closing.outcome()).isInstanceOf(FetchOutcome.NoRoom.class);
        assertThat(staged.state())
                .isInstanceOfSatisfying(
                        Partial.class, kept -> assertThat(kept.synced().front()).isGreaterThan(DISK - 10 * CHUNK));
    }

    private static void fill(PartFile part) {
        for (var at = 0L; ; at += CHUNK) {
            part.write(ByteBuffer.allocate(CHUNK), at);
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            // no such command here
            return false;
        }
    }
}
