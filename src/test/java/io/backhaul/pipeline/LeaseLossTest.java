package io.backhaul.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backhaul.backup.AttemptOutcome;
import io.backhaul.catalog.TestDatabase;
import io.backhaul.simulator.Fault;
import io.backhaul.simulator.FaultTarget;
import io.backhaul.simulator.RdbFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A node that was frozen past its lease wakes up beside the one that has taken over. */
@ExtendWith(TestDatabase.class)
class LeaseLossTest {
    private static final String ALL_ROWS = """
            select b.state, b.reason, b.failures, b.lease_owner, l.state as link, l.url is not null as url, a.outcome,
                   f.sha256, (select count(*) from archive_copy) as copies
            from backup b
            left join backup_file f on f.backup_id = b.id
            left join link l on l.file_id = f.id
            left join attempt a on a.link_id = l.id
            """;

    private final Bench bench;

    LeaseLossTest(TestDatabase.Emptied database, @TempDir Path folder) {
        bench = new Bench(database, folder, "nas", "offsite");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void whoLosesTheLeaseInMidTransferWritesNothingAndShowsNothing() {
        var node = bench.node("a");
        bench.addBackup("b", RdbFiles.ofSize(1, 3_000_000));
        bench.list(node);
        bench.events.onFirstBytes(bench::stealLease);

        bench.round(node);

        assertThat(bench.rows.of(ALL_ROWS)).containsExactly("transferring||0|thief|live|t|||0");
        assertThat(bench.onDisk("nas").sets()).isEmpty();
        assertThat(bench.onDisk("offsite").sets()).isEmpty();
        assertThat(bench.events.heard()).isEmpty();
    }

    @Test
    void leasesAreRenewedThoughNothingCanBeSaidOfTheArchives() {
        var node = bench.node("a");
        bench.addBackup("b", RdbFiles.ofSize(1, 3_000_000));
        bench.list(node);
        var left = new AtomicReference<String>();
        bench.events.onFirstBytes(backup -> {
            bench.rows.change("update backup set lease_until = now() + interval '1 second'");
            bench.rows.change("alter table archive_state rename to lost");
            try {
                assertThatThrownBy(() -> node.transfers().renewLeases()).hasMessageContaining("archive_state");
            } finally {
                // another test gets this database
                bench.rows.change("alter table lost rename to archive_state");
            }
            left.set(bench.rows.one("select lease_until > now() + interval '30 seconds' from backup"));
        });

        bench.round(node);

        assertThat(left).hasValue("t");
    }

    @Test
    void aLostLeaseCutsTheStreamAsSoonAsItIsKnown() {
        var node = bench.node("a");
        bench.addBackup("b", RdbFiles.ofSize(1, 3_000_000));
        bench.list(node);
        bench.events.onFirstBytes(backup -> {
            bench.stealLease(backup);
            node.transfers().renewLeases();
        });

        bench.round(node);

        assertThat(bench.rows.of(ALL_ROWS)).containsExactly("transferring||0|thief|live|t|||0");
        assertThat(bench.archive("nas").resolve(".staging/node"))
                .isDirectoryRecursivelyContaining(file -> file.endsWith(".b.rdb.part"))
                .isDirectoryNotContaining(file -> file.endsWith("b.rdb"));
        bench.endStolenLease();
        bench.transfer(bench.node("b"));
        assertThat(bench.rows.one("select from_byte > 0 from attempt where outcome = 'complete'"))
                .isEqualTo("t");
    }

    @Test
    void whatANodeStillMovesItDoesNotClaimASecondTimeWhenTheLeaseHasEnded() {
        var node = bench.node("a");
        bench.addBackup("b", RdbFiles.ofSize(1, 3_000_000));
        bench.list(node);
        bench.events.onFirstBytes(backup -> {
            bench.rows.change("update backup set lease_until = now() - interval '1 second'");
            node.transfers().fill();
            node.transfers().renewLeases();
        });

        bench.round(node);

        assertThat(bench.events.mostRunning()).isEqualTo(1);
        assertThat(bench.rows.of("select state, lease_epoch from backup")).containsExactly("archived|2");
        assertThat(bench.rows.of("select outcome, from_byte from attempt")).containsExactly("complete|0");
        bench.onDisk("nas").assertEverySetIsWhole();
    }

    @Test
    void whoTakesOverNeedNotFetchAgainWhatStandsVerifiedInStaging() {
        var loser = bench.node("a");
        bench.addBackup("b", RdbFiles.ofSize(1, 3_000_000));
        bench.list(loser);
        bench.events.onFirstBytes(bench::stealLease);
        bench.round(loser);
        bench.endStolenLease();

        bench.transfer(bench.node("b"));

        assertThat(bench.rows.states()).containsExactly("b|archived");
        assertThat(bench.rows.of("select outcome, node from attempt order by id"))
                .containsExactly("abandoned|a");
        assertThat(bench.events.attemptsEnded()).containsEntry(AttemptOutcome.ABANDONED, 1);
        assertThat(bench.cloud.journal().requests(FaultTarget.anyFile())).hasSize(1);
        assertThat(bench.rows.of("select state from link")).containsExactly("spent");
        bench.onDisk("nas").assertEverySetIsWhole();
    }

    @Test
    void aRefusalHeardByWhoLostTheLeaseCountsForNobody() {
        var node = bench.node("a");
        bench.addBackup("b", RdbFiles.ofSize(1, 3_000_000));
        bench.cloud.faults().inject(Fault.BODY_TRUNCATED.with(2_000_000), FaultTarget.anyFile(), 1);
        bench.list(node);
        bench.events.onFirstBytes(backup -> {
            bench.stealLease(backup);
            bench.cloud.dcs().remove("b");
            bench.clock.advance(Duration.ofHours(1));
        });

        bench.round(node);

        assertThat(bench.rows.of(ALL_ROWS)).containsExactly("transferring||0|thief|live|t|||0");
        assertThat(bench.events.heard()).isEmpty();
    }

    @Test
    void aSetThatBecameVisibleJustBeforeTheCrashIsAdoptedByTheNextRun() {
        var node = bench.node("a");
        bench.addBackup("b", RdbFiles.ofSize(1, 3_000_000));
        bench.list(node);
        var published = new int[1];
        bench.events.onFirstPublished(() -> bench.events.onFirstPublished(() -> {
            published[0]++;
            bench.stealLease("b");
        }));
        bench.round(node);
        assertThat(published).containsExactly(1);
        assertThat(bench.rows.states()).containsExactly("b|transferring");
        assertThat(bench.onDisk("nas").sets()).hasSize(1);

        bench.endStolenLease();
        bench.transfer(bench.node("b"));

        assertThat(bench.rows.states()).containsExactly("b|archived");
        assertThat(bench.rows.of("select archive, size_bytes from archive_copy order by 1"))
                .containsExactly("nas|3000000", "offsite|3000000");
        assertThat(bench.cloud.journal().requests(FaultTarget.anyFile())).hasSize(1);
        bench.onDisk("nas").assertEverySetIsWhole();
    }

    @Test
    void aCrashBetweenTwoArchivesIsFinishedWithoutFetchingAgain() {
        var node = bench.node("a");
        bench.addBackup("b", RdbFiles.ofSize(1, 3_000_000));
        bench.list(node);
        bench.events.onFirstPublished(() -> {
            throw new IllegalStateException("the node dies here");
        });
        bench.round(node);
        assertThat(bench.onDisk("offsite").sets()).hasSize(1);
        assertThat(bench.onDisk("nas").sets()).isEmpty();
        assertThat(bench.events.heard()).contains("transfer broke");
        bench.rows.change("update backup set lease_until = now() - interval '1 second'");

        bench.transfer(bench.node("b"));

        assertThat(bench.rows.states()).containsExactly("b|archived");
        assertThat(bench.rows.one("select count(*) from archive_copy")).isEqualTo("2");
        assertThat(bench.cloud.journal().requests(FaultTarget.anyFile())).hasSize(1);
        bench.onDisk("nas").assertEverySetIsWhole();
    }

    @Test
    void aWholeSetThatTheCatalogNeverHeardOfIsAdoptedWithoutALink() {
        var node = bench.node("a");
        bench.addBackup("b", RdbFiles.ofSize(1, 3_000_000));
        bench.settle(node);
        bench.rows.change("truncate archive_copy, attempt, link, backup_file, preparation, backup, instance");

        bench.settle(node);

        assertThat(bench.rows.states()).containsExactly("b|archived");
        assertThat(bench.rows.of("select archive from archive_copy order by 1")).containsExactly("nas", "offsite");
        assertThat(bench.rows.one("select count(*) from backup_file where sha256 is not null"))
                .isEqualTo("1");
        assertThat(bench.rows.one("select count(*) from link")).isEqualTo("0");
        assertThat(bench.cloud.journal().linksIssued()).isEqualTo(1);
    }
}
