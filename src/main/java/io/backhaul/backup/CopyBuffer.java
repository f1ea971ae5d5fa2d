package io.backhaul.backup;

/** The size of every buffer through which bytes go between sockets, files and digests. */
public final class CopyBuffer {
    /**
     * Enough that a call to the system is a small part of the work, and little enough to stay in a processor's own cache.
     * Nor may it be 128 KiB or more: malloc puts those 16 bytes behind the start of a page, and an AMD EPYC was seen to copy
     * from the page cache to there at a fifth of its pace.
     */
    public static final int BYTES = 64 << 10;

    private CopyBuffer() {}
}
