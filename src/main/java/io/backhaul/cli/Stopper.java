package io.backhaul.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns SIGTERM and Ctrl-C into an orderly end with the command's own exit code: the JVM would end with 143 and the
 * shutdown hooks racing. The command's work waits on the latch it is given, closes everything and returns.
 */
final class Stopper {
    private static final Logger log = LoggerFactory.getLogger(Stopper.class);

    /** A stop takes less; past this something hangs, and a kill would follow anyway. */
    private static final Duration PATIENCE = Duration.ofSeconds(9);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile @Nullable ExitCode exitCode;

    private Stopper() {}

    /** What a command does until it is done or told to stop. */
    @FunctionalInterface
    interface Work {
        /**
         * Works, cleans up, and says how it went.
         *
         * @param asked falls to zero when a stop is asked for
         */
        ExitCode run(CountDownLatch asked) throws InterruptedException;
    }

    /** Does the work, listening for signals; what it throws goes on to whoever explains it, unless a stop broke it off. */
    static int run(Work work) throws InterruptedException {
        var stopper = new Stopper();
        var hook = new Thread(stopper::stop, "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            stopper.exitCode = work.run(stopper.asked);
            return stopper.exitCode.number();
        } catch (RuntimeException e) {
            if (stopper.asked.getCount() > 0) {
                throw e;
            }
            log.info("stopped before it was up reason={}", e.getMessage());
            stopper.exitCode = ExitCode.DONE;
            return ExitCode.DONE.number();
        } finally {
            stopper.finished.countDown();
            stopper.forget(hook);
        }
    }

    /** Whoever runs a command within a process of their own need not end with its code. */
    private void forget(Thread hook) {
        if (asked.getCount() > 0) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                log.debug("a stop was asked for at the very end");
            }
        }
    }

    private void stop() {
        asked.countDown();
        try {
            if (finished.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                var code = exitCode;
                if (code != null) {
                    Runtime.getRuntime().halt(code.number());
                }
                return; // the work threw: the process ends with the code that its exception was given
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(ExitCode.OUR_BUG.number());
    }
}
