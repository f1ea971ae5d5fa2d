package io.backhaul.transfer;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * From where on more threads and more connections are worth their price.
 *
 * @param small bytes of a whole that comes in less time than threads need to help with it
 * @param worthSharing most of a smaller rest is not worth a request
 * @param window long enough to see a rate that comes in bursts
 * @param tick between two looks at the streams
 * @param load makes what says, when it is asked, what share of the time since it was last asked no processor was free
 */
record Thresholds(long small, long worthSharing, Duration window, Duration tick, Supplier<DoubleSupplier> load) {
    static final Thresholds USUAL =
            new Thresholds(1L << 20, 8L << 20, Duration.ofMillis(150), Duration.ofMillis(20), ProcessorLoad::new);
}
