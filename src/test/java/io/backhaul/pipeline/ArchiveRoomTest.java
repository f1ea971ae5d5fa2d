package io.backhaul.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.backhaul.archive.Archive;
import io.backhaul.archive.FilesystemArchive;
import io.backhaul.backup.ArchiveState;
import io.backhaul.backup.SourceName;
import io.backhaul.catalog.ArchiveStates;
import io.backhaul.catalog.TestDatabase;
import io.backhaul.simulator.FaultTarget;
import io.backhaul.simulator.RdbFiles;
import io.backhaul.transfer.Brake;
import io.backhaul.transfer.Room;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Disks run full, in between and before; whoever makes room has done all there is to do. */
@ExtendWith(TestDatabase.class)
class ArchiveRoomTest {
    private static final int SIZE = 3_000_000;
    private static final long RESERVE = Room.RESERVE.bytes();
    private static final long PLENTY = RESERVE + 100L * SIZE;
    private static final String ARCHIVES = "select archive, state from archive_state order by 1";

    private final Bench bench;

    ArchiveRoomTest(TestDatabase.Emptied database, @TempDir Path folder) {
        bench = new Bench(database, folder, "nas");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void aFullArchivePausesItsOwnSourcesAloneAndGoesOnByItselfWhenThereIsRoom() throws IOException {
        Files.createDirectories(bench.archive("other"));
        var tight = bench.sourceOf("tight", "nas");
        var well = bench.sourceOf("well", "other");
        var node = bench.node("a", 1, List.of(tight, well));
        addBackups(3);
        bench.leaveFree("nas", RESERVE + SIZE - 1);
        node.listing().listIfDue(tight.name());
        node.listing().listIfDue(well.name());
        for (var round = 0; round < 4; round++) {
            bench.round(node);
        }

        assertThat(bench.rows.of("""
                select i.source, b.state, b.failures, count(*)
                from backup b
                join instance i on i.id = b.instance_id
                group by 1, 2, 3
                order by 1
                """)).containsExactly("tight|waiting|0|3", "well|archived|0|3");
        assertThat(bench.rows.of(ARCHIVES)).containsExactly("nas|full", "other|open");
        assertThat(bench.rows.one("select detail from archive_state where archive = 'nas'"))
                .startsWith("archive nas is full: 66.9 MiB free, 8.6 MiB wanted by tight/")
                .contains("and 2 more")
                .endsWith("make room");
        assertThat(bench.rows.of("select distinct reason from backup where state = 'waiting'"))
                .allMatch(reason -> reason.startsWith("archive nas is full"));
        // Nobody asked for links that could only die.
        assertThat(bench.cloud.journal().linksIssued()).isEqualTo(3);

        bench.leaveFree("nas", PLENTY);
        for (var round = 0; round < 4; round++) {
            bench.round(node);
        }

        assertThat(bench.rows.of("select distinct state, failures from backup")).containsExactly("archived|0");
        assertThat(bench.rows.of("select outcome, count(*) from attempt group by 1"))
                .containsExactly("complete|6");
        assertThat(bench.rows.of(ARCHIVES)).containsExactly("nas|open", "other|open");
        bench.onDisk("nas").assertEverySetIsWhole();
    }

    @Test
    void aDiskThatRunsFullInTheMiddleCutsTheTransferWhichGoesOnFromTheSameByteOverTheSameLink() {
        var node = bench.node("a");
        addBackups(1);
        bench.list(node);
        bench.events.onFirstBytes(backup -> {
            bench.leaveFree("nas", RESERVE / 2 - 1);
            node.transfers().fill();
        });
        bench.round(node);

        assertThat(bench.rows.of("select state, failures from backup")).containsExactly("linked|0");
        assertThat(bench.rows.of("select state from link")).containsExactly("live");
        assertThat(bench.rows.of("select outcome, bytes between 1 and 2999999 from attempt"))
                .containsExactly("stopped|t");
        assertThat(bench.rows.of(ARCHIVES)).containsExactly("nas|full");

        bench.clock.advance(Duration.ofSeconds(1));
        bench.round(node);
        assertThat(bench.cloud.journal().requests(FaultTarget.anyFile())).hasSize(1);

        bench.leaveFree("nas", PLENTY);
        bench.round(node);
        assertThat(bench.rows.states()).containsExactly("b0|archived");
        assertThat(bench.rows.of("select sum(bytes), count(distinct link_id), max(from_byte) > 0 from attempt"))
                .containsExactly(SIZE + "|1|t");
        bench.onDisk("nas").assertEverySetIsWhole();
    }

    @Test
    void roomIsPromisedOnceAndFreeAgainForOthersWhenItsTransferHasEnded() {
        addBackups(2);
        var node = bench.node("a");
        bench.list(node);
        var source = bench.source();
        var rooms = new ArchiveRooms(bench.catalog, new Sources(List.of(source)), bench.clock, "a");
        var leases = bench.catalog.claims().claimForLinks("a", 2, Duration.ofMinutes(1), 1e6, bench.clock.instant());
        bench.leaveFree("nas", RESERVE + SIZE + 1_000);

        var first = rooms.booking(leases.getFirst(), source, new Brake());
        var second = rooms.booking(leases.getLast(), source, new Brake());
        assertThat(first.begin(0)).isEmpty();
        assertThat(second.begin(0)).get().asString().contains("wanted by prod/", "booked by transfers under way");
        assertThat(rooms.barred().backupIds()).containsExactly(leases.getLast().backupId());

        // What has come is no longer free, and so is no longer booked.
        first.filled(SIZE);
        bench.leaveFree("nas", RESERVE + 1_000);
        rooms.look();
        assertThat(rooms.barred().backupIds()).hasSize(1);

        first.close();
        bench.leaveFree("nas", RESERVE + SIZE);
        rooms.look();
        assertThat(rooms.barred().backupIds()).isEmpty();
        assertThat(second.begin(0)).isEmpty();
    }

    @Test
    void whatIsKeptAlreadyNeedsNoRoom() {
        var node = bench.node("a");
        addBackups(1);
        bench.list(node);
        bench.events.onFirstBytes(backup -> {
            bench.leaveFree("nas", RESERVE / 2 - 1);
            node.transfers().fill();
        });
        bench.round(node);
        var kept = Long.parseLong(bench.rows.one("select bytes from attempt"));

        bench.leaveFree("nas", RESERVE + SIZE - kept);
        bench.round(node);

        assertThat(bench.rows.states()).containsExactly("b0|archived");
    }

    @Test
    void aLittleMoreOrLessOfTheReserveChangesNothing() {
        var node = bench.node("a");
        bench.list(node);
        bench.leaveFree("nas", RESERVE - 1);
        node.transfers().fill();
        assertThat(bench.rows.of(ARCHIVES)).containsExactly("nas|open");

        bench.leaveFree("nas", RESERVE / 2 - 1);
        node.transfers().fill();
        assertThat(bench.rows.of(ARCHIVES)).containsExactly("nas|full");

        bench.leaveFree("nas", RESERVE - 1);
        node.transfers().fill();
        assertThat(bench.rows.of(ARCHIVES)).containsExactly("nas|full");

        bench.leaveFree("nas", RESERVE);
        node.transfers().fill();
        assertThat(bench.rows.of(ARCHIVES)).containsExactly("nas|open");
    }

    @Test
    void whatFitsComesHomeBesideWhatDoesNot() {
        var node = bench.node("a");
        bench.addBackup("large", RdbFiles.ofSize(1, SIZE));
        bench.addBackup("small", RdbFiles.ofSize(2, 100_000));
        bench.leaveFree("nas", RESERVE + 200_000);
        bench.list(node);
        bench.round(node);
        bench.round(node);

        assertThat(bench.rows.states()).containsExactly("large|waiting", "small|archived");
        assertThat(bench.rows.of(ARCHIVES)).containsExactly("nas|full");
    }

    @Test
    void anArchiveIsNoLongerFullForABackupThatIsGone() {
        var node = bench.node("a");
        addBackups(1);
        bench.leaveFree("nas", RESERVE + 1);
        bench.list(node);
        bench.round(node);
        assertThat(bench.rows.of(ARCHIVES)).containsExactly("nas|full");

        bench.rows.change("update backup set state = 'gone'");
        bench.transfer(node);
        assertThat(bench.rows.of(ARCHIVES)).containsExactly("nas|open");
    }

    @Test
    void anArchiveThatIsAwayIsClaimedForNoMore() throws IOException {
        var node = bench.node("a");
        addBackups(2);
        bench.list(node);
        node.links().fill();
        Files.move(bench.archive("nas"), bench.archive("unmounted"));
        bench.transfer(node);
        var epochs = bench.rows.of("select lease_epoch from backup order by 1");
        bench.clock.advance(Duration.ofMinutes(1));
        bench.round(node);

        assertThat(bench.rows.of("select lease_epoch from backup order by 1")).isEqualTo(epochs);
        assertThat(bench.rows.of("select distinct state, failures from backup")).containsExactly("linked|0");
        assertThat(bench.rows.of(ARCHIVES)).containsExactly("nas|away");
        assertThat(bench.rows.one("select detail from archive_state")).contains("does not exist", "bring it back");

        Files.move(bench.archive("unmounted"), bench.archive("nas"));
        bench.transfer(node);
        assertThat(bench.rows.of("select distinct state from backup")).containsExactly("archived");
        assertThat(bench.rows.of(ARCHIVES)).containsExactly("nas|open");
    }

    @Test
    @Timeout(60)
    void anArchiveThatHangsIsAwayAndKeepsNobodyFromTheOthersUntilItAnswers() throws IOException {
        Files.createDirectories(bench.archive("other"));
        var answers = new CountDownLatch(1);
        var stuck = bench.source(new SourceName("stuck"), "secret", List.of(hanging(new CountDownLatch(1), answers)));
        var well = bench.sourceOf("well", "other");
        var sources = new Sources(List.of(stuck, well));
        var rooms = new ArchiveRooms(bench.catalog, sources, bench.clock, "a", Duration.ofSeconds(1));

        rooms.look();
        rooms.look();

        assertThat(rooms.barred().sources()).containsExactly(stuck.name());
        assertThat(rooms.rows())
                .extracting(ArchiveStates.Row::archive, ArchiveStates.Row::detail)
                .containsExactly(
                        tuple("nas", "archive nas is away: it does not answer; bring it back"), tuple("other", ""));

        answers.countDown();
        while (!rooms.barred().sources().isEmpty()) {
            rooms.look();
        }
        assertThat(rooms.rows()).extracting(ArchiveStates.Row::state).containsOnly(ArchiveState.OPEN);
    }

    @Test
    void whatIsKnownOfAnArchiveIsToldWhileItIsAskedHowItIs() throws InterruptedException {
        var asked = new CountDownLatch(1);
        var answers = new CountDownLatch(1);
        var source = bench.source(new SourceName("stuck"), "secret", List.of(hanging(asked, answers)));
        var rooms = new ArchiveRooms(bench.catalog, new Sources(List.of(source)), bench.clock, "a");
        var look = CompletableFuture.runAsync(rooms::look);
        asked.await();

        assertThat(CompletableFuture.supplyAsync(rooms::rows))
                .succeedsWithin(Duration.ofSeconds(20))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(1);
        assertThat(CompletableFuture.supplyAsync(rooms::barred)).succeedsWithin(Duration.ofSeconds(20));

        answers.countDown();
        assertThat(look).succeedsWithin(Duration.ofSeconds(20));
    }

    /** The bench's archive, but it says nothing before it may. */
    private Archive hanging(CountDownLatch asked, CountDownLatch answers) {
        var disk = new FilesystemArchive("nas", bench.archive("nas"), "node", () -> false);
        return new WatchedArchive(disk, published -> {}, free -> {
            asked.countDown();
            try {
                answers.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted", e);
            }
            return free;
        });
    }

    private void addBackups(int count) {
        for (var n = 0; n < count; n++) {
            bench.addBackup("b" + n, RdbFiles.ofSize(n, SIZE));
        }
    }
}
