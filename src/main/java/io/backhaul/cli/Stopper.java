package io.backhaul.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns SIGTERM and Ctrl-C into an orderly end with the command's own exit code: the JVM would end with 143 and the
 * shutdown hooks racing. The command waits on {@link #asked}, closes everything and calls {@link #finished}.
 */
final class Stopper {
    /** A stop takes less; past this something hangs, and a kill would follow anyway. */
    private static final Duration PATIENCE = Duration.ofSeconds(9);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile ExitCode exitCode = ExitCode.OUR_BUG;

    /** Listens for signals from now on. */
    static Stopper install() {
        var stopper = new Stopper();
        Runtime.getRuntime().addShutdownHook(new Thread(stopper::stop, "stop"));
        return stopper;
    }

    private void stop() {
        asked.countDown();
        try {
            if (finished.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                Runtime.getRuntime().halt(exitCode.number());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(ExitCode.OUR_BUG.number());
    }

    /** Falls to zero when a stop is asked for. */
    CountDownLatch asked() {
        return asked;
    }

    /** Everything is closed; the process may end. */
    void finished(ExitCode code) {
        exitCode = code;
        finished.countDown();
    }
}
