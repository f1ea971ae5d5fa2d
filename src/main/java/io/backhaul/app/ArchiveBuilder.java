package io.backhaul.app;

import io.backhaul.archive.Archive;
import io.backhaul.archive.ArchiveFailure;
import io.backhaul.archive.FilesystemArchive;
import io.backhaul.config.ArchiveConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Makes archives of their configuration. Availability was checked before ({@link Availability}). */
final class ArchiveBuilder {
    private ArchiveBuilder() {}

    /**
     * The archives by name, in the order of the file.
     *
     * @param everKept whether an archive of this name has kept a set before
     */
    static Map<String, Archive> build(List<ArchiveConfig> configs, String node, Predicate<String> everKept) {
        var archives = new LinkedHashMap<String, Archive>();
        for (var config : configs) {
            switch (config) {
                case ArchiveConfig.Filesystem filesystem ->
                    archives.put(
                            filesystem.name(),
                            new FilesystemArchive(
                                    filesystem.name(),
                                    filesystem.directory(),
                                    node,
                                    () -> everKept.test(filesystem.name())));
                case ArchiveConfig.S3 s3 -> throw new IllegalStateException("not available: s3");
            }
        }
        return archives;
    }

    /**
     * Makes the directories of archives that are new. One that has kept sets and is missing now is likely a disk that is
     * not mounted: it is left alone, and its sets wait until it is back.
     *
     * @param everKept whether an archive of this name has kept a set before
     * @throws ArchiveFailure when a new one cannot be made
     */
    static void makeNew(List<ArchiveConfig> configs, Predicate<String> everKept) {
        for (var config : configs) {
            if (config instanceof ArchiveConfig.Filesystem filesystem && !everKept.test(filesystem.name())) {
                make(filesystem);
            }
        }
    }

    private static void make(ArchiveConfig.Filesystem archive) {
        try {
            Files.createDirectories(archive.directory());
        } catch (IOException e) {
            var obstacle = obstacle(archive.directory()).map(folder -> ", look at " + folder);
            throw new ArchiveFailure(
                    "archive " + archive.name() + ": making " + archive.directory() + obstacle.orElse(""), e);
        }
    }

    /** Where a directory that is missing cannot be made: the nearest there is above it, if that cannot be written to. */
    static Optional<Path> obstacle(Path missing) {
        var nearest = missing.toAbsolutePath().normalize();
        while (nearest.getParent() != null && !Files.exists(nearest, LinkOption.NOFOLLOW_LINKS)) {
            nearest = nearest.getParent();
        }
        return Files.isDirectory(nearest) && Files.isWritable(nearest) ? Optional.empty() : Optional.of(nearest);
    }
}
