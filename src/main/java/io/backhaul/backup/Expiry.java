package io.backhaul.backup;

import java.time.Instant;
import java.util.Locale;

/** When a link dies, in the provider's time, and how we know. */
public record Expiry(Instant at, Origin origin) {
    /** Where an expiry was read, best first (DESIGN 5, rule 5). */
    public enum Origin {
        /** From the link's own query. */
        URL,
        /** From a field of the provider's answer. */
        API,
        /** Issue time plus the documented or requested validity. */
        POLICY;

        /** As it stands in the catalog. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
