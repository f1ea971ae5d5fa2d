package io.backhaul.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.archive.PublishOutcome.NoRoom;
import io.backhaul.archive.PublishOutcome.Published;
import io.backhaul.archive.PublishOutcome.Unwritable;
import io.backhaul.disk.FaultyDisk;
import io.backhaul.disk.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Publishing is stopped at every single operation of the disk, and must leave nothing visible or a whole set. */
class CrashTest {
    private static final int MANY = 50;

    @TempDir
    Path scratch;

    /** Where the set is staged. */
    enum Staged {
        HERE,
        ELSEWHERE
    }

    /** A set that is to be published from one disk. */
    private record Scene(FaultyDisk disk, Path staged) {
        static Scene of(Path folder, Staged where) throws IOException {
            var disk = new FaultyDisk(folder);
            var root = disk.root().resolve("archive");
            Files.createDirectory(root);
            var staged = where == Staged.HERE
                    ? new FilesystemArchive("nas", root, "node", () -> false).staging(Sets.KEY)
                    : disk.root().resolve("elsewhere");
            Sets.fill(staged);
            // all of that is long ago
            disk.losePower(() -> true);
            return new Scene(disk, staged);
        }

        FilesystemArchive archive() {
            return new FilesystemArchive("nas", disk.root().resolve("archive"), "node", () -> false);
        }

        PublishOutcome publish() {
            return archive().publish(staged, Sets.manifest());
        }

        /** What was fetched is never lost: the journals stand until the manifest knows the files. */
        boolean isKnown() {
            return Files.exists(staged.resolve(".shard-2.rdb.journal"))
                    || archive().ready(Sets.KEY).isPresent()
                    || archive().find(Sets.KEY).isPresent();
        }

        /** What someone sees who looks at the archive without us. */
        void assertNothingOrAWholeSet() throws IOException {
            var target = disk.real().resolve("archive").resolve(Sets.PATH);
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

        /** A repetition finishes it, for good, and leaves nothing in staging. */
        void assertThatARepetitionFinishesIt() throws IOException {
            assertNothingOrAWholeSet();
            assertThat(publish()).isEqualTo(new Published());
            disk.losePower(() -> false);
            assertThat(archive().find(Sets.KEY)).contains(Sets.manifest());
            assertNothingOrAWholeSet();
            assertThat(publish()).isEqualTo(new Published());
            assertThat(archive().staged()).isEmpty();
        }
    }

    /** Publishes with one operation failing; tells whether it came to that. */
    @FunctionalInterface
    private interface Round {
        boolean run(Scene scene, int nth) throws IOException;
    }

    private void repeat(String what, Staged where, Round round) throws IOException {
        var nth = 1;
        while (run(what, where, round, nth)) {
            nth++;
        }
        assertThat(nth).as("operations of a publication").isGreaterThan(MANY);
    }

    private boolean run(String what, Staged where, Round round, int nth) throws IOException {
        var scene = Scene.of(scratch.resolve(what + nth), where);
        try {
            return round.run(scene, nth);
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(what + " at operation " + nth + ", " + scene.disk() + ": " + e.getMessage(), e);
        }
    }

    @ParameterizedTest
    @EnumSource(Staged.class)
    void aLossOfPowerAtAnyOperationLeavesNothingOrAWholeSetAndARepetitionFinishesIt(Staged where) throws IOException {
        for (var seed = 0; seed < 3; seed++) {
            // the first time all is lost that was not synced; later some of it
            var dice = new Random(seed);
            BooleanSupplier survives = seed == 0 ? () -> false : dice::nextBoolean;
            repeat("power-" + seed + "-", where, (scene, nth) -> {
                scene.disk().fail(nth, null, Trouble.POWER_CUT);
                var outcome = scene.publish();
                var wasHit = !scene.disk().isPending();
                scene.disk().losePower(survives);
                if (outcome.equals(new Published())) {
                    assertThat(scene.archive().find(Sets.KEY)).contains(Sets.manifest());
                }
                assertThat(scene.isKnown()).isTrue();
                scene.assertThatARepetitionFinishesIt();
                return wasHit;
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Staged.class)
    void aFaultAtAnyOperationIsAnOutcomeAndARepetitionFinishesIt(Staged where) throws IOException {
        for (var isHalfDone : new boolean[] {false, true}) {
            repeat(isHalfDone ? "halfway-" : "refused-", where, (scene, nth) -> {
                var refused = nth % 2 == 0 ? Trouble.FULL : Trouble.REFUSED;
                var trouble = isHalfDone ? Trouble.HALFWAY : refused;
                scene.disk().fail(nth, null, trouble);
                var outcome = scene.publish();
                var wasHit = !scene.disk().isPending();
                scene.disk().heal();
                if (!outcome.equals(new Published())) {
                    assertThat(outcome).isInstanceOf(trouble == Trouble.FULL ? NoRoom.class : Unwritable.class);
                }
                scene.assertThatARepetitionFinishesIt();
                return wasHit;
            });
        }
    }
}
