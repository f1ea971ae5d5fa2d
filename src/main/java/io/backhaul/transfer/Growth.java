package io.backhaul.transfer;

import java.time.Duration;

/**
 * How many streams a file deserves: one, and twice as many for as long as twice as many are faster. A store that caps
 * each connection gets up to the limit within a second or two; one that shares a full line gets two. Not for several
 * threads.
 */
final class Growth {
    /** Less is not told from noise. */
    private static final double FASTER = 1.15;

    private final int most;
    private final long windowNanos;
    private int target = 1;
    private boolean isSettled;
    private double rateBefore;
    private long since;
    private long movedSince;

    /**
     * Begins with one.
     *
     * @param window long enough to see a rate that comes in bursts
     * @param now by {@link System#nanoTime}
     */
    Growth(int most, Duration window, long now) {
        this.most = most;
        this.windowNanos = window.toNanos();
        this.isSettled = most == 1;
        this.since = now;
    }

    /** How many there should be. */
    int target() {
        return target;
    }

    /** More than these would not help. */
    void settleAt(int streams) {
        target = Math.max(1, streams);
        isSettled = true;
    }

    /**
     * Takes a look at the work.
     *
     * @param now by {@link System#nanoTime}
     * @param moved bytes that have come so far, over all streams
     * @param flowing streams that bring bytes right now
     */
    void look(long now, long moved, int flowing) {
        if (isSettled || flowing < target) {
            since = now;
            movedSince = moved;
            return;
        }
        var nanos = now - since;
        if (nanos < windowNanos) {
            return;
        }
        var rate = (moved - movedSince) / (double) nanos;
        if (rate < rateBefore * FASTER) {
            isSettled = true;
            return;
        }
        rateBefore = rate;
        target = Math.min(target * 2, most);
        isSettled = target == most;
        since = now;
        movedSince = moved;
    }
}
