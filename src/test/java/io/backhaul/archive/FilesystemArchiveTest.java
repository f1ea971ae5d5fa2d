package io.backhaul.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.backhaul.archive.PublishOutcome.Incomplete;
import io.backhaul.archive.PublishOutcome.Occupied;
import io.backhaul.archive.PublishOutcome.Published;
import io.backhaul.backup.ArchiveState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesystemArchiveTest extends ArchiveContract {
    @TempDir
    Path root;

    @Override
    Archive archive() {
        return new FilesystemArchive("nas", root, "node", () -> false);
    }

    private Path publish() throws IOException {
        assertThat(archive().publish(Sets.fill(archive().staging(Sets.KEY)), Sets.manifest()))
                .isEqualTo(new Published());
        return root.resolve(Sets.PATH);
    }

    @Test
    void aSetHoldsItsFilesItsManifestItsSumsAndNothingElse() throws IOException {
        var set = publish();

        try (var entries = Files.list(set)) {
            assertThat(entries.map(entry -> String.valueOf(entry.getFileName())))
                    .containsExactlyInAnyOrder("x1_shard_1.rdb", "shard-2.rdb", "manifest.json", "SHA256SUMS");
        }
        assertThat(root.resolve(".staging").resolve(Sets.PATH)).doesNotExist();
    }

    @Test
    void theManifestIsReadableWithoutUs() throws IOException {
        assertThat(publish().resolve("manifest.json"))
                .content(StandardCharsets.UTF_8)
                .contains(
                        "\"format_version\" : 1",
                        "\"source\" : \"prod-redis\"",
                        "\"instance\" : \"inst/1\"",
                        "\"instance_name\" : \"orders \\\"main\\\" 订单\"",
                        "\"backup\" : \"b-1\"",
                        "\"created_at\" : \"2026-11-20T01:02:03Z\"",
                        "\"period\" : \"2026-11-20T01:02:03.000+0800\"",
                        "\"name\" : \"shard/1.rdb\"",
                        "\"stored_name\" : \"x1_shard_1.rdb\"",
                        "\"verdict\" : \"unverified\"",
                        "\"check\" : \"completeness\"",
                        "\"fetched_at\" : \"2026-11-20T02:00:00.123Z\"");
    }

    @Test
    void aManifestFromBeforeSetsHadChecksIsReadWithoutThem() throws IOException {
        var set = publish();
        var json = Files.readString(set.resolve("manifest.json"));
        Files.writeString(
                set.resolve("manifest.json"),
                json.replaceFirst("\"checks\" : \\[ \\{\\s+\"check\" : \"completeness\"[^]]+],", ""));

        assertThat(Files.readString(set.resolve("manifest.json"))).doesNotContain("completeness");
        assertThat(archive().find(Sets.KEY))
                .hasValueSatisfying(manifest -> assertThat(manifest.checks()).isEmpty());
    }

    @Test
    void sha256sumVerifiesASetAndNoticesAFlippedBitInAnyFile() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/sha256sum")));
        var set = publish();
        assertThat(sha256sum(set)).isZero();

        for (var name : new String[] {"x1_shard_1.rdb", "shard-2.rdb", "manifest.json"}) {
            var bytes = Files.readAllBytes(set.resolve(name));
            bytes[4] ^= 1;
            Files.write(set.resolve(name), bytes);
            assertThat(sha256sum(set)).as(name).isNotZero();
            bytes[4] ^= 1;
            Files.write(set.resolve(name), bytes);
        }
        assertThat(sha256sum(set)).isZero();
    }

    private static int sha256sum(Path set) throws Exception {
        return new ProcessBuilder("/usr/bin/sha256sum", "--strict", "-c", "SHA256SUMS")
                .directory(set.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Test
    void ownerWritesGroupReadsNobodyElseAnything() throws IOException {
        var staged = Sets.fill(archive().staging(Sets.KEY));
        Files.setPosixFilePermissions(staged.resolve("shard-2.rdb"), PosixFilePermissions.fromString("rw-rw-rw-"));
        archive().publish(staged, Sets.manifest());

        try (var everything = Files.walk(root)) {
            everything
                    .filter(path -> !path.equals(root))
                    .forEach(path -> assertThat(path)
                            .satisfies(entry -> assertThat(
                                            PosixFilePermissions.toString(Files.getPosixFilePermissions(entry)))
                                    .isEqualTo(Files.isDirectory(entry) ? "rwxr-x---" : "rw-r-----")));
        }
    }

    @Test
    void whatStandsInTheWayIsNeverOverwritten() throws IOException {
        var target = Files.createDirectories(root.resolve(Sets.PATH));
        Files.writeString(target.resolve("shard-2.rdb"), "not ours");
        var staged = Sets.fill(archive().staging(Sets.KEY));

        assertThat(archive().publish(staged, Sets.manifest()))
                .isEqualTo(new Occupied(target
                        + " exists and is not a whole set of this backup; move it away, it is never overwritten"));

        assertThat(target.resolve("shard-2.rdb")).hasContent("not ours");
        assertThat(staged.resolve("shard-2.rdb")).hasBinaryContent(Sets.TWO);
    }

    @Test
    void anEmptyFolderInTheWayIsNotTakenEither() throws IOException {
        Files.createDirectories(root.resolve(Sets.PATH));

        assertThat(archive().publish(Sets.fill(archive().staging(Sets.KEY)), Sets.manifest()))
                .isInstanceOf(Occupied.class);
    }

    @Test
    void aSetThatLostAFileOrItsManifestIsNotFound() throws IOException {
        var set = publish();
        Files.write(set.resolve("shard-2.rdb"), new byte[1]);
        assertThat(archive().find(Sets.KEY)).isEmpty();

        Files.write(set.resolve("shard-2.rdb"), Sets.TWO);
        assertThat(archive().find(Sets.KEY)).isPresent();

        for (var broken : new String[] {"", "{", "[]", "{\"format_version\":2}", "{\"format_version\":1}"}) {
            Files.writeString(set.resolve("manifest.json"), broken);
            assertThat(archive().find(Sets.KEY)).as(broken).isEmpty();
        }
    }

    @Test
    void aManifestOfAnotherBackupIsNotBelieved() throws IOException {
        var set = publish();
        var other = root.resolve(Sets.PATH.replace("b-1", "b-2"));
        Files.move(set, other);

        assertThat(archive().find(Sets.KEY)).isEmpty();
        Files.move(other, set);
        assertThat(archive().find(Sets.KEY)).isPresent();
    }

    @Test
    void aManifestThatNamesAFileOutsideItsFolderIsNotBelieved() throws IOException {
        var set = publish();
        Files.write(set.resolveSibling("outside"), Sets.TWO);
        var json = Files.readString(set.resolve("manifest.json"));
        Files.writeString(
                set.resolve("manifest.json"),
                json.replace("\"stored_name\" : \"shard-2.rdb\"", "\"stored_name\" : \"../outside\""));

        assertThat(archive().find(Sets.KEY)).isEmpty();
    }

    @Test
    void symbolicLinksInStagingAreNeitherPublishedNorFollowed() throws IOException {
        var precious = Files.createDirectories(elsewhere.resolve("precious"));
        Files.write(precious.resolve("shard-2.rdb"), Sets.TWO);
        var staged = Sets.fill(archive().staging(Sets.KEY));
        Files.createSymbolicLink(staged.resolve("leftover"), precious);
        Files.delete(staged.resolve("shard-2.rdb"));
        Files.createSymbolicLink(staged.resolve("shard-2.rdb"), precious.resolve("shard-2.rdb"));

        assertThat(archive().publish(staged, Sets.manifest())).isInstanceOf(Incomplete.class);

        Files.delete(staged.resolve("shard-2.rdb"));
        Files.write(staged.resolve("shard-2.rdb"), Sets.TWO);
        assertThat(archive().publish(staged, Sets.manifest())).isEqualTo(new Published());
        assertThat(precious.resolve("shard-2.rdb")).hasBinaryContent(Sets.TWO);
    }

    @Test
    void aDirectoryThatIsNotThereIsNotMadeUp() {
        var archive = new FilesystemArchive("nas", root.resolve("not-mounted"), "node", () -> false);

        assertThat(archive.probe()).isInstanceOfSatisfying(ArchiveHealth.Unwritable.class, health -> {
            assertThat(health.state()).isEqualTo(ArchiveState.AWAY);
            assertThat(health.reason()).contains("not-mounted: the archive's directory does not exist");
        });
        assertThatExceptionOfType(ArchiveFailure.class)
                .isThrownBy(archive::free)
                .withMessageContaining("archive nas: measuring its room")
                .withMessageContaining("does not exist");
        assertThat(archive.gathered(Sets.KEY)).isEmpty();
        assertThatExceptionOfType(ArchiveFailure.class)
                .isThrownBy(() -> archive.staging(Sets.KEY))
                .withMessageContaining("archive nas: making the staging folder of " + Sets.PATH)
                .withMessageContaining("does not exist");
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void anEmptyDirectoryThatHasKeptSetsIsADiskThatIsNotMounted() throws IOException {
        var archive = new FilesystemArchive("nas", root, "node", () -> true);

        assertThat(archive.probe()).isInstanceOfSatisfying(ArchiveHealth.Unwritable.class, health -> {
            assertThat(health.state()).isEqualTo(ArchiveState.AWAY);
            assertThat(health.reason()).contains("is empty and has kept sets before");
        });
        assertThatExceptionOfType(ArchiveFailure.class).isThrownBy(archive::free);
        assertThatExceptionOfType(ArchiveFailure.class).isThrownBy(() -> archive.find(Sets.KEY));
        assertThatExceptionOfType(ArchiveFailure.class).isThrownBy(() -> archive.staging(Sets.KEY));
        assertThat(root).isEmptyDirectory();
        Files.createFile(root.resolve("anew"));
        assertThat(archive.probe()).isInstanceOf(ArchiveHealth.Writable.class);
    }

    @Test
    void stagingFoldersInTheDirectoryOfADiskThatIsNotMountedAreNoSets() {
        archive().staging(Sets.KEY);
        var archive = new FilesystemArchive("nas", root, "node", () -> true);

        assertThat(archive.probe()).isInstanceOf(ArchiveHealth.Unwritable.class);
        assertThatExceptionOfType(ArchiveFailure.class).isThrownBy(() -> archive.staging(Sets.KEY));
    }

    @Test
    void aDiskThatIsTakenAwayWhileSetsComeIsMissed() throws IOException {
        var mounted = Files.createDirectory(root.resolve("nas"));
        var away = root.resolve("away");
        var archive = new FilesystemArchive("nas", mounted, "node", () -> Files.exists(away));
        archive.publish(Sets.fill(archive.staging(Sets.KEY)), Sets.manifest());
        Files.move(mounted, away);
        Files.createDirectory(mounted);

        assertThat(archive.probe())
                .isInstanceOfSatisfying(
                        ArchiveHealth.Unwritable.class,
                        health -> assertThat(health.state()).isEqualTo(ArchiveState.AWAY));
        assertThat(mounted).isEmptyDirectory();

        Files.delete(mounted);
        Files.move(away, mounted);
        assertThat(archive.find(Sets.KEY)).isPresent();
    }

    @Test
    void anEmptyDirectoryThatNobodyCanSayAnythingOfIsLeftAlone() {
        var archive = new FilesystemArchive("nas", root, "node", () -> {
            throw new IllegalStateException("no database");
        });

        assertThat(archive.probe())
                .isInstanceOfSatisfying(
                        ArchiveHealth.Unwritable.class,
                        health -> assertThat(health.reason()).contains("nobody can say whether the empty directory"));
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void aProbeLeavesNothingBehind() {
        archive().probe();

        assertThat(root.resolve(".staging")).isEmptyDirectory();
    }

    @Test
    void whatIsStagedIsKnownByItsPathAndCanBeGivenUp() {
        var archive = new FilesystemArchive("nas", root, "node", () -> false);
        archive.staging(Sets.KEY);
        var other = new FilesystemArchive("nas", root, "other-node", () -> false);

        assertThat(archive.staged()).containsExactly(Sets.KEY.path());
        assertThat(other.staged()).isEmpty();
        archive.discardStaging(Sets.KEY.path());
        assertThat(archive.staged()).isEmpty();
    }
}
