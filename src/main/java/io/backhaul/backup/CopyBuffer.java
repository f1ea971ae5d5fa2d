package io.backhaul.backup;

/** The size of every buffer through which bytes go between sockets, files and digests. */
public final class CopyBuffer {
    /**
     * Enough that a call to the system is a small part of the work, and little enough to stay in a processor's own cache.
     * Nor may it be 128 KiB or more: malloc puts those 16 bytes behind the begin of a page, and to there many of AMD's
     * processors copy a page of a file five times as slowly as to any other place.
     */
    public static final int BYTES = 64 << 10;

    private CopyBuffer() {}
}
