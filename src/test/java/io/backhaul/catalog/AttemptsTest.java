package io.backhaul.catalog;

import static io.backhaul.catalog.Bench.NOW;
import static io.backhaul.catalog.Bench.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.backhaul.backup.AttemptOutcome;
import io.backhaul.backup.ByteCount;
import io.backhaul.backup.LinkState;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tries, files that came home, and the row that says archived. */
@ExtendWith(TestDatabase.class)
class AttemptsTest {
    private final Bench bench;
    private final Catalog catalog;

    AttemptsTest(Catalog catalog) {
        this.catalog = catalog;
        bench = new Bench(catalog);
    }

    @ParameterizedTest
    @EnumSource
    void everyEndOfATryIsHistory(AttemptOutcome outcome) {
        var lease = bench.transferring("b", "node", "dump");
        var attempt = begin(lease, "node");

        catalog.attempts()
                .end(
                        attempt,
                        new Attempts.End(outcome, 5, new ByteCount(2), 206, "so it was", NOW),
                        NOW.plusSeconds(3));

        var history = catalog.histories();
        assertThat(history.attempts(history.find("b").getFirst()))
                .containsExactly(new Histories.AttemptRow(
                        attempt,
                        1,
                        "dump",
                        "node",
                        NOW,
                        NOW.plusSeconds(3),
                        outcome.label(),
                        5,
                        new ByteCount(2),
                        206,
                        "so it was",
                        NOW));
    }

    @Test
    void aTryThatRunsHasNoEnd() {
        begin(bench.transferring("b", "node", "dump"), "node");

        assertThat(catalog.histories().attempts(catalog.histories().find("b").getFirst()))
                .extracting(Histories.AttemptRow::endedAt, Histories.AttemptRow::outcome)
                .containsExactly(tuple(null, null));
    }

    @Test
    void whoTakesOverClosesTheTriesOfTheDeadAndTheirLateEndChangesNothing() {
        var dead = bench.transferring("b", "node-a", "dump");
        var attempt = begin(dead, "node-a");
        bench.lapse("b");
        var taken = bench.claimForTransfer("node-b", 1).getFirst();
        var own = begin(taken, "node-b");

        assertThat(catalog.attempts().abandonEarlier(taken, NOW)).isEqualTo(1);
        catalog.attempts().end(attempt, end(AttemptOutcome.COMPLETE), NOW);
        catalog.attempts().end(own, end(AttemptOutcome.CUT), NOW);

        assertThat(bench.texts("select node || ' ' || outcome from attempt order by id"))
                .containsExactly("node-a abandoned", "node-b cut");
    }

    @Test
    void aTryThatBringsItsFileHomeEndsWithItsLink() {
        var lease = bench.transferring("b", "node", "dump");
        var attempt = begin(lease, "node");
        var file = catalog.links().files(lease).getFirst();

        assertThat(complete(lease, attempt, file)).isEqualTo(Attempts.Completed.LINK_SPENT);

        assertThat(bench.texts("select outcome from attempt")).containsExactly("complete");
        assertThat(bench.texts("select sha256 || size_bytes from backup_file")).containsExactly("ab".repeat(32) + 7);
        assertThat(bench.texts("select state || (url is null)::text from link")).containsExactly("spenttrue");
    }

    @Test
    void aTryMayBringItsFileHomeOverALinkThatHasEnded() {
        var lease = bench.transferring("b", "node", "dump");
        var attempt = begin(lease, "node");
        var file = catalog.links().files(lease).getFirst();
        catalog.links().end(lease, Objects.requireNonNull(file.link()).linkId(), LinkState.EXPIRED, "in mid-file", NOW);

        assertThat(complete(lease, attempt, file)).isEqualTo(Attempts.Completed.LINK_ENDED_BEFORE);

        assertThat(bench.texts("select state from link")).containsExactly("expired");
        assertThat(bench.number("select count(*) from backup_file where sha256 is not null"))
                .isEqualTo(1);
    }

    @Test
    void aFileThatComesHomeSpendsTheLinkThatReplacedItsFirst() {
        var lease = bench.transferring("b", "node", "dump");
        var attempt = begin(lease, "node");
        var file = catalog.links().files(lease).getFirst();
        bench.save(lease, "dump");

        assertThat(complete(lease, attempt, file)).isEqualTo(Attempts.Completed.LINK_SPENT);

        assertThat(bench.texts("select state from link order by id")).containsExactly("renewed", "spent");
    }

    private Attempts.Completed complete(Lease lease, long attempt, FileOfSet file) {
        return catalog.attempts()
                .complete(lease, attempt, end(AttemptOutcome.COMPLETE), file.fileId(), stored("dump", "dump"), NOW);
    }

    @Test
    void aFileThatCameHomeIsKnownByItsHash() {
        var lease = bench.transferring("b", "node", "a", "b");

        assertThat(catalog.attempts().saveFiles(lease, List.of(stored("b", "b")), NOW))
                .isTrue();

        assertThat(catalog.histories().files(catalog.histories().find("b").getFirst()))
                .containsExactly(
                        new Histories.FileRow("a", "a", new ByteCount(7), null, null),
                        new Histories.FileRow("b", "b", new ByteCount(7), "ab".repeat(32), NOW));
    }

    @Test
    void aSetIsArchivedWithItsCopiesAndItsLeaseEnds() {
        var lease = bench.transferring("b", "node", "dump");
        var copies = List.of(
                new Attempts.Copy("nas", "prod/b", new ByteCount(7)),
                new Attempts.Copy("offsite", "prod/b", new ByteCount(7)));

        assertThat(catalog.attempts().archived(lease, copies, NOW)).isTrue();

        var row = catalog.histories().find("b").getFirst();
        assertThat(row.state().label()).isEqualTo("archived");
        assertThat(row.archivedAt()).isEqualTo(NOW);
        assertThat(row.node()).isNull();
        assertThat(catalog.histories().copies(row))
                .containsExactly(
                        new Histories.CopyRow("nas", "prod/b", new ByteCount(7), NOW, NOW),
                        new Histories.CopyRow("offsite", "prod/b", new ByteCount(7), NOW, NOW));
        assertThat(catalog.reports().everKept("nas")).isTrue();
        assertThat(catalog.reports().everKept("tape")).isFalse();
    }

    @Test
    void anAdoptedSetMayHoldFilesThatWereNeverSeen() {
        var lease = bench.leased("b", "node");
        bench.save(lease, "dump");

        var adopted = List.of(stored("index", "index"), stored("dump", "2_dump"), stored("dump", "dump"));
        assertThat(catalog.attempts().saveFiles(lease, adopted, NOW)).isTrue();

        assertThat(bench.texts("select given_name || occurrence || '=' || stored_name || position"
                        + " from backup_file order by position"))
                .containsExactly("dump0=dump0", "index0=index1", "dump1=2_dump2");
        assertThat(bench.number("select count(*) from backup_file where sha256 is not null"))
                .isEqualTo(3);
    }

    @Test
    void aSetThatIsArchivedTwiceKeepsOneCopyPerArchive() {
        var lease = bench.transferring("b", "node", "dump");
        var copy = List.of(new Attempts.Copy("nas", "prod/b", new ByteCount(7)));
        catalog.attempts().archived(lease, copy, NOW);

        assertThat(catalog.attempts().archived(lease, copy, NOW)).isFalse();
        assertThat(bench.number("select count(*) from archive_copy")).isEqualTo(1);
    }

    private long begin(Lease lease, String node) {
        var file = catalog.links().files(lease).getFirst();
        return catalog.attempts()
                .begin(lease, file.fileId(), Objects.requireNonNull(file.link()), node, NOW)
                .orElseThrow();
    }

    private static Attempts.End end(AttemptOutcome outcome) {
        return new Attempts.End(outcome, 0, ByteCount.ZERO, 0, "", null);
    }
}
