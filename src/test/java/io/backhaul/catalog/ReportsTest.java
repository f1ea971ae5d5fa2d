package io.backhaul.catalog;

import static io.backhaul.catalog.Bench.NOW;
import static io.backhaul.catalog.Bench.SOURCE;
import static io.backhaul.catalog.Bench.stored;
import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.backup.BackupState;
import io.backhaul.backup.ByteCount;
import io.backhaul.backup.Instance;
import io.backhaul.backup.InstanceId;
import io.backhaul.backup.LinkState;
import io.backhaul.backup.ListedBackup.Readiness;
import io.backhaul.backup.SourceName;
import io.backhaul.catalog.Histories.BackupRow;
import io.backhaul.catalog.Histories.Filter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What people and metrics read. */
@ExtendWith(TestDatabase.class)
class ReportsTest {
    private final Bench bench;
    private final Catalog catalog;

    ReportsTest(Catalog catalog) {
        this.catalog = catalog;
        bench = new Bench(catalog);
    }

    @Test
    void statesAreCountedBySource() {
        bench.linked("a", "dump");
        bench.see("b", 1, null);
        bench.see("c", 1, null);

        assertThat(catalog.reports().countsByState())
                .containsExactly(
                        new Reports.StateCount(SOURCE, BackupState.LINKED, 1),
                        new Reports.StateCount(SOURCE, BackupState.WAITING, 2));
    }

    @Test
    void anInstanceShowsItsNewestBackupsHereAndThere() {
        catalog.listings().saveInstances(SOURCE, List.of(new Instance(new InstanceId("i-2"), "", Map.of())), NOW);
        bench.see("b", 1, null);
        bench.save(Bench.listed("broken", Readiness.NEVER, 1), null, NOW);
        var made = NOW.minusSeconds(60);

        assertThat(catalog.reports().instances())
                .containsExactly(
                        new Reports.InstanceRow(SOURCE, Bench.INSTANCE, "cache", null, made),
                        new Reports.InstanceRow(SOURCE, new InstanceId("i-2"), "", null, null));

        bench.release(bench.claimForLinks("node", 1).getFirst(), BackupState.ARCHIVED);

        assertThat(catalog.reports().instances().getFirst().newestArchived()).isEqualTo(made);
    }

    @Test
    void theNearestDeadlineComesFirstAndOnlyOfWhatIsNotHome() {
        bench.see("late", 1, NOW.plusSeconds(90));
        bench.see("soon", 2_000_000, NOW.plusSeconds(60));
        bench.see("unknown", 1, null);
        bench.see("home", 1, NOW.plusSeconds(1));
        bench.release(bench.claimForLinks("node", 1).getFirst(), BackupState.ARCHIVED);

        var deadlines = catalog.reports().nextDeadlines(9);

        assertThat(deadlines).extracting(row -> row.backup().backup().value()).containsExactly("soon", "late");
        assertThat(deadlines.getFirst().slack(1e6, NOW)).isEqualTo(Duration.ofSeconds(58));
        assertThat(catalog.reports().nextDeadlines(1)).hasSize(1);
    }

    @Test
    void whatIsMostUrgentMustBeginBeforeItsDeadlineLessItsTransfer() {
        bench.see("late", 1, NOW.plusSeconds(90));
        bench.see("large", 40_000_000, NOW.plusSeconds(95));
        bench.see("unknown", 1, null);

        assertThat(catalog.reports().latestStarts(1e6))
                .containsExactly(new Reports.LatestStart(SOURCE, NOW.plusSeconds(55)));
    }

    @Test
    void anInstanceIsThereAsLongAsListingsOfAllShowIt() {
        var other = new InstanceId("i-2");
        catalog.listings().saveInstances(SOURCE, List.of(new Instance(other, "", Map.of())), NOW.plusSeconds(60));
        assertThat(instances()).containsExactly(Bench.INSTANCE, other);

        catalog.listings().sawEveryInstance(SOURCE, NOW.plusSeconds(60));
        assertThat(instances()).containsExactly(other);

        catalog.listings()
                .saveInstances(SOURCE, List.of(new Instance(Bench.INSTANCE, "", Map.of())), NOW.plusSeconds(90));
        assertThat(instances()).as("what a listing shows meanwhile").containsExactly(Bench.INSTANCE, other);
    }

    private List<InstanceId> instances() {
        return catalog.reports().instances().stream()
                .map(Reports.InstanceRow::instance)
                .toList();
    }

    @Test
    void totalsCountWhatMovedBySource() {
        var lease = bench.transferring("b", "node", "dump", "index");
        end(lease, LinkState.EXPIRED);
        bench.save(lease, "dump", "index");
        var file = catalog.links().files(lease).getFirst();
        catalog.attempts().begin(lease, file.fileId(), Objects.requireNonNull(file.link()), "node", NOW);
        catalog.attempts().saveFiles(lease, List.of(stored("dump", "dump"), stored("index", "index")), NOW);
        catalog.attempts().archived(lease, List.of(), NOW);

        bench.save(Bench.listed("broken", Readiness.NEVER, 1), null, NOW);
        bench.see("lost", 1, null);
        bench.release(bench.claimForLinks("node", 1).getFirst(), BackupState.GONE);
        var idle = new SourceName("without-anything");
        catalog.listings().register(idle, "huawei-ges", NOW);

        assertThat(catalog.reports().totals())
                .containsExactly(
                        new Reports.Totals(SOURCE, 1, 1, 1, 2, new ByteCount(14), 4, 1, 2, 1),
                        new Reports.Totals(idle, 0, 0, 0, 0, new ByteCount(0), 0, 0, 0, 0));
    }

    private void end(Lease lease, LinkState state) {
        var link = catalog.links().files(lease).getFirst().link();
        catalog.links().end(lease, Objects.requireNonNull(link).linkId(), state, "HTTP 403", NOW);
    }

    @Test
    void theHistoryOfLinksIsWhole() {
        var lease = bench.transferring("b", "node", "dump");
        end(lease, LinkState.EXPIRED);
        bench.save(lease, "dump");

        var history = catalog.histories();
        assertThat(history.links(history.find("b").getFirst()))
                .extracting(link -> link.grant() + " " + link.file() + " " + link.state() + " " + link.expiryOrigin()
                        + " " + link.location() + " " + link.endReason())
                .containsExactly(
                        "1 dump expired url https://store.example/b/file HTTP 403",
                        "2 dump live url https://store.example/b/file ");
    }

    @Test
    void aListShowsWhatItsFilterNames() {
        var i2 = new InstanceId("i-2");
        catalog.listings().saveInstances(SOURCE, List.of(new Instance(i2, "", Map.of())), NOW);
        bench.linked("a", "dump");
        bench.see("b", 1, null);
        catalog.listings()
                .saveBackups(SOURCE, i2, List.of(new SeenBackup(Bench.listed("b", Readiness.READY, 1), null)), NOW);

        assertThat(paths(new Filter(null, null, null))).containsExactly("prod/i-1/a", "prod/i-1/b", "prod/i-2/b");
        assertThat(paths(new Filter("prod", "i-2", null))).containsExactly("prod/i-2/b");
        assertThat(paths(new Filter(null, null, "linked"))).containsExactly("prod/i-1/a");
        assertThat(paths(new Filter("other", null, null))).isEmpty();
        assertThat(paths(catalog.histories().find("b"))).containsExactly("prod/i-1/b", "prod/i-2/b");
        assertThat(paths(catalog.histories().find("prod/i-2/b"))).containsExactly("prod/i-2/b");
        assertThat(catalog.histories().find("prod/i-2/")).isEmpty();
        assertThat(catalog.histories().find("%")).isEmpty();
    }

    private List<String> paths(Filter filter) {
        return paths(catalog.histories().list(filter));
    }

    private static List<String> paths(List<BackupRow> rows) {
        return rows.stream().map(row -> row.backup().toString()).toList();
    }
}
