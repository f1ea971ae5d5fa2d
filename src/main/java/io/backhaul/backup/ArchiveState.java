package io.backhaul.backup;

import java.util.Locale;

/** Whether a node can keep sets in an archive just now and, if not, why. Every word but {@link #OPEN} is a pause. */
public enum ArchiveState {
    /** Sets can be kept. */
    OPEN,
    /** Something that is wanted finds no room, or the reserve is used up. */
    FULL,
    /** It cannot be found: a disk that is not mounted, most likely. */
    AWAY,
    /** It is there and takes nothing: read-only, not permitted, or broken. */
    UNWRITABLE;

    /** As it stands in the catalog and in a metric's label. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
