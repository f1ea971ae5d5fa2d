package io.backhaul.transfer;

import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

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
    /** Share of this machine's processors from which on it is they that are too slow, and not a store. */
    private static final double BUSY = 0.8;
    /** Share of their time that streams spend at the disk, from which on others would only wait with them. */
    private static final double AT_THE_DISK = 0.5;

    private final int most;
    private final long windowNanos;
    private final DoubleSupplier load;
    private final LongSupplier diskNanos;
    private int target = 1;
    private boolean isSettled;
    private int disappointments;
    private int looks;
    private double rateBefore;
    private long since;
    private long movedSince;
    private long diskSince;

    /**
     * Begins with one.
     *
     * @param most that are allowed
     * @param diskNanos that the streams have spent writing so far, all together
     * @param now by {@link System#nanoTime}
     */
    Growth(int most, Thresholds thresholds, LongSupplier diskNanos, long now) {
        this.most = most;
        this.windowNanos = thresholds.window().toNanos();
        this.load = thresholds.load().get();
        this.diskNanos = diskNanos;
        this.isSettled = most == 1;
        this.since = now;
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
        var nanos = now - since;
        var areAllFlowing = flowing >= target;
        if (areAllFlowing && nanos < windowNanos) {
            return;
        }
        var rate = (moved - movedSince) * 1e9 / nanos;
        var atTheDisk = diskNanos.getAsLong();
        var isBusy = load.getAsDouble() >= BUSY || atTheDisk - diskSince >= AT_THE_DISK * nanos * flowing;
        since = now;
        movedSince = moved;
        diskSince = atTheDisk;
        if (!areAllFlowing || isBusy) {
            return; // nothing is learned from this window; a program that has just begun is slow, and will not stay so
        }
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
