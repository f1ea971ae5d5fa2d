package io.backhaul.catalog;

import static io.backhaul.catalog.Bench.NOW;
import static io.backhaul.catalog.Bench.RATE;
import static io.backhaul.catalog.Bench.TERM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backhaul.backup.AttemptOutcome;
import io.backhaul.backup.BackupState;
import io.backhaul.backup.ByteCount;
import io.backhaul.backup.ListedBackup.Readiness;
import io.backhaul.backup.SourceName;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Leases: how they lapse, who takes over, and that nobody writes under one that is lost. */
@ExtendWith(TestDatabase.class)
class LeasesTest {
    private final Bench bench;
    private final Catalog catalog;

    LeasesTest(Catalog catalog) {
        this.catalog = catalog;
        bench = new Bench(catalog);
    }

    @Test
    void aClaimPassesOverWhatAnotherConnectionIsJustClaiming() {
        bench.see("first", 1, NOW.plusSeconds(60));
        bench.see("second", 1, NOW.plusSeconds(90));

        var claimed = bench.sql.inTransaction(other -> {
            other.execute("select from backup where provider_id = 'first' for update");
            return bench.claimForLinks("node-b", 2);
        });

        assertThat(claimed).extracting(lease -> lease.backup().backup().value()).containsExactly("second");
    }

    @Test
    void noMoreThanAskedForAreClaimed() {
        bench.see("a", 1, null);
        bench.see("b", 1, null);

        assertThat(bench.claimForLinks("node", 0)).isEmpty();
        assertThat(bench.claimForLinks("node", -3)).isEmpty();
        assertThat(bench.claimForLinks("node", 1)).hasSize(1);
    }

    @Test
    void aBackupThatMustWaitIsNotClaimedBeforeItsTime() {
        bench.linked("b", "dump");
        var lease = bench.claimForTransfer("node", 1).getFirst();
        var later = NOW.plusSeconds(30);
        catalog.claims().release(lease, BackupState.LINKED, "throttled", later, 3, NOW);

        assertThat(bench.claimForTransfer("node", 1)).isEmpty();
        var again = catalog.claims().claimForTransfer("node", 1, TERM, RATE, later);

        assertThat(again).extracting(Lease::failures).containsExactly(3);
    }

    @Test
    void aTransferWhoseNodeDiedIsTakenOverWhateverItsNextTry() {
        var dead = bench.transferring("b", "node-a", "dump");
        assertThat(bench.claimForTransfer("node-b", 1)).isEmpty();
        bench.lapse("b");

        var taken = catalog.claims()
                .claimForTransfer("node-b", 1, TERM, RATE, NOW.minusSeconds(999))
                .getFirst();

        assertThat(taken.epoch()).isEqualTo(dead.epoch() + 1);
        assertThat(taken.state()).isEqualTo(BackupState.TRANSFERRING);
    }

    @Test
    void aLeaseInLinksHandCarriesWhatIsKnownOfTheBackup() {
        bench.save(Bench.listed("b", Readiness.READY, 42), NOW.plusSeconds(60), NOW);

        var lease = bench.claimForLinks("node", 1).getFirst();

        assertThat(lease.key().path()).isEqualTo("prod/i-1/20261121T095900Z_b");
        assertThat(lease.size()).isEqualTo(new ByteCount(42));
        assertThat(lease.deadline()).isEqualTo(NOW.plusSeconds(60));
        assertThat(lease.instanceName()).isEqualTo("cache");
        assertThat(lease.given()).containsEntry("size", "42");
    }

    @Test
    void whoWasOvertakenWritesNothing() {
        var frozen = bench.transferring("b", "node-a", "dump");
        var file = catalog.links().files(frozen).getFirst();
        var link = Objects.requireNonNull(file.link());
        var attempt = catalog.attempts()
                .begin(frozen, file.fileId(), link, "node-a", NOW)
                .orElseThrow();
        var end = new Attempts.End(AttemptOutcome.COMPLETE, 0, new ByteCount(7), 200, "", null);
        bench.lapse("b");
        bench.claimForTransfer("node-b", 1);
        var before = everything();

        assertThat(bench.release(frozen, BackupState.FAILED)).isFalse();
        assertThat(bench.save(frozen, "dump", "more").verdict()).isEqualTo(Links.Verdict.LEASE_LOST);
        assertThat(catalog.links().lookAgain(frozen, "task", NOW, NOW)).isFalse();
        assertThat(catalog.attempts().begin(frozen, file.fileId(), link, "node-a", NOW))
                .isEmpty();
        var stored = Bench.stored("dump", "dump");
        assertThat(catalog.attempts().complete(frozen, attempt, end, file.fileId(), stored, NOW))
                .isEqualTo(Attempts.Completed.LEASE_LOST);
        assertThat(catalog.attempts().saveFiles(frozen, List.of(stored), NOW)).isFalse();
        var copies = List.of(new Attempts.Copy("nas", "x", new ByteCount(7)));
        assertThat(catalog.attempts().archived(frozen, copies, NOW)).isFalse();
        assertThat(catalog.nodes().renew("node-a", List.of(frozen), TERM)).isEmpty();
        assertThat(catalog.attempts().abandonEarlier(frozen, NOW)).isZero();

        assertThat(everything()).isEqualTo(before);
    }

    private List<String> everything() {
        return bench.texts("""
                select b::text from backup b union all select f::text from backup_file f
                union all select l::text from link l union all select a::text from attempt a
                union all select c::text from archive_copy c union all select p::text from preparation p
                """);
    }

    @Test
    void whoGaveItsLeaseBackWritesNothingEither() {
        var lease = bench.leased("b", "node");
        bench.release(lease, BackupState.WAITING);

        assertThat(bench.release(lease, BackupState.FAILED)).isFalse();
        assertThat(bench.save(lease, "dump").verdict()).isEqualTo(Links.Verdict.LEASE_LOST);
        assertThat(bench.state("b")).isEqualTo("waiting");
    }

    @Test
    void aLeaseThatLapsedButWasNotTakenStillHolds() {
        var lease = bench.leased("b", "node");
        bench.lapse("b");

        assertThat(catalog.nodes().renew("node", List.of(lease), TERM)).containsExactly(lease);
        assertThat(bench.claimForLinks("other", 1)).isEmpty();
    }

    @Test
    void renewingKeepsOnlyWhatIsOurs() {
        var mine = bench.leased("mine", "node-a");
        var lost = bench.leased("lost", "node-a");
        bench.lapse("lost");
        bench.claimForLinks("node-b", 1);

        assertThat(catalog.nodes().renew("node-a", List.of(mine, lost), TERM)).isEqualTo(Set.of(mine));
        assertThat(catalog.nodes().renew("node-b", List.of(mine), TERM)).isEmpty();
        assertThat(catalog.nodes().renew("node-a", List.of(), TERM)).isEmpty();
    }

    @Test
    void aNodeThatStartsAgainFreesWhatItsEarlierRunHeld() {
        catalog.nodes().register("node-a", "1.0", 2);
        bench.leased("b", "node-a");
        var other = bench.leased("other", "node-b");

        assertThat(catalog.nodes().register("node-a", "1.1", 4)).isEqualTo(1);

        assertThat(bench.claimForLinks("node-c", 9))
                .extracting(lease -> lease.backup().backup().value())
                .containsExactly("b");
        assertThat(catalog.nodes().renew("node-b", List.of(other), TERM)).containsExactly(other);
        assertThat(bench.text("select version || ' ' || slots from node")).isEqualTo("1.1 4");
    }

    @Test
    void slotsCountOnlyForNodesThatAreAlive() {
        catalog.nodes().register("alive", "1.0", 2);
        catalog.nodes().register("dead", "1.0", 4);
        bench.execute("update node set heartbeat_at = now() - interval '61 seconds'");
        assertThat(catalog.nodes().slots(Duration.ofMinutes(1))).isZero();

        catalog.nodes().heartbeat("alive");

        assertThat(catalog.nodes().slots(Duration.ofMinutes(1))).isEqualTo(2);
        catalog.nodes().remove("alive");
        assertThat(catalog.nodes().slots(Duration.ofMinutes(1))).isZero();
    }

    @Test
    void nodesCountOnlyWhileTheyAreAlive() {
        catalog.nodes().register("alive", "1.0", 2);
        catalog.nodes().register("dead", "1.0", 4);
        bench.execute("update node set heartbeat_at = now() - interval '61 seconds' where name = 'dead'");

        assertThat(catalog.nodes().alive(Duration.ofMinutes(1))).isEqualTo(1);
    }

    @Test
    void theBackupsOfAFullSourceArePassedOver() {
        bench.see("waits", 1, null);
        bench.linked("linked", "dump");
        var full = catalog.claims().barring(Barred.NOTHING.and(Set.of(Bench.SOURCE)));
        var others = catalog.claims().barring(Barred.NOTHING.and(Set.of(new SourceName("another"))));

        assertThat(full.claimForLinks("node", 9, TERM, RATE, NOW)).isEmpty();
        assertThat(full.claimForTransfer("node", 9, TERM, RATE, NOW)).isEmpty();
        assertThat(others.claimForLinks("node", 9, TERM, RATE, NOW)).hasSize(1);
        assertThat(others.claimForTransfer("node", 9, TERM, RATE, NOW)).hasSize(1);
    }

    @Test
    void anIllegalMoveIsOurBug() {
        var lease = bench.leased("b", "node");

        assertThatThrownBy(() -> bench.release(lease, BackupState.PRUNED))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no move from WAITING to PRUNED backup=prod/i-1/b");
        assertThat(bench.state("b")).isEqualTo("waiting");
    }

    @Test
    void theTimeOfAStateIsThatOfItsFirstMoment() {
        var lease = bench.leased("b", "node");
        catalog.claims().release(lease, BackupState.WAITING, "no", NOW.plusSeconds(5), 1, NOW.plusSeconds(5));

        assertThat(bench.text("select state_since = '" + NOW + "' from backup")).isEqualTo("t");
    }

    @Test
    void whatIsLinkedAndUnclaimedIsCounted() {
        bench.linked("free", "dump");
        bench.linked("taken", "dump");
        bench.claimForTransfer("node", 1);

        assertThat(catalog.claims().stock(NOW)).containsOnlyKeys(Bench.SOURCE);
        assertThat(catalog.claims().stock(NOW).get(Bench.SOURCE))
                .extracting(Stock::backups)
                .isEqualTo(1);
    }
}
