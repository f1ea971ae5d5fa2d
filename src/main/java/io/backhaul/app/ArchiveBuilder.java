package io.backhaul.app;

import io.backhaul.archive.Archive;
import io.backhaul.archive.FilesystemArchive;
import io.backhaul.config.ArchiveConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes archives of their configuration. Availability was checked before ({@link Availability}). */
final class ArchiveBuilder {
    private ArchiveBuilder() {}

    /** The archives by name, in the order of the file. */
    static Map<String, Archive> build(List<ArchiveConfig> configs, String node) {
        var archives = new LinkedHashMap<String, Archive>();
        for (var config : configs) {
            switch (config) {
                case ArchiveConfig.Filesystem filesystem ->
                    archives.put(filesystem.name(), new FilesystemArchive(filesystem.name(), filesystem.directory()));
                case ArchiveConfig.S3 s3 -> throw new IllegalStateException("not available: s3");
            }
        }
        return archives;
    }
}
