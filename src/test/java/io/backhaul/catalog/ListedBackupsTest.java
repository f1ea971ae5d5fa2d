package io.backhaul.catalog;

import static io.backhaul.catalog.Bench.NOW;
import static io.backhaul.catalog.Bench.SOURCE;
import static io.backhaul.catalog.Bench.listed;
import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.backup.BackupId;
import io.backhaul.backup.BackupState;
import io.backhaul.backup.ByteCount;
import io.backhaul.backup.ListedBackup;
import io.backhaul.backup.ListedBackup.Readiness;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a listing makes of backups: new, changed, vanished, back again. */
@ExtendWith(TestDatabase.class)
class ListedBackupsTest {
    private static final Instant SECOND = NOW.plusSeconds(600);
    private static final Instant THIRD = NOW.plusSeconds(1200);
    private static final Instant FOURTH = NOW.plusSeconds(1800);

    private final Bench bench;
    private final Catalog catalog;

    ListedBackupsTest(Catalog catalog) {
        this.catalog = catalog;
        bench = new Bench(catalog);
    }

    @Test
    void aNewBackupWaits() {
        bench.listing(NOW, "b");

        assertThat(bench.state("b")).isEqualTo("waiting");
        assertThat(bench.claimForLinks("node", 1)).hasSize(1);
    }

    @Test
    void changedFactsReplaceEarlierOnesButNotTheTimeThatNamesTheFolder() {
        bench.save(listed("b", Readiness.NOT_YET, 0), null, NOW);
        var changed = new ListedBackup(
                new BackupId("b"), Readiness.READY, "done", SECOND, new ByteCount(9), null, Map.of("type", "auto"));

        bench.save(changed, FOURTH, SECOND);

        var row = catalog.histories().find("b").getFirst();
        assertThat(row.providerStatus()).isEqualTo("done");
        assertThat(row.size()).isEqualTo(new ByteCount(9));
        assertThat(row.deadline()).isEqualTo(FOURTH);
        assertThat(row.given()).isEqualTo(Map.of("type", "auto"));
        assertThat(row.createdAt()).isEqualTo(NOW.minusSeconds(60));
    }

    @Test
    void whatIsNotReadyYetIsNotClaimed() {
        bench.save(listed("b", Readiness.NOT_YET, 0), null, NOW);

        assertThat(bench.state("b")).isEqualTo("waiting");
        assertThat(bench.claimForLinks("node", 1)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"NEVER", "DELETED"})
    void whatIsNoUseAtFirstSightIsSkipped(Readiness readiness) {
        assertThat(bench.save(listed("b", readiness, 0), null, NOW)).isEmpty();

        assertThat(bench.state("b")).isEqualTo("skipped");
        assertThat(bench.text("select reason from backup")).isEqualTo("the provider lists it as status-" + readiness);
    }

    @Test
    void aBackupThatFailsInTheMakingIsSkippedAndNeverCountsAsGone() {
        bench.save(listed("b", Readiness.NOT_YET, 0), NOW.plusSeconds(9), NOW);

        assertThat(bench.save(listed("b", Readiness.NEVER, 0), null, SECOND)).isEmpty();

        assertThat(bench.state("b")).isEqualTo("skipped");
        assertThat(bench.listing(THIRD)).isEmpty();
        assertThat(bench.listing(FOURTH)).isEmpty();
        assertThat(catalog.reports().goneCounts()).isEmpty();
        assertThat(catalog.reports().nextDeadlines(9)).isEmpty();
    }

    @Test
    void aBackupWhoseFilesAreDeletedIsGone() {
        bench.see("b", 1, null);

        assertThat(bench.save(listed("b", Readiness.DELETED, 1), null, SECOND)).containsExactly("b");

        assertThat(bench.state("b")).isEqualTo("gone");
        assertThat(bench.text("select reason from backup")).isEqualTo("the provider lists it as deleted");
    }

    @Test
    void twoCompleteListingsInARowWithoutABackupMakeItGone() {
        bench.listing(NOW, "b", "stays");

        assertThat(bench.listing(SECOND, "stays")).isEmpty();
        assertThat(bench.state("b")).isEqualTo("waiting");
        assertThat(bench.listing(THIRD, "stays")).containsExactly("b");

        assertThat(bench.state("b")).isEqualTo("gone");
        assertThat(bench.state("stays")).isEqualTo("waiting");
        assertThat(bench.text("select reason from backup where provider_id = 'b'"))
                .isEqualTo("2 complete listings in a row did not show it");
        assertThat(catalog.reports().goneCounts()).containsExactly(new Reports.GoneCount(SOURCE, 1, THIRD));
    }

    @Test
    void aListingThatShowsItBetweenStartsTheCountAgain() {
        bench.listing(NOW, "b");
        bench.listing(SECOND);
        bench.listing(THIRD, "b");

        assertThat(bench.listing(FOURTH)).isEmpty();
        assertThat(bench.state("b")).isEqualTo("waiting");
    }

    @Test
    void aPartialListingCountsNothing() {
        bench.listing(NOW, "b");
        bench.listing(SECOND);

        // What the cycle does with a part: it keeps what it saw, and believes no absence.
        catalog.listings().saveBackups(SOURCE, Bench.INSTANCE, List.of(), THIRD);
        bench.save(listed("other", Readiness.READY, 1), null, THIRD);

        assertThat(bench.state("b")).isEqualTo("waiting");
        assertThat(bench.number("select missed_listings from backup where provider_id = 'b'"))
                .isEqualTo(1);
    }

    @Test
    void aBackupThatReappearsWaitsAgainAndStaysCounted() {
        bench.listing(NOW, "b");
        bench.listing(SECOND);
        bench.listing(THIRD);

        bench.listing(FOURTH, "b");

        assertThat(bench.state("b")).isEqualTo("waiting");
        assertThat(bench.number("select missed_listings from backup")).isZero();
        assertThat(catalog.reports().goneCounts()).containsExactly(new Reports.GoneCount(SOURCE, 1, THIRD));
    }

    @Test
    void whatIsArchivedStaysSoWhateverTheProviderShows() {
        var lease = bench.leased("b", "node");
        bench.release(lease, BackupState.ARCHIVED);

        bench.save(listed("b", Readiness.DELETED, 1), null, SECOND);
        bench.listing(THIRD);
        bench.listing(FOURTH);

        assertThat(bench.state("b")).isEqualTo("archived");
    }

    @Test
    void aLeasedBackupIsLeftAlone() {
        bench.leased("b", "node");

        bench.listing(SECOND);

        assertThat(bench.listing(THIRD)).isEmpty();
        assertThat(bench.save(listed("b", Readiness.DELETED, 1), null, FOURTH)).isEmpty();
        assertThat(bench.state("b")).isEqualTo("waiting");
    }

    @ParameterizedTest
    @EnumSource(names = {"WAITING", "PREPARING", "LINKED", "FAILED"})
    void whatIsOfAnInstanceThatIsNotSelectedIsSkippedAndWaitsAgainWhenItIs(BackupState state) {
        bench.linked("b", "dump");
        bench.execute("update backup set state = '" + state.label() + "', missed_listings = 1");

        assertThat(catalog.listings().skipUnselected(SOURCE, Bench.INSTANCE, SECOND))
                .isEqualTo(new WrittenOff(List.of(), 1, 1));

        assertThat(bench.text("select state || ': ' || reason from backup"))
                .isEqualTo("skipped: its instance is not selected");
        assertThat(bench.texts("select state || ' ' || end_reason from link where url is null"))
                .containsExactly("lapsed its instance is not selected");
        assertThat(catalog.reports().goneCounts()).isEmpty();
        assertThat(bench.listing(THIRD, "b")).isEmpty();
        assertThat(bench.state("b")).isEqualTo("waiting");
        assertThat(bench.number("select missed_listings from backup")).isZero();
    }

    @Test
    void whatIsUnderWayOrSettledIsNotSkippedWithItsInstance() {
        bench.release(bench.leased("home", "node"), BackupState.ARCHIVED);
        bench.leased("asked-for", "node");
        bench.transferring("on-its-way", "node", "dump");

        assertThat(catalog.listings().skipUnselected(SOURCE, Bench.INSTANCE, SECOND))
                .isEqualTo(WrittenOff.NOTHING);

        assertThat(bench.texts("select state from backup order by provider_id"))
                .containsExactly("waiting", "archived", "transferring");
    }

    @Test
    void aBackupThatMovesAfterItsLeaseEndedFencesItsLateOwner() {
        var late = bench.leased("b", "node");
        bench.lapse("b");
        bench.listing(SECOND);
        assertThat(bench.listing(THIRD)).containsExactly("b");

        assertThat(bench.save(late, "dump").verdict()).isEqualTo(Links.Verdict.LEASE_LOST);
        assertThat(catalog.attempts().saveFiles(late, List.of(Bench.stored("dump", "dump")), NOW))
                .isFalse();
        assertThat(catalog.attempts().archived(late, List.of(new Attempts.Copy("nas", "x", new ByteCount(1))), NOW))
                .isFalse();
        bench.listing(FOURTH, "b");
        assertThat(bench.release(late, BackupState.FAILED)).isFalse();

        assertThat(bench.number("select count(*) from backup_file")).isZero();
        assertThat(bench.number("select count(*) from archive_copy")).isZero();
        assertThat(bench.state("b")).isEqualTo("waiting");
    }

    @Test
    void aBackupThatGoesTakesTheUrlsOfItsLinksWithIt() {
        bench.linked("b", "dump-1", "dump-2");
        bench.listing(SECOND);

        bench.listing(THIRD);

        assertThat(bench.texts("select state || ' ' || end_reason || ' ' || location from link where url is null"))
                .containsOnly("lapsed 2 complete listings in a row did not show it https://store.example/b/file")
                .hasSize(2);
    }

    @Test
    void anEmptyListingOfAnEmptyInstanceChangesNothing() {
        assertThat(bench.listing(NOW)).isEmpty();
        assertThat(bench.number("select count(*) from backup")).isZero();
    }
}
