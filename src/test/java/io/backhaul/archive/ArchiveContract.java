package io.backhaul.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.archive.PublishOutcome.Incomplete;
import io.backhaul.archive.PublishOutcome.Published;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every archive promises. */
abstract class ArchiveContract {
    @TempDir
    Path elsewhere;

    abstract Archive archive();

    @Test
    void nothingIsFoundBeforeItIsPublished() throws IOException {
        Sets.fill(archive().staging(Sets.KEY));

        assertThat(archive().find(Sets.KEY)).isEmpty();
        assertThat(archive().ready(Sets.KEY)).isEmpty();
    }

    @Test
    void aPublishedSetIsFoundWithItsWholeManifest() throws IOException {
        var outcome = archive().publish(Sets.fill(archive().staging(Sets.KEY)), Sets.manifest());

        assertThat(outcome).isEqualTo(new Published());
        assertThat(archive().find(Sets.KEY)).contains(Sets.manifest());
    }

    @Test
    void publishingAgainIsPublished() throws IOException {
        archive().publish(Sets.fill(archive().staging(Sets.KEY)), Sets.manifest());

        assertThat(archive().publish(archive().staging(Sets.KEY), Sets.manifest()))
                .isEqualTo(new Published());
        assertThat(archive().find(Sets.KEY)).contains(Sets.manifest());
    }

    @Test
    void aSetThatIsStagedElsewhereIsCopiedAndStaysForTheNextArchive() throws IOException {
        var staged = Sets.fill(elsewhere.resolve("staged"));

        assertThat(archive().publish(staged, Sets.manifest())).isEqualTo(new Published());

        assertThat(archive().find(Sets.KEY)).contains(Sets.manifest());
        assertThat(staged.resolve("shard-2.rdb")).hasBinaryContent(Sets.TWO);
        assertThat(staged.resolve(".shard-2.rdb.journal")).exists();
    }

    @Test
    void aCopyThatDoesNotHashAsTheManifestSaysIsNotShown() throws IOException {
        var staged = Sets.fill(elsewhere.resolve("staged"));
        var rotten = Sets.TWO.clone();
        rotten[3] ^= 1;
        Files.write(staged.resolve("shard-2.rdb"), rotten);

        var outcome = archive().publish(staged, Sets.manifest());

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Incomplete.class,
                        incomplete -> assertThat(incomplete.detail())
                                .contains("shard-2.rdb: SHA-256 is ")
                                .contains(", the manifest says "));
        assertThat(archive().find(Sets.KEY)).isEmpty();
    }

    @Test
    void aSetWithAMissingOrShortFileIsNotShown() throws IOException {
        var staged = Sets.fill(archive().staging(Sets.KEY));
        Files.write(staged.resolve("shard-2.rdb"), new byte[3]);
        assertThat(archive().publish(staged, Sets.manifest()))
                .isEqualTo(new Incomplete(staged + ": shard-2.rdb has 3 bytes, the manifest says 33"));

        Files.delete(staged.resolve("shard-2.rdb"));
        assertThat(archive().publish(staged, Sets.manifest()))
                .isEqualTo(new Incomplete(staged + ": shard-2.rdb is missing, the manifest says 33"));
        assertThat(archive().find(Sets.KEY)).isEmpty();
    }

    @Test
    void discardedStagingIsEmptyAgain() throws IOException {
        var staged = Sets.fill(archive().staging(Sets.KEY));

        archive().discardStaging(Sets.KEY);
        archive().discardStaging(Sets.KEY);

        assertThat(staged).doesNotExist();
        assertThat(archive().staging(Sets.KEY)).isEmptyDirectory();
    }

    @Test
    void aProbeOfAWorkingArchiveTellsWhatIsFree() {
        assertThat(archive().probe())
                .isInstanceOfSatisfying(
                        ArchiveHealth.Writable.class,
                        health -> assertThat(health.free().bytes()).isPositive());
    }
}
