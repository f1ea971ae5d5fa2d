package io.backhaul.pipeline;

import io.backhaul.transfer.Throttle;

/**
 * How hard one node pulls at a source, within its own limits.
 *
 * @param concurrency backups of it at once
 * @param throttle of all bytes that come from it
 */
public record SourceLimits(int concurrency, Throttle throttle) {
    /** No bounds but the node's. */
    public static final SourceLimits NONE = new SourceLimits(Integer.MAX_VALUE, Throttle.NONE);

    public SourceLimits {
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency=" + concurrency + ", want 1 up");
        }
    }
}
