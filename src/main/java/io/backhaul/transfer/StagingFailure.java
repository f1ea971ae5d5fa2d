package io.backhaul.transfer;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Locale;

/** The staging disk did not do what it was asked. Not the wire's fault, and so kept apart from its exceptions. */
public final class StagingFailure extends RuntimeException {
    StagingFailure(String doing, IOException cause) {
        super(doing + ": " + cause, cause);
    }

    FetchOutcome outcome() {
        if (getCause() instanceof ClosedByInterruptException) {
            // whoever interrupts the thread wants it to end; the last sync is what counts
            return new FetchOutcome.Stopped();
        }
        return isFull() ? new FetchOutcome.NoRoom(text()) : new FetchOutcome.DiskFault(text());
    }

    /** The JDK has no type for ENOSPC and EDQUOT, only the system's text, which is the C library's in English. */
    boolean isFull() {
        var lower = text().toLowerCase(Locale.ROOT);
        return lower.contains("no space left") || lower.contains("quota exceeded");
    }

    private String text() {
        return String.valueOf(getMessage());
    }
}
