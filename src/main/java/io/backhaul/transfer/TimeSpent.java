package io.backhaul.transfer;

/** How long threads have been at something, all together; whoever still is counts too. Safe for use by several threads. */
final class TimeSpent {
    private long nanos;
    private int present;

    synchronized void begin() {
        nanos -= System.nanoTime();
        present++;
    }

    synchronized void end() {
        nanos += System.nanoTime();
        present--;
    }

    synchronized long nanos() {
        return nanos + present * System.nanoTime();
    }
}
