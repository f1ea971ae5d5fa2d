package io.backhaul.transfer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backhaul.transfer.StagedState.Partial;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystems;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What breaks the threads that help a fetch breaks the fetch. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BrokenThreadTest extends TransferTestBase {
    private static final Generation GENERATION = new Generation("\"one\"", null, 100L, null, null);

    @Test
    void aDigestThatBrokeIsNoVerdict() {
        var inspection = new Inspection("dump.bin", GENERATION, null);
        try (var part = staged().begin(GENERATION);
                var front = new DigestFront(part, inspection, () -> {
                    throw new OutOfMemoryError("by the test");
                })) {
            front.followMeanwhile();
            part.write(ByteBuffer.wrap(new byte[100]), 0);

            assertThatThrownBy(front::finish)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the digest broke")
                    .hasRootCauseMessage("by the test");
        }
    }

    @Test
    void whoeverWritesDoesNotWaitForASyncThatBroke() throws IOException {
        var part = new PartFile(
                Durably.open(part()), unusableJournal(), new Partial(GENERATION, Extents.NONE), /* syncBytes= */ 1);
        part.syncMeanwhile();

        assertThatThrownBy(() -> {
                    for (var at = 0; at < 100; at++) {
                        part.write(ByteBuffer.wrap(new byte[1]), at);
                    }
                })
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the syncing broke");
        assertThatThrownBy(part::close).hasMessage("the syncing broke");
    }

    /** In a file system that was closed: no failure of a disk, which would be an IOException. */
    private Journal unusableJournal() throws IOException {
        var lost = FileSystems.newFileSystem(folder.resolve("lost.zip"), Map.of("create", "true"));
        lost.close();
        return new Journal(lost.getPath("journal"), "dump.bin", "dump.bin");
    }
}
