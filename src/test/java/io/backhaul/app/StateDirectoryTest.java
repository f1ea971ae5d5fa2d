package io.backhaul.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {
    @TempDir
    private Path folder;

    @Test
    void oneProcessHoldsItAtATime() throws IOException {
        try (var first = StateDirectory.take(folder).orElseThrow()) {
            assertThat(StateDirectory.take(folder)).isEmpty();
            assertThat(first.path()).isEqualTo(folder);
        }
        try (var second = StateDirectory.take(folder).orElseThrow()) {
            assertThat(second.path()).isEqualTo(folder);
        }
    }

    @Test
    void aDaemonFindsACommandThereAndItsPlaceTakenByAnotherDaemonOnly() {
        var command = StateDirectory.take(folder).orElseThrow();
        try (var daemon = StateDirectory.takeAsDaemon(folder).orElseThrow()) {
            assertThat(daemon.hold()).isFalse();
            assertThat(StateDirectory.takeAsDaemon(folder)).isEmpty();

            command.close();
            assertThat(daemon.hold()).isTrue();
            assertThat(StateDirectory.take(folder)).isEmpty();
        }
    }

    @Test
    void rootLeavesNothingInAFolderOfAnotherUser() throws IOException {
        assumeTrue(System.getProperty("user.name").equals("root"));
        Files.setOwner(
                folder, folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));

        assertThatThrownBy(() -> StateDirectory.take(folder))
                .isInstanceOf(StateDirectoryException.class)
                .hasMessage("state-dir " + folder
                        + " belongs to nobody; run this as that user: runuser -u nobody -- backhaul …");
        assertThatThrownBy(() -> StateDirectory.refuseForeign(folder)).hasMessageContaining("runuser -u nobody");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void rootMayStillAskTheDaemonThatHoldsAFolderOfAnotherUser() throws IOException {
        assumeTrue(System.getProperty("user.name").equals("root"));
        try (var daemon = StateDirectory.take(folder).orElseThrow()) {
            Files.setOwner(
                    daemon.path(),
                    folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));

            assertThat(StateDirectory.take(folder)).isEmpty();
        }
    }
}
