package io.backhaul.backup;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * Where a backup stands on its way home (DESIGN 3). The legal moves are here and nowhere else; the catalog carries
 * them out as compare-and-set.
 */
public enum BackupState {
    /** Known, downloadable or soon so, no link yet. */
    WAITING,
    /** The provider is exporting it; links come later. */
    PREPARING,
    /** Links are in hand. */
    LINKED,
    /** A node holds a lease and moves its bytes. */
    TRANSFERRING,
    /** Whole, verified and visible in every archive of its source. */
    ARCHIVED,
    /** A rule says that it need not come home. */
    SKIPPED,
    /** The provider no longer has it and we did not get it. */
    GONE,
    /** An operator must act. */
    FAILED,
    /** Was archived; a keep rule has removed it since. */
    PRUNED;

    private Set<BackupState> successors() {
        return switch (this) {
            case WAITING -> EnumSet.of(PREPARING, LINKED, ARCHIVED, SKIPPED, GONE, FAILED);
            case PREPARING -> EnumSet.of(WAITING, LINKED, ARCHIVED, SKIPPED, GONE, FAILED);
            case LINKED -> EnumSet.of(WAITING, TRANSFERRING, ARCHIVED, SKIPPED, GONE, FAILED);
            case TRANSFERRING -> EnumSet.of(WAITING, PREPARING, LINKED, TRANSFERRING, ARCHIVED, GONE, FAILED);
            case ARCHIVED -> EnumSet.of(PRUNED);
            case SKIPPED, GONE -> EnumSet.of(WAITING);
            case FAILED -> EnumSet.of(WAITING, ARCHIVED, SKIPPED, GONE);
            case PRUNED -> EnumSet.noneOf(BackupState.class);
        };
    }

    /** Tells whether a backup may go from this state to the other in one move. */
    public boolean mayBecome(BackupState next) {
        return successors().contains(next);
    }

    /** Tells whether nothing more happens to it by itself. */
    public boolean isSettled() {
        return switch (this) {
            case WAITING, PREPARING, LINKED, TRANSFERRING -> false;
            case ARCHIVED, SKIPPED, GONE, FAILED, PRUNED -> true;
        };
    }

    /** As it stands in the catalog and in a metric's label. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
