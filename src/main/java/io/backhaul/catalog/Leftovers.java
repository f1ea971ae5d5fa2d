package io.backhaul.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** Half-made directories of a start that was killed: never taken for whole ones, and not left to fill the disk. */
final class Leftovers {
    private Leftovers() {}

    /** Removes what begins with a prefix in a folder that nobody else works in. */
    static void remove(Path folder, String prefix) throws IOException {
        try (var leftovers = Files.newDirectoryStream(folder, prefix + "*")) {
            for (var leftover : leftovers) {
                removeTree(leftover);
            }
        }
    }

    private static void removeTree(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
