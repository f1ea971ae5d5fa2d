package io.backhaul.backup;

import java.util.Locale;

/** How one try to move bytes over one link ended. */
public enum AttemptOutcome {
    /** The file is staged whole and every check that could fail has passed. */
    COMPLETE,
    /** The store refused the link (401, 403, 400 with an expiry). */
    LINK_DEAD,
    /** The store has no such object (404, 410). */
    OBJECT_MISSING,
    /** The connection broke or the body ended early; what came is kept. */
    CUT,
    /** No byte came for the stall time-out; what came is kept. */
    STALLED,
    /** 429 or 503: the store wants us to wait. */
    THROTTLED,
    /** Another 5xx. */
    SERVER_FAULT,
    /** The object is not the one that the staged bytes came from; they were discarded. */
    NEW_GENERATION,
    /** A success status with something that is not the file (an error page, a lying range). */
    NOT_THE_FILE,
    /** All bytes came and a check failed; they were discarded. */
    DAMAGED,
    /** The link or a redirect leads where this source may not go. */
    TARGET_REFUSED,
    /** The staging disk is full. */
    NO_ROOM,
    /** The staging disk failed in another way. */
    DISK_FAULT,
    /** The daemon was asked to stop; what came is kept. */
    STOPPED,
    /** The node died in the middle; written by whoever took over. */
    ABANDONED;

    /** As it stands in the catalog and in a metric's label. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
