package io.backhaul.archive;

/** An archive could not be made or read, or its staging not be made or removed. */
public final class ArchiveFailure extends RuntimeException {
    /** @param doing what it was, with the archive's name */
    public ArchiveFailure(String doing, Exception cause) {
        super(doing + ": " + cause, cause);
    }
}
