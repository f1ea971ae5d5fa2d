package io.backhaul.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceManagerTest {
    private static final String PID = Long.toString(ProcessHandle.current().pid());

    private final List<String> heard = new ArrayList<>();
    private final ServiceManager manager = new ServiceManager(heard::add, null);

    @Test
    void itSpeaksTheWordsOfSdNotify() {
        manager.stillStarting(Duration.ofMinutes(1), "waiting for the database");
        manager.ready();
        manager.status("2 transfers");
        manager.alive();
        manager.stopping();

        assertThat(heard)
                .containsExactly(
                        "EXTEND_TIMEOUT_USEC=60000000\nSTATUS=waiting for the database",
                        "READY=1",
                        "STATUS=2 transfers",
                        "WATCHDOG=1",
                        "STOPPING=1\nSTATUS=stopping");
    }

    @Test
    void aStatusOfSeveralLinesCannotSayAnotherWord() {
        manager.status("cannot connect\nWATCHDOG=1\n");

        assertThat(heard).containsExactly("STATUS=cannot connect WATCHDOG=1");
    }

    @Test
    void whatCannotBeSaidHindersNobodyAndTheNextIsTriedAgain() {
        var flaky = new ServiceManager(
                message -> {
                    if (message.equals("READY=1")) {
                        throw new IllegalStateException("nobody listens");
                    }
                    heard.add(message);
                },
                null);

        flaky.ready();
        flaky.alive();

        assertThat(heard).containsExactly("WATCHDOG=1");
    }

    @Test
    void withoutASocketNobodyListens() {
        assertThat(ServiceManager.of(Map.of("WATCHDOG_USEC", "1000000")).isListening())
                .isFalse();
    }

    @Test
    void anAddressOfAnotherKindIsNoReasonNotToStart() {
        assertThat(ServiceManager.of(Map.of("NOTIFY_SOCKET", "vsock:2:1")).isListening())
                .isFalse();
    }

    @Test
    void theWatchdogsPatienceIsOursOnlyWhenItNamesUs() {
        var socket = Map.entry("NOTIFY_SOCKET", "/nowhere");
        var patience = Map.entry("WATCHDOG_USEC", "60000000");

        assertThat(ServiceManager.of(Map.ofEntries(socket)).watchdog()).isEmpty();
        assertThat(ServiceManager.of(Map.ofEntries(socket, patience)).watchdog())
                .contains(Duration.ofMinutes(1));
        assertThat(ServiceManager.of(Map.ofEntries(socket, patience, Map.entry("WATCHDOG_PID", PID)))
                        .watchdog())
                .contains(Duration.ofMinutes(1));
        assertThat(ServiceManager.of(Map.ofEntries(socket, patience, Map.entry("WATCHDOG_PID", "1")))
                        .watchdog())
                .isEmpty();
    }
}
