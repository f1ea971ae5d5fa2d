package io.backhaul.transfer;

import static io.backhaul.transfer.ScriptedStore.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.backhaul.transfer.FetchOutcome.Complete;
import io.backhaul.transfer.FetchOutcome.DiskFault;
import io.backhaul.transfer.FetchOutcome.NoRoom;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StagedFileTest extends TransferTestBase {
    private final byte[] object = bytes(30_000);

    private Complete fetchWhole() {
        store.then(answer("200 OK", object, "ETag: \"one\"", DATE));
        var outcome = fetch().outcome();
        assertThat(outcome).isInstanceOf(Complete.class);
        return (Complete) outcome;
    }

    @Test
    void aWholeFileIsRememberedWithAllItsFactsAndNotFetchedAgain() {
        var first = fetchWhole();

        var again = fetch();

        assertThat(again.outcome()).isEqualTo(first);
        assertThat(again.fromByte()).isEqualTo(object.length);
        assertThat(again.moved().bytes()).isZero();
        assertThat(again.httpStatus()).isZero();
        assertThat(store.seen()).hasSize(1);
        assertThat(staged().finished()).contains(first.file());
        assertThat(staged().kept()).isEqualTo(first.file().size());
    }

    @Test
    void aWholeFileThatHasRottedIsFetchedAgain() throws IOException {
        fetchWhole();
        var rotten = object.clone();
        rotten[100] ^= 1;
        Files.write(whole(), rotten);

        fetchWhole();

        assertThat(store.seen()).hasSize(2);
        assertThat(whole()).hasBinaryContent(object);
    }

    @Test
    void aWholeFileOfAnotherSizeThanNowExpectedIsFetchedAgain() {
        fetchWhole();
        store.then(answer("200 OK", bytes(30_001)));

        assertThat(fetchExpecting(30_001).outcome()).isInstanceOf(Complete.class);
        assertThat(store.seen()).hasSize(2);
    }

    @Test
    void aCrashBetweenTheJournalAndTheRenameIsFinishedAtTheNextLook() throws IOException {
        var file = fetchWhole().file();
        Files.move(whole(), part());

        assertThat(staged().finished()).contains(file);
        assertThat(whole()).hasBinaryContent(object);
        assertThat(part()).doesNotExist();
    }

    @Test
    void aJournalOfAnotherFileIsNotBelieved() {
        fetchWhole();

        assertThat(StagedFile.in(folder, "some other name", "dump.bin").finished())
                .isEmpty();
    }

    @Test
    void namesFromTheProviderSurviveTheJournal() {
        var name = "备份 ' = : #\n.rdb";
        var staged = StagedFile.in(folder, name, "x12345678_.bin");
        var generation = new Generation("\"ü=\\u\"", null, 10L, null, null);
        try (var part = staged.begin(generation)) {
            part.write(ByteBuffer.wrap(new byte[2]), 3);
        }

        assertThat(staged.state())
                .isEqualTo(new StagedState.Partial(generation, Extents.NONE.with(new ByteRange(3, 5))));
    }

    @Test
    void aJournalOfAnEarlierVersionStillTellsThatTheEtagIsNoMd5() throws IOException {
        var generation = new Generation("\"one\"", null, 10L, null, "x-obs-server-side-encryption");
        try (var part = staged().begin(generation)) {
            part.write(ByteBuffer.wrap(new byte[2]), 0);
        }
        var journal = folder.resolve(".dump.bin.journal");
        Files.writeString(journal, Files.readString(journal).replace("no-md5=", "encryption="));
        assertThat(journal).content().contains("\nencryption=x-obs-");

        assertThat(staged().state())
                .isEqualTo(new StagedState.Partial(generation, Extents.NONE.with(new ByteRange(0, 2))));
    }

    @Test
    void onlyItsOwnerAndGroupMayReadWhatIsStaged() throws IOException {
        fetchWhole();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(whole())))
                .isEqualTo("rw-r-----");
    }

    @Test
    void aSymbolicLinkInPlaceOfThePartIsNotWrittenThrough() throws IOException {
        var victim = Files.createTempFile("backhaul", "victim");
        Files.writeString(victim, "precious");
        Files.createSymbolicLink(folder.resolve(".dump.bin.journal.new"), victim);
        store.then(answer("200 OK", object));

        assertThat(fetch().outcome()).isInstanceOf(DiskFault.class);

        assertThat(victim).hasContent("precious");
        Files.delete(victim);
    }

    @Test
    void aLinkToNothingInPlaceOfTheJournalMakesWayForIt() throws IOException {
        var journal = folder.resolve(".dump.bin.journal");
        Files.createSymbolicLink(journal, folder.resolve("nothing"));

        var file = fetchWhole().file();

        assertThat(Files.isSymbolicLink(journal)).isFalse();
        assertThat(staged().finished()).contains(file);
    }

    @Test
    void aFolderThatCannotBeMadeIsADiskFault() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "");
        store.then(answer("200 OK", object));
        var request = request();
        var staged = StagedFile.forGood(file.resolve("below"), "dump.bin", "dump.bin");

        var report = downloader.fetch(
                new FetchRequest(request.link(), Instant.MAX, staged, request.rules(), null, moved::add, room()));

        assertThat(report.outcome()).isInstanceOf(DiskFault.class);
    }

    @Test
    void aStagingFolderThatHasVanishedIsADiskFaultAndNotMadeAnew() {
        var vanished = folder.resolve("not-mounted").resolve("set");
        store.then(answer("200 OK", object));
        var request = request();
        var staged = StagedFile.in(vanished, "dump.bin", "dump.bin");

        var report = downloader.fetch(
                new FetchRequest(request.link(), Instant.MAX, staged, request.rules(), null, moved::add, room()));

        assertThat(report.outcome()).isInstanceOf(DiskFault.class);
        assertThat(vanished.getParent()).doesNotExist();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskIsNoRoomAndNoOtherFault() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> {
                    try (var full = new FileOutputStream(Path.of("/dev/full").toFile())) {
                        full.write(1);
                    }
                })
                .satisfies(e ->
                        assertThat(new StagingFailure("writing", e).outcome()).isInstanceOf(NoRoom.class));
        assertThat(new StagingFailure("writing", new IOException("Input/output error")).outcome())
                .isInstanceOf(DiskFault.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".hidden", "a/b", ".."})
    void aStoredNameIsOnePlainName(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> StagedFile.in(folder, "given", name));
    }
}
