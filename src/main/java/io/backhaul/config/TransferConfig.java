package io.backhaul.config;

import org.jspecify.annotations.Nullable;

/**
 * How hard this node pulls.
 *
 * @param concurrency backups at once
 * @param connectionsPerHost the most connections to one store host, all transfers of the node together
 * @param segments parallel ranges of one file
 * @param bandwidth all transfers of the node together; null for no limit
 */
public record TransferConfig(
        int concurrency,
        int connectionsPerHost,
        int segments,
        @Nullable Bandwidth bandwidth) {
    public TransferConfig {
        if (concurrency < 1 || connectionsPerHost < 1 || segments < 1) {
            throw new IllegalArgumentException("concurrency=" + concurrency + " connectionsPerHost="
                    + connectionsPerHost + " segments=" + segments + ", want 1 up");
        }
    }
}
