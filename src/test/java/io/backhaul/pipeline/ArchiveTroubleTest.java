package io.backhaul.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.catalog.TestDatabase;
import io.backhaul.simulator.FaultTarget;
import io.backhaul.simulator.RdbFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Archives are disks, and disks are sometimes not there. */
@ExtendWith(TestDatabase.class)
class ArchiveTroubleTest {
    private final Bench bench;

    ArchiveTroubleTest(TestDatabase.Emptied database, @TempDir Path folder) {
        bench = new Bench(database, folder, "nas", "offsite");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void aHomeThatIsAwayPausesTheSetAndAsksForNoLinks() throws IOException {
        var node = bench.node("a");
        bench.addBackup("b", RdbFiles.ofSize(1, 100_000));
        unmount("nas");
        bench.list(node);
        bench.round(node);
        bench.clock.advance(Duration.ofMinutes(1));
        bench.round(node);

        assertThat(bench.rows.of("select state, failures from backup")).containsExactly("waiting|0");
        assertThat(bench.rows.one("select reason from backup"))
                .contains("archive nas")
                .contains("does not exist");
        assertThat(bench.cloud.journal().linksIssued()).isZero();
        assertThat(bench.archive("nas")).doesNotExist();

        mount("nas");
        bench.settle(node);
        assertThat(bench.rows.states()).containsExactly("b|archived");
    }

    @Test
    void aSecondArchiveThatGoesAwayCostsNoSecondDownload() throws IOException {
        var node = bench.node("a");
        bench.addBackup("b", RdbFiles.ofSize(1, 100_000));
        bench.list(node);
        node.links().fill();
        bench.events.onFirstBytes(backup -> unmount("offsite"));
        bench.transfer(node);
        bench.clock.advance(Duration.ofMinutes(1));
        bench.transfer(node);

        assertThat(bench.rows.of("select state, failures from backup")).containsExactly("linked|0");
        assertThat(bench.rows.one("select reason from backup")).contains("archive offsite");
        assertThat(bench.onDisk("nas").sets()).isEmpty();

        mount("offsite");
        bench.settle(node);
        assertThat(bench.rows.states()).containsExactly("b|archived");
        assertThat(bench.cloud.journal().requests(FaultTarget.anyFile())).hasSize(1);
        bench.onDisk("offsite").assertEverySetIsWhole();
    }

    @Test
    void setsThatWaitForTheirArchiveDoNotKeepOtherSourcesFromTheirLinks() throws IOException {
        Files.createDirectories(bench.archive("other"));
        var stuck = bench.sourceOf("stuck", "offsite");
        var well = bench.sourceOf("well", "nas");
        var node = bench.node("a", 1, List.of(stuck, well));
        for (var n = 0; n < 6; n++) {
            bench.addBackup("b" + n, RdbFiles.ofSize(n, 20_000));
        }
        node.listing().listIfDue(stuck.name());
        node.links().fill();
        unmount("offsite");
        bench.transfer(node);
        node.listing().listIfDue(well.name());

        for (var round = 0; round < 6; round++) {
            bench.round(node);
            bench.clock.advance(Duration.ofSeconds(10));
        }

        assertThat(bench.rows.of("""
                select i.source, b.state = 'archived', count(*)
                from backup b
                join instance i on i.id = b.instance_id
                group by 1, 2
                order by 1
                """)).containsExactly("stuck|f|6", "well|t|6");
    }

    @Test
    void somethingElseInTheSetsPlaceIsNeverOverwritten() throws IOException {
        var node = bench.node("a");
        bench.addBackup("b", RdbFiles.ofSize(1, 100_000));
        bench.list(node);
        node.links().fill();
        var place = bench.archive("nas").resolve("prod/" + Bench.CACHE + "/20261121T090000Z_b");
        Files.createDirectories(place);
        Files.writeString(place.resolve("precious"), "mine");
        bench.transfer(node);

        assertThat(bench.rows.states()).containsExactly("b|linked");
        assertThat(bench.rows.one("select reason from backup")).contains("move it away");
        assertThat(place.resolve("precious")).hasContent("mine");

        Files.delete(place.resolve("precious"));
        Files.delete(place);
        bench.settle(node);
        assertThat(bench.rows.states()).containsExactly("b|archived");
    }

    @Test
    void aSetThatItsArchiveRefusesIsTriedLessAndLessOften() throws IOException {
        var node = bench.node("a");
        bench.addBackup("b", RdbFiles.ofSize(1, 100_000));
        bench.list(node);
        node.links().fill();
        Files.createDirectories(bench.archive("nas").resolve("prod/" + Bench.CACHE + "/20261121T090000Z_b"));
        var pauses = new ArrayList<Duration>();
        for (var n = 0; n < 12; n++) {
            bench.transfer(node);
            var next = bench.rows.nextAttempt().orElseThrow();
            pauses.add(Duration.between(bench.clock.instant(), next));
            bench.clock.advanceTo(next);
        }

        assertThat(bench.rows.of("select state, failures from backup")).containsExactly("linked|12");
        assertThat(pauses)
                .allMatch(pause -> pause.compareTo(Duration.ofSeconds(30)) >= 0)
                .allMatch(pause -> pause.compareTo(Duration.ofMinutes(10)) <= 0)
                .anyMatch(pause -> pause.compareTo(Duration.ofMinutes(2)) > 0);
    }

    private void unmount(String archive) {
        try {
            Files.move(bench.archive(archive), bench.archive(archive + ".unmounted"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void mount(String archive) throws IOException {
        Files.move(bench.archive(archive + ".unmounted"), bench.archive(archive));
    }
}
