package io.backhaul.provider;

import java.time.Duration;

/**
 * What a provider's rules say about how long a backup lives.
 *
 * @param age how long after its making a backup is deleted, at the earliest
 * @param newestKept how many backups of one instance are kept; making one more deletes the oldest
 */
public record Retention(Duration age, int newestKept) {
    /** For providers that know no cap on the number of backups. */
    public static final int UNCAPPED = Integer.MAX_VALUE;
}
