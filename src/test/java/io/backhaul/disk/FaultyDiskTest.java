package io.backhaul.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultyDiskTest {
    @TempDir
    Path folder;

    private FaultyDisk disk;
    private Path file;

    @BeforeEach
    void make() throws IOException {
        disk = new FaultyDisk(folder);
        file = disk.root().resolve("file");
    }

    private Path seen(String name) {
        return disk.real().resolve(name);
    }

    private void write(Path path, String text, boolean isSynced) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
            if (isSynced) {
                channel.force(true);
            }
        }
    }

    private void syncRoot() throws IOException {
        try (var channel = FileChannel.open(disk.root(), StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private void loseAll() throws IOException {
        disk.losePower(() -> false);
    }

    @Test
    void onlyTheOrderedOperationFails() throws IOException {
        disk.fail(2, DiskOp.WRITE, Trouble.FULL);

        write(file, "one", false);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> write(file, "two", false))
                .withMessage("WRITE: No space left on device");
        write(file, "three", false);

        assertThat(seen("file")).hasContent("three");
        assertThat(disk.isPending()).isFalse();
    }

    @Test
    void aWriteThatFailsHalfwayHasWrittenHalf() {
        disk.fail(1, DiskOp.WRITE, Trouble.HALFWAY);

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> write(file, "123456", false));

        assertThat(seen("file")).hasContent("123");
    }

    @Test
    void afterAPowerCutNothingWorksUntilPowerIsBack() throws IOException {
        disk.fail(1, DiskOp.MOVE, Trouble.POWER_CUT);
        write(file, "one", true);
        syncRoot();

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Files.move(file, disk.root().resolve("moved")));
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> Files.size(file));

        loseAll();
        assertThat(Files.size(file)).isEqualTo(3);
    }

    @Test
    void aFileIsKeptOnceItsBytesAndItsNameAreSynced() throws IOException {
        write(file, "synced", true);
        write(disk.root().resolve("unsynced"), "unsynced", false);
        syncRoot();
        write(disk.root().resolve("nameless"), "synced", true);
        write(file, "again!", false);

        loseAll();

        assertThat(Files.readAllBytes(seen("file"))).hasSize(6).containsOnly(0xDB);
        assertThat(seen("unsynced")).isEmptyFile();
        assertThat(seen("nameless")).doesNotExist();
    }

    @Test
    void bytesWhoseSyncFailedAreLostThoughALaterOneSucceeds() throws IOException {
        write(file, "one", true);
        syncRoot();
        disk.fail(1, DiskOp.FORCE, Trouble.REFUSED);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> write(file, "two", true));
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }

        loseAll();

        assertThat(Files.readAllBytes(seen("file"))).hasSize(3).containsOnly(0xDB);
    }

    @Test
    void unsyncedRenamesAndDeletionsAreUndone() throws IOException {
        var other = disk.root().resolve("other");
        write(file, "file", true);
        write(other, "other", true);
        syncRoot();
        Files.move(file, other, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.delete(other);

        loseAll();

        assertThat(seen("file")).hasContent("file");
        assertThat(seen("other")).hasContent("other");
    }

    @Test
    void aFolderMayArriveWithoutTheNamesThatWereNotSyncedInIt() throws IOException {
        var set = Files.createDirectory(disk.root().resolve("set"));
        write(set.resolve("part"), "part", true);
        Files.move(set, disk.root().resolve("shown"), StandardCopyOption.ATOMIC_MOVE);
        syncRoot();

        loseAll();

        assertThat(seen("shown")).isEmptyDirectory();
    }

    @Test
    void whatALaterChangeNeedsSurvivesWithIt() throws IOException {
        write(file, "file", true);
        Files.move(file, disk.root().resolve("moved"), StandardCopyOption.ATOMIC_MOVE);
        syncRoot();

        loseAll();

        assertThat(seen("moved")).hasContent("file");
    }
}
