package io.backhaul.transfer;

import java.time.Duration;

/**
 * How many streams a file deserves: one until it has found its pace, then two, and then as many more as make it faster.
 * A store that caps each connection gets all that are allowed within a second; one that shares a full line gets two; one
 * that is faster than this machine gets no more at all, nor does any while the processors have no time left or the disk
 * is what the streams wait for. Not for several threads.
 */
final class Growth {
    /** Less is not told from noise. */
    private static final double FASTER = 1.15;
    /** Two that bring this much more than one are capped one by one. */
    private static final double NEARLY_TWICE = 1.8;
    /** One hiccup must not hold a file of hours to too few streams. */
    private static final int DISAPPOINTMENTS = 2;
    /** Windows after which a pace that never gets level is taken as it is: too many streams cost less than too few. */
    private static final int PATIENCE = 8;
    /** Bytes a second of one stream, a gigabit, that need no help. */
    private static final double ENOUGH = 128 << 20;

    private final int most;
    private final long windowNanos;
    private final Bottleneck bottleneck;
    private int target = 1;
    private boolean isSettled;
    private int disappointments;
    private int looks;
    private double rateBefore;
    private long since;
    private long movedSince;
    private boolean isWindowOpen;
    private boolean wasHeldBackHere;

    /**
     * Begins with one.
     *
     * @param most that are allowed
     * @param window long enough to see a rate that comes in bursts
     */
    Growth(int most, Duration window, Bottleneck bottleneck) {
        this.most = most;
        this.windowNanos = window.toNanos();
        this.bottleneck = bottleneck;
        this.isSettled = most == 1;
    }

    /** How many are allowed. */
    int most() {
        return most;
    }

    /** How many there should be. */
    int target() {
        return target;
    }

    /** Tells whether there is nothing more to find out. */
    boolean isSettled() {
        return isSettled;
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
        if (isSettled) {
            return;
        }
        if (flowing < target) {
            isWindowOpen = false;
            return;
        }
        if (!isWindowOpen) {
            isWindowOpen = true;
            since = now;
            movedSince = moved;
            bottleneck.begin();
            return;
        }
        var nanos = now - since;
        if (nanos < windowNanos) {
            return;
        }
        var rate = (moved - movedSince) * 1e9 / nanos;
        since = now;
        movedSince = moved;
        var wasHeldBackBefore = wasHeldBackHere;
        wasHeldBackHere = bottleneck.wasHere(flowing);
        if (wasHeldBackHere || wasHeldBackBefore) {
            return; // says nothing of the store: too little came, or what had heaped up meanwhile
        }
        judge(rate, flowing);
    }

    private void judge(double rate, int flowing) {
        if (rate >= ENOUGH * flowing) {
            rateBefore = rate; // for now: a first burst is no proof of an uncapped store
        } else if (target == 1) {
            startSecond(rate);
        } else if (rate < rateBefore * FASTER) {
            disappointments++;
            isSettled = disappointments == DISAPPOINTMENTS;
        } else {
            disappointments = 0;
            target = rate >= rateBefore * NEARLY_TWICE ? most : Math.min(target * 2, most);
            rateBefore = rate;
            isSettled = target == most;
        }
    }

    /**
     * Asks for a second stream once the first has found its pace: what still climbs, as connections and this program do
     * at first, or falls after a first burst, shows neither what the store gives nor what another would add.
     */
    private void startSecond(double rate) {
        looks++;
        var isLevel = rate > rateBefore / 2 && rate < rateBefore * FASTER;
        if (isLevel || looks >= PATIENCE) {
            target = 2;
            isSettled = target == most;
        }
        rateBefore = rate;
    }
}
