package io.backhaul.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.CapturedLog;
import io.backhaul.backup.LinkState;
import io.backhaul.catalog.TestDatabase;
import io.backhaul.simulator.BackupFile;
import io.backhaul.simulator.DcsBackup;
import io.backhaul.simulator.Fault;
import io.backhaul.simulator.FaultTarget;
import io.backhaul.simulator.Operation;
import io.backhaul.simulator.RdbFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a listing may be believed, and how a refused key is spared. */
@ExtendWith(TestDatabase.class)
class ListingTest {
    private static final FaultTarget BACKUPS = FaultTarget.operation(Operation.DCS_BACKUPS);

    /** A list of backups comes in pages of a hundred at the most. */
    private static final int MORE_THAN_A_PAGE = 130;

    private final Bench bench;

    ListingTest(TestDatabase.Emptied database, @TempDir Path folder) {
        bench = new Bench(database, folder, "nas");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void onlyTwoCompleteListingsWithoutABackupMakeItGone() {
        var node = bench.node("a");
        bench.addBackup("b", RdbFiles.ofSize(1, 1_000));
        bench.list(node);
        bench.cloud.dcs().remove("b");

        bench.clock.advance(Duration.ofMinutes(10));
        bench.list(node);
        assertThat(bench.rows.states()).containsExactly("b|waiting");

        bench.clock.advance(Duration.ofMinutes(10));
        bench.list(node);
        assertThat(bench.rows.states()).containsExactly("b|gone");
        assertThat(bench.events.heard()).containsExactly("gone 1");
    }

    @Test
    void listingsThatSawOnlyAPartMakeNothingGoneAndAreDueAgain() {
        var node = bench.node("a");
        bench.addBackup("b", RdbFiles.ofSize(1, 1_000));
        for (var n = 0; n < MORE_THAN_A_PAGE; n++) {
            bench.addBackup("filler" + n, RdbFiles.ofSize(n, 200));
        }
        bench.list(node);
        bench.cloud.dcs().remove("b");

        for (var listing = 0; listing < 5; listing++) {
            bench.clock.advance(Duration.ofMinutes(10));
            bench.cloud.faults().inject(Fault.PAGE_FAILS.with(2), BACKUPS, 1);
            bench.list(node);
        }

        assertThat(bench.cloud.faults().pending()).isZero();
        assertThat(bench.rows.of("select state, missed_listings from backup where provider_id = 'b'"))
                .containsExactly("waiting|0");
        assertThat(bench.rows.of("select listing_failures, next_listing_at is not null from source"))
                .containsExactly("5|t");
    }

    @Test
    void aBackupThatIsListedAgainStartsTheCountAnew() {
        var node = bench.node("a");
        bench.addBackup("b", RdbFiles.ofSize(1, 1_000));
        var at = bench.made();
        bench.list(node);
        for (var listing = 0; listing < 3; listing++) {
            bench.cloud.dcs().remove("b");
            bench.clock.advance(Duration.ofMinutes(10));
            bench.list(node);
            bench.cloud.dcs().add(Bench.CACHE, backup(at));
            bench.clock.advance(Duration.ofMinutes(10));
            bench.list(node);
        }

        assertThat(bench.rows.states()).containsExactly("b|waiting");
    }

    private static DcsBackup backup(Instant at) {
        return DcsBackup.of("b", at, List.of(BackupFile.of("b.rdb", RdbFiles.ofSize(1, 1_000))));
    }

    @Test
    void aDeletedInstanceTakesItsBackupsWithIt() {
        var node = bench.node("a");
        bench.addBackup("b", RdbFiles.ofSize(1, 1_000));
        bench.list(node);
        bench.cloud.dcs().removeInstance(Bench.CACHE);

        for (var listing = 0; listing < 2; listing++) {
            bench.clock.advance(Duration.ofMinutes(10));
            bench.list(node);
        }

        assertThat(bench.rows.states()).containsExactly("b|gone");
        assertThat(bench.catalog.reports().instances()).isEmpty();
    }

    @Test
    void whatTheOperatorNoLongerSelectsIsSkippedAndNotLostAndComesHomeWhenHeDoesAgain() {
        var before = bench.node("a");
        for (var id : List.of("failed", "linked", "home")) {
            bench.addBackup(id, RdbFiles.ofSize(1, 1_000));
        }
        bench.list(before);
        before.links().fill();
        bench.rows.change("update backup set state = 'failed' where provider_id = 'failed'");
        bench.rows.change("update backup set state = 'archived' where provider_id = 'home'");
        bench.addBackup("waiting", RdbFiles.ofSize(1, 1_000));
        bench.clock.advance(Duration.ofMinutes(10));
        bench.list(before);
        assertThat(bench.rows.states())
                .containsExactly("failed|failed", "home|archived", "linked|linked", "waiting|waiting");

        bench.select("a-typo");
        var narrowed = bench.node("a");
        try (var log = new CapturedLog()) {
            for (var listing = 0; listing < 3; listing++) {
                bench.clock.advance(Duration.ofMinutes(10));
                bench.list(narrowed);
            }
            assertThat(log.lines())
                    .containsOnlyOnce(
                            "WARN instance no longer selected, its backups are skipped until it is source=prod"
                                    + " instance=" + Bench.CACHE + " backups=3")
                    .contains("ERROR instances not found, the others go on; correct ids or region in the configuration"
                            + " source=prod ids=[a-typo]");
        }
        assertThat(bench.rows.states())
                .containsExactly("failed|skipped", "home|archived", "linked|skipped", "waiting|skipped");
        assertThat(bench.rows.of("select distinct reason from backup where state = 'skipped'"))
                .containsExactly("its instance is not selected");
        assertThat(bench.events.heard()).isEmpty();
        assertThat(bench.events.linksEnded()).isEqualTo(Map.of(LinkState.LAPSED, 2));
        assertThat(bench.catalog.reports().instances()).isEmpty();

        bench.select(Bench.CACHE);
        bench.settle(bench.node("a"));

        assertThat(bench.rows.of("select distinct state from backup")).containsExactly("archived");
    }

    @Test
    void anArchivedBackupThatTheProviderDropsStaysArchived() {
        var node = bench.node("a");
        bench.addBackup("b", RdbFiles.ofSize(1, 1_000));
        bench.settle(node);
        bench.cloud.dcs().remove("b");

        for (var listing = 0; listing < 3; listing++) {
            bench.clock.advance(Duration.ofMinutes(10));
            bench.list(node);
        }

        assertThat(bench.rows.states()).containsExactly("b|archived");
        assertThat(bench.events.heard()).doesNotContain("gone 1");
    }

    @Test
    void aRefusedKeyIsNotTriedAgainForFiveMinutesAndThenOnceOnly() {
        var node = bench.nodeWithKey("a", "the-wrong-secret");
        var asked = new ArrayList<Integer>();

        for (var minute = 0; minute <= 11; minute++) {
            bench.list(node);
            asked.add(bench.cloud.journal().requests().size());
            bench.clock.advance(Duration.ofMinutes(1));
        }

        assertThat(asked).containsExactly(1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3);
        assertThat(bench.rows.one("select last_failure from source"))
                .contains("401", "; operator: correct credentials.")
                .doesNotContain("the-wrong-secret");
        assertThat(bench.rows.one("select failure_kind from source")).isEqualTo("denied");
    }

    @Test
    void aKeyThatIsRefusedWhileLinksAreWantedRestsToo() {
        var right = bench.node("a");
        for (var n = 0; n < 4; n++) {
            bench.addBackup("b" + n, RdbFiles.ofSize(n, 1_000));
        }
        bench.list(right);
        var before = bench.cloud.journal().requests().size();
        var wrong = bench.nodeWithKey("b", "the-wrong-secret");

        for (var second = 0; second < 290; second += 10) {
            wrong.links().fill();
            bench.clock.advance(Duration.ofSeconds(10));
        }

        assertThat(bench.cloud.journal().requests().size() - before).isBetween(1, 4);
        assertThat(bench.rows.of("select distinct state from backup")).containsExactly("waiting");
    }
}
