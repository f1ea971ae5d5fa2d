package io.backhaul.transfer;

import java.util.concurrent.TimeUnit;

/**
 * How many streams a file deserves: one, and twice as many for as long as twice as many are faster. A store that caps
 * each connection gets up to the limit within a second or two; one that shares a full line gets two. Not for several
 * threads.
 */
final class Growth {
    /** Long enough to see a rate that comes in bursts. */
    private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    /** Less is not told from noise. */
    private static final double FASTER = 1.15;

    private final int most;
    private int target = 1;
    private boolean isSettled;
    private double rateBefore;
    private long since;
    private long movedSince;

    /** @param now by {@link System#nanoTime} */
    Growth(int most, long now) {
        this.most = most;
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
        if (nanos < WINDOW_NANOS) {
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
