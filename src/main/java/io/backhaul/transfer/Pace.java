package io.backhaul.transfer;

import io.backhaul.config.Bandwidth;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * One limit of bandwidth, shared by all streams under it. Each books the bytes that it is about to read and may read
 * them once all that was booked before has had its time: first come, first served, so that no stream starves however
 * many there are. The rate is that of the clock at each look, so that those who wait hear of a new one. Any thread.
 *
 * <p>Okio's Throttler is no way: a wait of its streams is not in order, cannot be stopped, and goes on by the old rate
 * when that has changed.
 */
final class Pace {
    /** What was not used for a while may come at once: so much time's worth, and no more. */
    private static final double MOST_SAVED_SECONDS = 0.1;

    private final Bandwidth bandwidth;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private double booked;
    private double served;
    private long looked;

    /** @param nanoTime ticks as {@link System#nanoTime} */
    Pace(Bandwidth bandwidth, Clock clock, LongSupplier nanoTime) {
        this.bandwidth = bandwidth;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.looked = nanoTime.getAsLong();
    }

    /** Takes the next place in the queue for so many bytes. */
    synchronized double book(long bytes) {
        look();
        var place = booked;
        booked += bytes;
        return place;
    }

    /** How long until the turn of a place, if the rate stays; 0 when it has come. */
    synchronized long nanosUntil(double place) {
        var rate = look();
        return served >= place ? 0 : (long) Math.ceil((place - served) / rate * TimeUnit.SECONDS.toNanos(1));
    }

    /** Of what was booked, this much was not read: whoever waits need not wait for it. */
    synchronized void giveBack(long bytes) {
        served += bytes;
    }

    /** Serves the time since the last look, at the rate of now; infinite where there is no limit now. */
    private double look() {
        var now = nanoTime.getAsLong();
        var limit = bandwidth.at(clock.instant());
        var rate = limit == null ? Double.POSITIVE_INFINITY : limit.bytes();
        if (limit == null) {
            served = booked;
        } else {
            var passed = (now - looked) / (double) TimeUnit.SECONDS.toNanos(1);
            served = Math.min(served + passed * rate, booked + rate * MOST_SAVED_SECONDS);
        }
        looked = now;
        return rate;
    }
}
