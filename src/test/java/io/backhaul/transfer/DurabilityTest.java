package io.backhaul.transfer;

import static io.backhaul.transfer.ScriptedStore.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.backhaul.disk.DiskOp;
import io.backhaul.disk.FaultyDisk;
import io.backhaul.disk.Trouble;
import io.backhaul.transfer.FetchOutcome.Complete;
import io.backhaul.transfer.FetchOutcome.DiskFault;
import io.backhaul.transfer.StagedState.Partial;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stays of staged files through failures of the disk and losses of power. */
class DurabilityTest extends TransferTestBase {
    private final byte[] object = bytes(30_000);
    private FaultyDisk disk;

    @BeforeEach
    void makeDisk() throws IOException {
        disk = new FaultyDisk(folder);
        Files.createDirectory(seen(""));
    }

    @Override
    Path staging() {
        return disk.root().resolve("set");
    }

    private Path seen(String name) {
        return disk.real().resolve("set").resolve(name);
    }

    private FetchOutcome fetchWhole() {
        store.then(answer("200 OK", object, "ETag: \"one\""));
        return fetch().outcome();
    }

    private void loseAll() throws IOException {
        disk.losePower(() -> false);
    }

    @Test
    void aFileThatIsHomeIsThereToStay() throws IOException {
        assertThat(fetchWhole()).isInstanceOf(Complete.class);

        loseAll();

        assertThat(seen("dump.bin")).hasBinaryContent(object);
    }

    @Test
    void aFolderThatIsMadeForAFileIsThereToStay() throws IOException {
        var staged = StagedFile.forGood(disk.root().resolve("made"), "dump.bin", "dump.bin");
        store.then(answer("200 OK", object));
        var request = request();
        var report = downloader.fetch(
                new FetchRequest(request.link(), Instant.MAX, staged, request.rules(), null, moved::add, room()));
        assertThat(report.outcome()).isInstanceOf(Complete.class);

        loseAll();

        assertThat(disk.real().resolve("made/dump.bin")).hasBinaryContent(object);
    }

    @Test
    void aDiskThatCannotTellWhatItHasCostsNoVerifiedFile() {
        var first = fetchWhole();
        disk.fail(1, DiskOp.LOOK, Trouble.REFUSED);

        assertThat(fetch().outcome()).isInstanceOf(DiskFault.class);
        assertThat(fetch().outcome()).isEqualTo(first);

        assertThat(store.seen()).hasSize(1);
    }

    @Test
    void aDiskThatCannotTellWhetherAPlaceIsTakenIsAFailure() {
        disk.fail(1, DiskOp.LOOK, Trouble.REFUSED);
        assertThatExceptionOfType(StagingFailure.class).isThrownBy(() -> staged().isTaken());

        disk.fail(1, DiskOp.LOOK, Trouble.REFUSED);
        assertThatExceptionOfType(StagingFailure.class).isThrownBy(() -> staged().isKnown());
    }

    @Test
    void aDeadDiskIsAFaultAndNoMore() {
        disk.fail(1, DiskOp.LOOK, Trouble.POWER_CUT);
        assertThat(fetchWhole()).isInstanceOf(DiskFault.class);
        assertThatExceptionOfType(StagingFailure.class).isThrownBy(() -> room().refusal(0));
    }

    @Test
    void aFileWhoseNameWasNotKeptIsKeptOnceItIsAdopted() throws IOException {
        // the bytes, the journal, and then the names
        disk.fail(3, DiskOp.FORCE, Trouble.REFUSED);
        assertThat(fetchWhole()).isInstanceOf(DiskFault.class);
        assertThat(seen("dump.bin")).exists();

        assertThat(fetch().outcome()).isInstanceOf(Complete.class);
        loseAll();

        assertThat(seen("dump.bin")).hasBinaryContent(object);
    }

    @Test
    void discardedBytesNeverComeBackBesideTheJournalOfTheNextObject() throws IOException {
        var old = new Generation("\"old\"", null, 30_000L, null, null);
        try (var part = staged().begin(old)) {
            part.syncMeanwhile();
            part.write(ByteBuffer.wrap(new byte[30_000]), 0);
        }
        disk.losePower(() -> true);
        var next = new Generation("\"next\"", null, 30_000L, null, null);
        try (var part = staged().begin(next)) {
            part.syncMeanwhile();
            part.write(ByteBuffer.wrap(object), 0);
        }

        // of the names that were not synced, only the latest survives: the journal's
        var isLatest = new AtomicBoolean(true);
        disk.losePower(() -> isLatest.getAndSet(false));

        if (staged().state() instanceof Partial partial) {
            assertThat(partial.generation()).isEqualTo(next);
            assertThat(seen(".dump.bin.part")).hasBinaryContent(object);
        }
    }
}
