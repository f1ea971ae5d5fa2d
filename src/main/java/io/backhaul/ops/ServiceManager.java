package io.backhaul.ops;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd how the daemon fares, in the words of sd_notify(3). Where no service manager listens it does nothing, and
 * what it cannot tell is logged once and never hinders the work. Any thread may call.
 */
public final class ServiceManager {
    private static final Logger log = LoggerFactory.getLogger(ServiceManager.class);

    /** Nobody listens. */
    public static final ServiceManager NONE = new ServiceManager(null, null);

    private final @Nullable Transport transport;
    private final @Nullable Duration watchdog;
    private boolean failed;

    ServiceManager(@Nullable Transport transport, @Nullable Duration watchdog) {
        this.transport = transport;
        this.watchdog = watchdog;
    }

    /** Carries messages of {@code NAME=value} lines; throws what it likes when it cannot. */
    @FunctionalInterface
    interface Transport {
        void send(String message);
    }

    /** The one that the environment of this process names: {@code NOTIFY_SOCKET}, {@code WATCHDOG_USEC}. */
    public static ServiceManager of(Map<String, String> environment) {
        var socket = environment.get("NOTIFY_SOCKET");
        if (socket == null) {
            return NONE;
        }
        try {
            return new ServiceManager(NotifySocket.at(socket), watchdog(environment));
        } catch (RuntimeException | LinkageError e) {
            log.warn("cannot speak to the service manager, it will think that we never start reason={}", e.toString());
            return NONE;
        }
    }

    private static @Nullable Duration watchdog(Map<String, String> environment) {
        var microseconds = environment.get("WATCHDOG_USEC");
        var process = environment.get("WATCHDOG_PID");
        var isForUs = process == null
                || process.equals(Long.toString(ProcessHandle.current().pid()));
        return microseconds == null || !isForUs ? null : Duration.ofNanos(Long.parseLong(microseconds) * 1_000);
    }

    /** Whether anybody hears what we say. */
    public boolean isListening() {
        return transport != null;
    }

    /** Without a sign of life for this long the service manager restarts us; nothing when it does not watch. */
    public Optional<Duration> watchdog() {
        return Optional.ofNullable(watchdog);
    }

    /** Everything is up. */
    public void ready() {
        send("READY=1");
    }

    /** A stop has begun. */
    public void stopping() {
        send("STOPPING=1\nSTATUS=stopping");
    }

    /** One sentence for {@code systemctl status}. */
    public void status(String sentence) {
        send("STATUS=" + oneLine(sentence));
    }

    /** The start goes on, for reasons: it may take this much longer from now. */
    public void stillStarting(Duration more, String sentence) {
        send("EXTEND_TIMEOUT_USEC=" + more.toNanos() / 1_000 + "\nSTATUS=" + oneLine(sentence));
    }

    /** A sign of life. */
    public void alive() {
        send("WATCHDOG=1");
    }

    /** A second line would be another word to systemd. */
    private static String oneLine(String sentence) {
        return sentence.lines().map(String::strip).reduce((a, b) -> a + " " + b).orElse("");
    }

    private synchronized void send(String message) {
        if (transport == null) {
            return;
        }
        try {
            transport.send(message);
            failed = false;
        } catch (RuntimeException | LinkageError e) {
            if (!failed) {
                log.warn("the service manager does not hear us, trying again each time reason={}", e.toString());
            }
            failed = true;
        }
    }
}
