package io.backhaul.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns SIGTERM and Ctrl-C into an orderly end with exit code 0: the JVM by itself would end with 143 while its shutdown
 * hooks race the work. The command waits on {@link #asked}, closes everything and calls {@link #finished}.
 */
final class Stopper {
    /** A stop takes less; past this something hangs, and a kill would follow anyway. */
    private static final Duration PATIENCE = Duration.ofSeconds(9);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);

    /** Listens for signals from now on. */
    static Stopper install() {
        var stopper = new Stopper();
        Runtime.getRuntime().addShutdownHook(new Thread(stopper::stop, "stop"));
        return stopper;
    }

    /** A command that has finished by itself is on its way out with its own exit code; only a signal needs one of ours. */
    private void stop() {
        if (finished.getCount() == 0) {
            return;
        }
        asked.countDown();
        try {
            var inTime = finished.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            Runtime.getRuntime().halt((inTime ? ExitCode.DONE : ExitCode.OUR_BUG).number());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Falls to zero when a stop is asked for. */
    CountDownLatch asked() {
        return asked;
    }

    /** Everything is closed; the process may end. */
    void finished() {
        finished.countDown();
    }
}
