package io.backhaul.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.backup.ArchiveState;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DiskTroubleTest {
    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new IOException("No space left on device"), ArchiveState.FULL),
                Arguments.of(new FileSystemException("/nas/x", null, "Disk quota exceeded"), ArchiveState.FULL),
                Arguments.of(new NoSuchFileException("/nas"), ArchiveState.AWAY),
                Arguments.of(new FileSystemException("/nas", null, "Stale file handle"), ArchiveState.AWAY),
                Arguments.of(new FileSystemException("/nas/x", null, "Read-only file system"), ArchiveState.UNWRITABLE),
                Arguments.of(new AccessDeniedException("/nas/x"), ArchiveState.UNWRITABLE),
                Arguments.of(new IOException("Input/output error"), ArchiveState.UNWRITABLE));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureOfTheDiskTellsWhatTheArchiveIs(IOException failure, ArchiveState state) {
        assertThat(DiskTrouble.of(failure)).isEqualTo(state);
    }
}
