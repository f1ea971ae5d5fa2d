package io.backhaul.ops;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the catalog for whoever scrapes: one reading at a time, shared by scrapes that come close together. A scrape need
 * not see its end; it then shows what the reading before it found. Also knows whether the database answers.
 */
final class SharedReading {
    private static final Logger log = LoggerFactory.getLogger(SharedReading.class);

    /** Scrapes closer together than this share one reading. */
    private static final Duration FRESH = Duration.ofSeconds(2);
    /** A reading that takes longer than this is none: the database hangs. */
    private static final Duration HUNG = Duration.ofSeconds(10);

    private final Runnable read;
    private final Clock clock;
    private CompletableFuture<Boolean> reading = CompletableFuture.completedFuture(true);
    private @Nullable Instant began;
    private @Nullable Instant succeeded;
    private boolean failing;

    SharedReading(Runnable read, Clock clock) {
        this.read = read;
        this.clock = clock;
    }

    /**
     * Begins a reading unless one is fresh or under way, and waits for it, but not for long.
     *
     * @return false when it failed or goes on, and what was read before still stands
     */
    boolean await(Duration patience) {
        try {
            return begin().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a reading broke", e.getCause());
        }
    }

    private synchronized CompletableFuture<Boolean> begin() {
        var now = clock.instant();
        if (reading.isDone() && (began == null || failing || !now.isBefore(began.plus(FRESH)))) {
            began = now;
            reading = CompletableFuture.supplyAsync(() -> readAsOf(now), Thread::startVirtualThread);
        }
        return reading;
    }

    private boolean readAsOf(Instant now) {
        try {
            read.run();
        } catch (RuntimeException e) {
            ended(null, e);
            return false;
        }
        ended(now, null);
        return true;
    }

    /** One line for each change: a database that is away for an hour is scraped many times. */
    private synchronized void ended(@Nullable Instant at, @Nullable RuntimeException failure) {
        if (failure == null) {
            succeeded = at;
            if (failing) {
                log.info("metrics of state are read again");
            }
        } else if (!failing) {
            log.warn(
                    "metrics of state not read, they stand as they were and each scrape tries again reason={}",
                    String.valueOf(failure.getCause() == null ? failure : failure.getCause()));
        }
        failing = failure != null;
    }

    /** As of when the state is that scrapes show, or null before the first reading that succeeded. */
    synchronized @Nullable Instant succeededAt() {
        return succeeded;
    }

    /** Whether the last reading succeeded, and none has been under way for too long. */
    synchronized boolean databaseAnswers() {
        var hangs = !reading.isDone() && began != null && clock.instant().isAfter(began.plus(HUNG));
        return !failing && !hangs;
    }
}
