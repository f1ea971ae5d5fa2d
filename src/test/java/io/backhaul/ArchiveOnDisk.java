package io.backhaul;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An archive as an operator sees it, with nothing but a shell: folders, and {@code sha256sum -c} in each. */
public record ArchiveOnDisk(Path root) {
    private static final int DEPTH_OF_SETS = 3;

    /** Every set that is visible, whole or not, in the order of its path. */
    public List<Path> sets() {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (var found =
                Files.find(root, DEPTH_OF_SETS, (path, facts) -> facts.isDirectory() && depth(path) == DEPTH_OF_SETS)) {
            return found.filter(path -> !root.relativize(path).startsWith(".staging"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int depth(Path path) {
        return root.relativize(path).getNameCount();
    }

    /** Fails unless every visible set holds what its sums say, and nothing else. */
    public void assertEverySetIsWhole() {
        sets().forEach(ArchiveOnDisk::assertWhole);
    }

    private static void assertWhole(Path set) {
        try {
            assertThat(set.resolve("manifest.json")).isNotEmptyFile();
            var output = Files.createTempFile("sha256sum", ".out");
            var check = new ProcessBuilder("sha256sum", "--check", "--strict", "SHA256SUMS")
                    .directory(set.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            assertThat(check.waitFor())
                    .as("sha256sum -c in %s: %s", set, output)
                    .isZero();
            Files.delete(output);
            var named = Files.readAllLines(set.resolve("SHA256SUMS")).size();
            try (var files = Files.list(set)) {
                assertThat(files.count()).as("files in %s", set).isEqualTo(named + 1L);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
