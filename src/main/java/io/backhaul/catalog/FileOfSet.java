package io.backhaul.catalog;

import io.backhaul.backup.ByteCount;
import org.jspecify.annotations.Nullable;

/**
 * One file of a backup under a lease, and the link that it can come over.
 *
 * @param size in bytes where the provider stated it exactly, else null
 * @param link the live link, or null where there is none
 */
public record FileOfSet(
        long fileId,
        String givenName,
        String storedName,
        @Nullable ByteCount size,
        @Nullable LiveLink link) {}
