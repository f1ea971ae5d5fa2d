package io.backhaul.backup;

import org.jspecify.annotations.Nullable;

/**
 * One file of a backup with its link.
 *
 * @param name as the provider gave it: untrusted, kept verbatim
 * @param size in bytes where the provider states it exactly, else null
 */
public record OfferedFile(
        String name,
        SignedUrl link,
        Expiry expiry,
        @Nullable ByteCount size) {}
