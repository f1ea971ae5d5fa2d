package io.backhaul.transfer;

import java.util.function.LongSupplier;

/** How long threads have been at something, all together; whoever still is counts too. Safe for use by several threads. */
final class TimeSpent {
    private final LongSupplier nanoTime;
    private long nanos;
    private int present;

    TimeSpent(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized void begin() {
        nanos -= nanoTime.getAsLong();
        present++;
    }

    synchronized void end() {
        nanos += nanoTime.getAsLong();
        present--;
    }

    synchronized long nanos() {
        return nanos + present * nanoTime.getAsLong();
    }
}
