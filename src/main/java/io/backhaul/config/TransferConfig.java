package io.backhaul.config;

import io.backhaul.backup.ByteCount;
import org.jspecify.annotations.Nullable;

/**
 * How hard this node pulls.
 *
 * @param concurrency backups at once
 * @param segments parallel ranges of one file
 * @param bandwidth per second, all transfers of the node together; null for no limit
 */
public record TransferConfig(
        int concurrency, int segments, @Nullable ByteCount bandwidth) {
    public TransferConfig {
        if (concurrency < 1 || segments < 1) {
            throw new IllegalArgumentException("concurrency=" + concurrency + " segments=" + segments + ", want 1 up");
        }
    }
}
