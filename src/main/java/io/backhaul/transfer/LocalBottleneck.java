package io.backhaul.transfer;

import java.util.function.LongSupplier;

/** Looks at the processors and at the disk. */
final class LocalBottleneck implements Bottleneck {
    /** Share of the processors' time from which on nothing is left for more streams. */
    private static final double BUSY = 0.8;
    /** Who uses less of them than this has not been slow because others use the rest. */
    private static final double MUCH = 0.25;
    /** Share of their time that streams spend at the disk, from which on others would only wait with them. */
    private static final double AT_THE_DISK = 0.5;

    private final ProcessorLoad processors;
    private final LongSupplier diskNanos;
    private final LongSupplier nanoTime;
    private long since;
    private long diskSince;

    /** @param diskNanos that the streams have spent writing so far, all together */
    LocalBottleneck(LongSupplier diskNanos) {
        this(new ProcessorLoad(), diskNanos, System::nanoTime);
    }

    LocalBottleneck(ProcessorLoad processors, LongSupplier diskNanos, LongSupplier nanoTime) {
        this.processors = processors;
        this.diskNanos = diskNanos;
        this.nanoTime = nanoTime;
    }

    @Override
    public void begin() {
        processors.look();
        since = nanoTime.getAsLong();
        diskSince = diskNanos.getAsLong();
    }

    @Override
    public boolean wasHere(int flowing) {
        var sinceBefore = since;
        var diskBefore = diskSince;
        begin();
        var hasLackedProcessors =
                processors.own() >= BUSY || (processors.own() >= MUCH && processors.machine() >= BUSY);
        return hasLackedProcessors || diskSince - diskBefore >= AT_THE_DISK * flowing * (since - sinceBefore);
    }
}
