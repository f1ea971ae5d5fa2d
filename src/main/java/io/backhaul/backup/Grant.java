package io.backhaul.backup;

import java.time.Instant;
import java.util.List;

/**
 * The links of one answer: one for every file of the backup, in the provider's order.
 *
 * @param issuedAt when the answer came, in the provider's time
 */
public record Grant(List<OfferedFile> files, Instant issuedAt) {
    /** @throws IllegalArgumentException when there is no file: a set of nothing is no backup */
    public Grant {
        files = List.copyOf(files);
        if (files.isEmpty()) {
            throw new IllegalArgumentException("a grant without files");
        }
    }
}
