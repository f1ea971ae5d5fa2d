package io.backhaul.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that an operator says, checked as a whole: names are unique and every archive that a source names exists.
 *
 * @param database null for the embedded PostgreSQL under {@code stateDir}
 */
public record BackhaulConfig(
        Path stateDir,
        @Nullable DatabaseConfig database,
        AdminConfig admin,
        TlsConfig tls,
        TransferConfig transfer,
        List<ArchiveConfig> archives,
        List<SourceConfig> sources) {
    public BackhaulConfig {
        archives = List.copyOf(archives);
        sources = List.copyOf(sources);
    }
}
