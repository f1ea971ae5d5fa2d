package io.backhaul.backup;

import java.util.Locale;

/** The life of a link; every state but {@link #LIVE} is final and erases the URL from the catalog. */
public enum LinkState {
    /** Issued and, as far as we know, usable. */
    LIVE,
    /** Its file is home: it came over this link, or was there before it was needed. */
    SPENT,
    /** It could still have been used: a newer grant replaced it, or one was wanted since no byte ever came over it. */
    RENEWED,
    /** Its time ran out by our clock. */
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
