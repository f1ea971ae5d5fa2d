package io.backhaul.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.backup.Sha256;
import io.backhaul.backup.SignedUrl;
import io.backhaul.config.HostPattern;
import io.backhaul.disk.FaultyDisk;
import io.backhaul.transfer.FetchOutcome.Complete;
import io.backhaul.transfer.FetchOutcome.Cut;
import io.backhaul.transfer.FetchOutcome.DiskFault;
import io.backhaul.transfer.FetchOutcome.LinkDead;
import io.backhaul.transfer.FetchOutcome.NewGeneration;
import io.backhaul.transfer.FetchOutcome.NoRoom;
import io.backhaul.transfer.FetchOutcome.ServerFault;
import io.backhaul.transfer.FetchOutcome.Throttled;
import io.backhaul.transfer.StagedState.Partial;
import io.backhaul.transfer.StagedState.Whole;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** One download of a small object, with a fresh link for each fetch, that a disk or a store is to spoil. */
final class TorturedDownload implements AutoCloseable {
    private static final int TOTAL = 200_000;
    private static final byte[] OBJECT = TransferTestBase.bytes(TOTAL);
    private static final byte[] OLD_OBJECT = Arrays.copyOf(TransferTestBase.bytes(TOTAL + 1), TOTAL);
    private static final String ETAG = "\"one\"";
    private static final String OLD_ETAG = "\"old\"";
    private static final String NAME = "dump.bin";
    private static final int SYNC_BYTES = 50_000;
    private static final int TRIES = 6;

    private final Beginning beginning;
    private final FaultyDisk disk;
    private final HonestStore store;
    private final Downloader downloader;
    private final int callsBefore;
    private int links;

    /** What is there at first. */
    enum Beginning {
        /** Nothing. */
        FRESH,
        /** Some ranges of the object. */
        PIECES,
        /** The first link dies while its first answer comes. */
        RENEWED,
        /** Some ranges of an object that the store has replaced since. */
        SWAPPED,
        /** The whole verified file. */
        WHOLE
    }

    /** @param isShared whether the store waits for several streams */
    TorturedDownload(Path folder, Beginning beginning, Downloader downloader, boolean isShared) throws IOException {
        this.beginning = beginning;
        disk = new FaultyDisk(folder);
        Files.createDirectory(disk.real().resolve("set"));
        store = new HonestStore(OBJECT, ETAG, isShared);
        this.downloader = downloader;
        switch (beginning) {
            case FRESH -> {}
            case PIECES -> stage(OBJECT, ETAG);
            case SWAPPED -> stage(OLD_OBJECT, OLD_ETAG);
            case RENEWED -> store.expireInMidAnswer(1);
            case WHOLE -> assertThat(fetch()).isInstanceOf(Complete.class);
        }
        callsBefore = store.calls();
        // all of that is long ago
        disk.losePower(() -> true);
    }

    FaultyDisk disk() {
        return disk;
    }

    HonestStore store() {
        return store;
    }

    /** What went wrong with the disk. */
    @Override
    public String toString() {
        return disk.toString();
    }

    /** What a killed process with three streams leaves. */
    private void stage(byte[] object, String etag) {
        var generation = new Generation(etag, null, (long) object.length, null, null);
        try (var part = staged().begin(generation)) {
            for (var from : List.of(0, 80_000, 150_000)) {
                part.write(ByteBuffer.wrap(object, from, 20_000), from);
            }
        }
    }

    private Path staging() {
        return disk.root().resolve("set");
    }

    private StagedFile staged() {
        return StagedFile.in(staging(), NAME, NAME, SYNC_BYTES);
    }

    private Path seen(String name) {
        return disk.real().resolve("set").resolve(name);
    }

    /** Every end is one of those that a failure may have; a file that is there is the right one. */
    FetchOutcome fetch() throws IOException {
        var rules = new TargetRules(List.of(new HostPattern(store.host())));
        var link = SignedUrl.of(store.link(++links));
        var outcome = downloader
                .fetch(new FetchRequest(link, Instant.MAX, staged(), rules, null, bytes -> {}, new DiskRoom(staging())))
                .outcome();
        assertThat(outcome)
                .isInstanceOfAny(
                        Complete.class,
                        DiskFault.class,
                        NoRoom.class,
                        Cut.class,
                        LinkDead.class,
                        NewGeneration.class,
                        Throttled.class,
                        ServerFault.class);
        if (outcome instanceof Complete complete) {
            assertThat(complete.file().sha256()).isEqualTo(Sha256.of(OBJECT));
            assertThat(seen(NAME)).exists();
        }
        if (Files.exists(seen(NAME))) {
            assertThat(seen(NAME)).hasBinaryContent(OBJECT);
        }
        return outcome;
    }

    /** What counts as synced is there. */
    void assertThatTheJournalIsRight() throws IOException {
        switch (staged().state()) {
            case Whole whole -> assertThat(seen(NAME)).hasBinaryContent(OBJECT);
            case Partial partial -> {
                var object = OLD_ETAG.equals(partial.generation().etag()) ? OLD_OBJECT : OBJECT;
                var bytes = Files.readAllBytes(seen("." + NAME + ".part"));
                for (var range : partial.synced().ranges()) {
                    var from = (int) range.from();
                    var to = (int) range.to();
                    assertThat(Arrays.copyOfRange(bytes, from, to)).isEqualTo(Arrays.copyOfRange(object, from, to));
                }
            }
            case StagedState.Empty empty -> {}
        }
    }

    /** With a healthy disk and store, the next fetches bring the file, and it is there to stay. */
    void finish() throws IOException {
        disk.heal();
        assertThatTheJournalIsRight();
        var outcome = fetch();
        for (var tries = 1; tries < TRIES && !(outcome instanceof Complete); tries++) {
            outcome = fetch();
        }
        assertThatItIsThere(outcome);
        disk.losePower(() -> false);
        assertThat(seen(NAME)).hasBinaryContent(OBJECT);
        assertThatItIsThere(fetch());
        if (beginning == Beginning.WHOLE) {
            assertThat(store.calls()).as("what was whole is not fetched again").isEqualTo(callsBefore);
        }
    }

    private void assertThatItIsThere(FetchOutcome outcome) throws IOException {
        assertThat(outcome).isInstanceOf(Complete.class);
        try (var entries = Files.list(seen(""))) {
            assertThat(entries.map(entry -> String.valueOf(entry.getFileName())))
                    .containsExactlyInAnyOrder(NAME, "." + NAME + ".journal");
        }
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
