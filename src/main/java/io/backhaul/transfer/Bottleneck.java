package io.backhaul.transfer;

/** Says whose fault it is that bytes come no faster. Not for several threads. */
interface Bottleneck {
    /** From here on. */
    void begin();

    /**
     * Tells whether this machine, and not the store, was too slow for the streams since {@link #begin} or the last
     * question.
     *
     * @param flowing streams that brought bytes
     */
    boolean wasHere(int flowing);
}
