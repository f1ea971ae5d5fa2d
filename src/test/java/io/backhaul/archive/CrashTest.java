package io.backhaul.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.archive.PublishOutcome.NoRoom;
import io.backhaul.archive.PublishOutcome.Published;
import io.backhaul.archive.PublishOutcome.Unwritable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Publishing is stopped at every single change of the disk, and must leave nothing visible or a whole set. */
class CrashTest {
    @TempDir
    Path scratch;

    /** Where the set is staged. */
    enum Staged {
        HERE,
        ELSEWHERE
    }

    private static final class Crash extends RuntimeException {}

    /** Does as many steps as it is told; the next writes half of what it should, if it writes, and fails. */
    private static final class FailingDisk implements FileOperations {
        private final LocalDisk disk = new LocalDisk();
        private final IOException fault;
        private int left;

        /** @param fault thrown at the step; the message "crash" makes it the end of the process instead */
        FailingDisk(int steps, String fault) {
            this.left = steps;
            this.fault = new IOException(fault);
        }

        private boolean isLast() {
            return left-- == 0;
        }

        private IOException fail() {
            if ("crash".equals(fault.getMessage())) {
                throw new Crash();
            }
            return fault;
        }

        @Override
        public void createFolder(Path folder) throws IOException {
            if (isLast()) {
                throw fail();
            }
            disk.createFolder(folder);
        }

        @Override
        public void write(Path file, byte[] content) throws IOException {
            if (isLast()) {
                disk.write(file, Arrays.copyOf(content, content.length / 2));
                throw fail();
            }
            disk.write(file, content);
        }

        @Override
        public String copy(Path from, Path to) throws IOException {
            if (isLast()) {
                var content = Files.readAllBytes(from);
                disk.write(to, Arrays.copyOf(content, content.length / 2));
                throw fail();
            }
            return disk.copy(from, to);
        }

        @Override
        public void settle(Path file) throws IOException {
            if (isLast()) {
                throw fail();
            }
            disk.settle(file);
        }

        @Override
        public void syncFolder(Path folder) throws IOException {
            if (isLast()) {
                throw fail();
            }
            disk.syncFolder(folder);
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            if (isLast()) {
                throw fail();
            }
            disk.rename(from, to);
        }

        @Override
        public void delete(Path path) throws IOException {
            if (isLast()) {
                throw fail();
            }
            disk.delete(path);
        }
    }

    private Path root(int step) throws IOException {
        return Files.createDirectories(scratch.resolve("archive-" + step));
    }

    private Path staged(Staged where, Path root) throws IOException {
        return Sets.fill(
                where == Staged.HERE
                        ? new FilesystemArchive("nas", root, "node").staging(Sets.KEY)
                        : scratch.resolve("elsewhere"));
    }

    /** Nothing, or a whole set: what someone sees who looks at the archive without us. */
    private static void assertNothingOrAWholeSet(Path root) throws IOException {
        var target = root.resolve(Sets.PATH);
        if (Files.exists(target)) {
            var folder = new SetFolder(target);
            assertThat(folder.whole()).contains(Sets.manifest());
            assertThat(folder.hasHashesOf(Sets.manifest())).isTrue();
            try (Stream<Path> entries = Files.list(target)) {
                assertThat(entries.map(entry -> String.valueOf(entry.getFileName())))
                        .containsExactlyInAnyOrderElementsOf(SetFolder.names(Sets.manifest()));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Staged.class)
    void aCrashAtAnyStepLeavesNothingOrAWholeSetAndARepetitionFinishesIt(Staged where) throws IOException {
        var crashes = 0;
        for (var done = false; !done; ) {
            var root = root(crashes);
            var staged = staged(where, root);
            try {
                assertThat(new FilesystemArchive("nas", root, "node", new FailingDisk(crashes, "crash"))
                                .publish(staged, Sets.manifest()))
                        .isEqualTo(new Published());
                done = true;
            } catch (Crash e) {
                crashes++;
            }
            assertNothingOrAWholeSet(root);
            var next = new FilesystemArchive("nas", root, "node");
            assertThat(next.publish(staged, Sets.manifest())).isEqualTo(new Published());
            assertThat(next.find(Sets.KEY)).contains(Sets.manifest());
            assertNothingOrAWholeSet(root);
            assertThat(next.publish(staged, Sets.manifest())).isEqualTo(new Published());
        }
        assertThat(crashes).as("steps of a publication").isGreaterThan(12);
    }

    @ParameterizedTest
    @EnumSource(Staged.class)
    void aFaultAtAnyStepIsAnOutcomeAndARepetitionFinishesIt(Staged where) throws IOException {
        var faults = 0;
        for (var done = false; !done; faults++) {
            var root = root(faults);
            var staged = staged(where, root);

            var text = faults % 2 == 0 ? "No space left on device" : "Input/output error";
            var outcome = new FilesystemArchive("nas", root, "node", new FailingDisk(faults, text))
                    .publish(staged, Sets.manifest());

            done = outcome.equals(new Published());
            if (!done) {
                assertThat(outcome).isInstanceOf(faults % 2 == 0 ? NoRoom.class : Unwritable.class);
            }
            assertNothingOrAWholeSet(root);
            assertThat(new FilesystemArchive("nas", root, "node").publish(staged, Sets.manifest()))
                    .isEqualTo(new Published());
            assertNothingOrAWholeSet(root);
        }
        assertThat(faults).isGreaterThan(12);
    }

    /** What was fetched is never lost: the journals stand until the manifest knows the files. */
    @ParameterizedTest
    @EnumSource(names = "HERE")
    void afterACrashEitherTheJournalsOrTheManifestOrTheSetKnowTheFiles(Staged where) throws IOException {
        var crashes = 0;
        for (var done = false; !done; ) {
            var root = root(crashes);
            var staged = staged(where, root);
            try {
                new FilesystemArchive("nas", root, "node", new FailingDisk(crashes, "crash"))
                        .publish(staged, Sets.manifest());
                done = true;
            } catch (Crash e) {
                crashes++;
            }
            var archive = new FilesystemArchive("nas", root, "node");
            assertThat(Files.exists(staged.resolve(".shard-2.rdb.journal"))
                            || archive.ready(Sets.KEY).isPresent()
                            || archive.find(Sets.KEY).isPresent())
                    .as("step %s", crashes)
                    .isTrue();
        }
    }
}
