package io.backhaul.transfer;

/** Hears about bytes as they come; called for every chunk, possibly by several threads at
 * once, so it must be quick. */
@FunctionalInterface
public interface Progress {
    /** Some more bytes have come over the wire and were written. */
    void moved(long bytes);
}
