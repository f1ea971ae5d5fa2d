package io.backhaul.archive;

/** An archive could not be read, or its staging not be made or removed. */
public final class ArchiveFailure extends RuntimeException {
    ArchiveFailure(String doing, Exception cause) {
        super(doing + ": " + cause, cause);
    }
}
