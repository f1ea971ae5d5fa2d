package io.backhaul.pipeline;

import java.time.Duration;

/** The measured rate of one transfer, as a moving average: what slack and link lives are computed with. */
public final class Throughput {
    /** Before anything was measured: modest, so that links live rather too long than too short. */
    private static final double ASSUMED = 5e6;

    private static final double WEIGHT_OF_NEWEST = 0.2;
    /** Shorter fetches measure latency, not rate. */
    private static final Duration LONG_ENOUGH = Duration.ofMillis(200);

    private double bytesPerSecond = ASSUMED;

    /** Takes in one fetch. */
    public synchronized void measured(long bytes, Duration took) {
        if (took.compareTo(LONG_ENOUGH) >= 0 && bytes > 0) {
            var rate = bytes / (took.toNanos() / 1e9);
            bytesPerSecond = (1 - WEIGHT_OF_NEWEST) * bytesPerSecond + WEIGHT_OF_NEWEST * rate;
        }
    }

    public synchronized double bytesPerSecond() {
        return bytesPerSecond;
    }
}
