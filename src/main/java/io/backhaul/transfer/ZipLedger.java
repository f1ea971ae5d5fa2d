package io.backhaul.transfer;

import io.backhaul.backup.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The entries of a ZIP archive in so many bytes however many they are: two ledgers of the same entries in whatever order
 * are equal, others are not. It is the sum of the entries' hashes.
 */
final class ZipLedger {
    private final MessageDigest sha256 = Sha256.digest();
    private final long[] entries = new long[4];
    private final long[] names = new long[4];
    private long count;

    void add(ZipHead entry) {
        count++;
        sha256.update(ByteBuffer.allocate(5 * Long.BYTES)
                .putLong(entry.at())
                .putLong(entry.method())
                .putLong(entry.crc32())
                .putLong(entry.compressed())
                .putLong(entry.size())
                .flip());
        sum(entries);
        sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(entry.at()).flip());
        sha256.update(entry.name().getBytes(StandardCharsets.ISO_8859_1));
        sum(names);
    }

    long count() {
        return count;
    }

    /** The same places, sums and sizes. */
    boolean hasEntriesOf(ZipLedger other) {
        return count == other.count && Arrays.equals(entries, other.entries);
    }

    /** The same names at the same places. */
    boolean hasNamesOf(ZipLedger other) {
        return Arrays.equals(names, other.names);
    }

    private void sum(long[] into) {
        var hash = ByteBuffer.wrap(sha256.digest());
        for (var i = 0; i < into.length; i++) {
            into[i] += hash.getLong();
        }
    }
}
