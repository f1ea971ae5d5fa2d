package io.backhaul.transfer;

/** A machine that is as slow as a test wants it, whatever else runs on this one. */
final class Machine implements Bottleneck {
    /** The usual thresholds where only the store is ever slow. */
    static final Thresholds IDLE = new Thresholds(
            Thresholds.USUAL.small(),
            Thresholds.USUAL.worthSharing(),
            Thresholds.USUAL.window(),
            Thresholds.USUAL.tick(),
            disk -> new Machine());

    private boolean isSlow;
    private boolean wasSlow;

    /** Says how it has been since somebody last said. */
    void setSlow(boolean slow) {
        isSlow = slow;
        wasSlow |= slow;
    }

    boolean isSlow() {
        return isSlow;
    }

    @Override
    public void begin() {
        wasSlow = false;
    }

    @Override
    public boolean wasHere(int flowing) {
        var was = wasSlow;
        wasSlow = false;
        return was;
    }
}
