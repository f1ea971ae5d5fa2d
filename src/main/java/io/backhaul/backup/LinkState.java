package io.backhaul.backup;

import java.util.Locale;

/** The life of a link; every state but {@link #LIVE} is final and erases the URL from the catalog. */
public enum LinkState {
    /** Issued and, as far as we know, usable. */
    LIVE,
    /** Its file came home over it. */
    SPENT,
    /** A newer grant replaced it while it could still be used. */
    RENEWED,
    /** Its time ran out before it was tried. */
    LAPSED,
    /** The store refused it after its time. */
    EXPIRED,
    /** The store refused it although it should have been alive. */
    REJECTED;

    /** As it stands in the catalog and in a metric's label. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
