package io.backhaul.simulator;

/**
 * How an answer goes out.
 *
 * @param end what happens to the connection
 * @param after after how many bytes of the body; only {@link End#WHOLE} and {@link End#NOTHING} do not care
 * @param bytesPerSecond how fast the body goes, {@link #UNLIMITED} at most
 */
record Delivery(End end, long after, long bytesPerSecond) {
    static final long UNLIMITED = Long.MAX_VALUE;
    static final Delivery FAITHFUL = new Delivery(End.WHOLE, Long.MAX_VALUE, UNLIMITED);

    enum End {
        /** All of it, and the connection lives on. */
        WHOLE,
        /** All of it, with a halt on the way. */
        STALL,
        /** Hung up in good order (FIN). */
        CLOSE,
        /** Torn (RST). */
        RESET,
        /** Torn before the first byte of the answer. */
        NOTHING
    }

    Delivery {
        if (after < 0 || bytesPerSecond < 1) {
            throw new IllegalArgumentException("no way to deliver: after=" + after + " rate=" + bytesPerSecond);
        }
    }

    Delivery ending(End other, long bytes) {
        return new Delivery(other, bytes, bytesPerSecond);
    }

    /** Slower than before, or as slow. */
    Delivery atMost(long rate) {
        return new Delivery(end, after, Math.min(rate, bytesPerSecond));
    }
}
