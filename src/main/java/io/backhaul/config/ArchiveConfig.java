package io.backhaul.config;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A place that keeps sets. */
public sealed interface ArchiveConfig {
    /** The operator's name for it; sources and metrics use it. */
    String name();

    /** A directory on a mounted file system. */
    record Filesystem(String name, Path directory) implements ArchiveConfig {}

    /**
     * An S3-compatible bucket.
     *
     * @param endpoint null for Amazon's own of the region
     */
    record S3(
            String name,
            String bucket,
            String region,
            @Nullable URI endpoint,
            Secret accessKey,
            Secret secretKey) implements ArchiveConfig {}
}
