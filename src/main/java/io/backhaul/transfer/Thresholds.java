package io.backhaul.transfer;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * From where on more threads and more connections are worth their price.
 *
 * @param small bytes of a whole that comes in less time than threads need to help with it
 * @param worthSharing most of a smaller rest is not worth a request
 * @param window long enough to see a rate that comes in bursts
 * @param tick between two looks at the streams
 * @param bottleneck finds out what holds a file's streams back, from the nanoseconds that they have spent writing
 */
record Thresholds(
        long small, long worthSharing, Duration window, Duration tick, Function<LongSupplier, Bottleneck> bottleneck) {
    static final Thresholds USUAL =
            new Thresholds(1L << 20, 8L << 20, Duration.ofMillis(150), Duration.ofMillis(20), LocalBottleneck::new);
}
