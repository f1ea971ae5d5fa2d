package io.backhaul.disk;

import java.io.IOException;
import java.nio.file.FileSystemException;

/** How an operation of a {@link FaultyDisk} fails. */
public enum Trouble {
    /** Nothing happens. */
    REFUSED("Input/output error"),
    /** Nothing happens, for want of room. */
    FULL("No space left on device"),
    /** A write writes half of its bytes, a change of a name is made, and yet it fails. */
    HALFWAY("Input/output error"),
    /** The same, and nothing works any more: the power is off. */
    POWER_CUT("the power is off");

    private final String reason;

    Trouble(String reason) {
        this.reason = reason;
    }

    IOException at(DiskOp op) {
        return new FileSystemException(op.name(), null, reason);
    }
}
