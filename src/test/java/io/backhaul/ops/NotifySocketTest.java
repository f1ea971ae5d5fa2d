package io.backhaul.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.LastErrorException;
import io.backhaul.NotifyListener;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotifySocketTest {
    @TempDir
    private Path folder;

    @Test
    void aMessageArrivesWholeAtASocketInTheFileSystem() {
        var path = folder.resolve("notify").toString();
        try (var systemd = new NotifyListener(path)) {
            NotifySocket.at(path).send("READY=1\nSTATUS=größer");

            assertThat(systemd.next()).isEqualTo("READY=1\nSTATUS=größer");
        }
    }

    @Test
    void aMessageArrivesAtAnAbstractSocket() {
        var name = "backhaul-test-" + ProcessHandle.current().pid();
        try (var systemd = new NotifyListener("\0" + name)) {
            NotifySocket.at("@" + name).send("WATCHDOG=1");

            assertThat(systemd.next()).isEqualTo("WATCHDOG=1");
        }
    }

    @Test
    void aSocketThatNobodyListensAtIsAnError() {
        var socket = NotifySocket.at(folder.resolve("nobody").toString());

        assertThatThrownBy(() -> socket.send("READY=1")).isInstanceOf(LastErrorException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "relative", "vsock:2:1"})
    void whatIsNoUnixAddressIsRefused(String name) {
        assertThatThrownBy(() -> NotifySocket.at(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("NOTIFY_SOCKET is no address of a unix socket: " + name);
    }

    @Test
    void aPathThatTheKernelWouldCutIsRefused() {
        assertThatThrownBy(() -> NotifySocket.at("/" + "x".repeat(107))).isInstanceOf(IllegalArgumentException.class);
    }
}
