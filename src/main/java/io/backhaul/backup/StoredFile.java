package io.backhaul.backup;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file that has come home, or stands whole in staging.
 *
 * @param givenName the provider's name, verbatim
 * @param storedName its safe name in the set's folder
 * @param sha256 lower-case hex over all its bytes
 * @param etag the store's entity tag as sent, quotes included, or null when it sent none
 */
public record StoredFile(
        String givenName,
        String storedName,
        ByteCount size,
        String sha256,
        @Nullable String etag,
        List<CheckResult> checks) {
    public StoredFile {
        checks = List.copyOf(checks);
    }
}
