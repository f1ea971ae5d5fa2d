package io.backhaul.catalog;

import static io.backhaul.catalog.Bench.EXPIRES;
import static io.backhaul.catalog.Bench.NOW;
import static io.backhaul.catalog.Bench.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backhaul.backup.BackupState;
import io.backhaul.backup.ByteCount;
import io.backhaul.backup.Expiry;
import io.backhaul.backup.LinkState;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The life of links, and that no URL outlives its link. */
@ExtendWith(TestDatabase.class)
class LinksTest {
    private final Bench bench;
    private final Catalog catalog;

    LinksTest(Catalog catalog) {
        this.catalog = catalog;
        bench = new Bench(catalog);
    }

    @Test
    void aGrantGivesEveryFileALiveLink() {
        var lease = bench.leased("b", "node");

        assertThat(bench.save(lease, "dump-1", "dump-2")).isEqualTo(new Links.Saved(Links.Verdict.SAVED, 0));

        var files = catalog.links().files(lease);
        assertThat(files).extracting(FileOfSet::givenName).containsExactly("dump-1", "dump-2");
        assertThat(files).extracting(FileOfSet::size).containsOnly(new ByteCount(7));
        assertThat(files).extracting(file -> link(file).url().reveal()).allMatch(url -> url.endsWith(SECRET));
        assertThat(files).extracting(file -> link(file).usableUntil()).containsOnly(EXPIRES);
        assertThat(bench.texts("select distinct expiry_origin || ' ' || location from link"))
                .containsExactly("url https://store.example/b/file");
    }

    @Test
    void aRenewalKeepsTheFilesAndEndsTheirLinks() {
        var lease = bench.leased("b", "node");
        bench.save(lease, "dump-1", "dump-2");
        var ids = ids(lease);

        assertThat(bench.save(lease, "dump-2", "dump-1").renewed()).isEqualTo(2);

        assertThat(ids(lease)).isEqualTo(ids);
        assertThat(bench.texts("select state || ' ' || (url is null) from link order by id"))
                .containsExactly("renewed true", "renewed true", "live false", "live false");
        assertThat(bench.number("select count(distinct grant_id) from link")).isEqualTo(2);
    }

    @Test
    void filesOfOneNameAreToldApartByTheirTurn() {
        var lease = bench.leased("b", "node");
        bench.save(lease, "dump", "dump", "DUMP");
        var ids = ids(lease);

        assertThat(catalog.links().files(lease))
                .extracting(FileOfSet::storedName)
                .containsExactly("dump", "2_dump", "3_DUMP");
        bench.save(lease, "dump", "dump", "DUMP");
        assertThat(ids(lease)).isEqualTo(ids);
        assertThat(bench.save(lease, "dump", "DUMP").verdict()).isEqualTo(Links.Verdict.INCOMPLETE);
    }

    @Test
    void aGrantThatLacksAFileIsNotTheSetAndChangesNothing() {
        var lease = bench.leased("b", "node");
        bench.save(lease, "dump-1", "dump-2");

        assertThat(bench.save(lease, "dump-1", "dump-3")).isEqualTo(new Links.Saved(Links.Verdict.INCOMPLETE, 0));

        assertThat(bench.texts("select distinct state from link")).containsExactly("live");
        assertThat(ids(lease)).hasSize(2);
    }

    @Test
    void aLaterGrantMayBringNewFiles() {
        var lease = bench.leased("b", "node");
        bench.save(lease, "dump");

        bench.save(lease, "dump", "index");

        assertThat(catalog.links().files(lease))
                .extracting(FileOfSet::storedName)
                .containsExactly("dump", "index");
    }

    @Test
    void storedNamesNeverMeetNotEvenByLetterCaseAndAcrossGrants() {
        var lease = bench.leased("b", "node");
        bench.save(lease, "Dump");

        bench.save(lease, "DUMP", "dump", "2_dump", "dump", "Dump");

        assertThat(bench.texts("select lower(stored_name) from backup_file"))
                .doesNotHaveDuplicates()
                .hasSize(5);
    }

    @Test
    void aFileNameThatPostgresCannotStoreIsTheSameFileInTheNextGrant() {
        var lease = bench.leased("b", "node");
        bench.save(lease, "du\0mp");

        assertThat(bench.save(lease, "du\0mp").verdict()).isEqualTo(Links.Verdict.SAVED);

        assertThat(ids(lease)).hasSize(1);
    }

    @Test
    void theDatabaseItselfAllowsOneLiveLinkPerFile() {
        bench.save(bench.leased("b", "node"), "dump");

        assertThatThrownBy(() -> bench.execute("""
                insert into link (file_id, grant_id, state, issued_at, expires_at, expiry_origin, usable_until, location,
                                  url)
                select file_id, 99, state, issued_at, expires_at, expiry_origin, usable_until, location, url from link
                """))
                .isInstanceOf(JdbiException.class)
                .hasMessageContaining("link_one_live_per_file");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LIVE")
    void anEndedLinkLosesItsUrlAndKeepsItsPlace(LinkState state) {
        var lease = bench.leased("b", "node");
        bench.save(lease, "dump");
        var link = link(catalog.links().files(lease).getFirst());

        assertThat(catalog.links().end(lease, link.linkId(), state, "why", NOW)).isTrue();
        assertThat(catalog.links().end(lease, link.linkId(), LinkState.SPENT, "too late", NOW))
                .isFalse();

        assertThat(bench.texts("select state || ' ' || end_reason || ' ' || location from link where url is null"))
                .containsExactly(state.label() + " why https://store.example/b/file");
        assertThat(catalog.links().files(lease)).extracting(FileOfSet::link).containsOnlyNulls();
    }

    @ParameterizedTest
    @EnumSource(names = {"GONE", "FAILED", "SKIPPED"})
    void noUrlOutlivesTheBackupThatSettles(BackupState settled) {
        var lease = bench.leased("b", "node");
        bench.save(lease, "dump-1", "dump-2");

        assertThat(bench.release(lease, settled)).isTrue();

        assertThat(dumped()).doesNotContain(SECRET);
        assertThat(bench.texts("select state || ' ' || end_reason from link"))
                .hasSize(2)
                .containsOnly("lapsed the backup is " + settled.label());
    }

    @Test
    void anArchivedSetLeavesNoUrl() {
        var lease = bench.transferring("b", "node", "dump");

        assertThat(catalog.attempts().archived(lease, List.of(), NOW)).isTrue();

        assertThat(dumped()).doesNotContain(SECRET);
        assertThat(bench.texts("select state from link")).containsExactly("spent");
    }

    @Test
    void aLinkThatCannotBeWrittenIsNotToldByTheError() {
        var lease = bench.leased("b", "linker");
        bench.execute("alter table link add constraint refused check (false) not valid");
        try {
            assertThatThrownBy(() -> bench.save(lease, "dump")).satisfies(error -> {
                var text = new StringWriter();
                error.printStackTrace(new PrintWriter(text));
                assertThat(text.toString()).contains("refused").doesNotContain(SECRET);
            });
        } finally {
            bench.execute("alter table link drop constraint refused");
        }
    }

    @Test
    void linksThatAreHandedOnEndTheLease() {
        var lease = bench.leased("b", "linker");

        assertThat(handOn(lease, "dump").verdict()).isEqualTo(Links.Verdict.SAVED);

        assertThat(bench.claimForTransfer("node", 1)).extracting(Lease::epoch).containsExactly(2L);
        assertThat(bench.save(lease, "dump").verdict()).isEqualTo(Links.Verdict.LEASE_LOST);
    }

    private Links.Saved handOn(Lease lease, String... files) {
        return catalog.links().save(lease, Bench.grant(files), Expiry::at, true, NOW);
    }

    @Test
    void aFirstGrantThatIsHandedOnIsKeptAsAnyOther() {
        var lease = bench.leased("b", "linker");

        assertThat(handOn(lease, "dump", "dump", "DUMP")).isEqualTo(new Links.Saved(Links.Verdict.SAVED, 0));

        var files = catalog.links().files(lease);
        assertThat(files).extracting(FileOfSet::storedName).containsExactly("dump", "2_dump", "3_DUMP");
        assertThat(files).extracting(file -> link(file).usableUntil()).containsOnly(EXPIRES);
        assertThat(bench.number("select count(distinct grant_id) from link")).isEqualTo(1);
    }

    @Test
    void aFirstLeaseThatWasLostHandsNothingOn() {
        var lease = bench.leased("b", "linker");
        bench.lapse("b");
        bench.claimForLinks("another", 1);

        assertThat(handOn(lease, "dump").verdict()).isEqualTo(Links.Verdict.LEASE_LOST);

        assertThat(bench.number("select count(*) from backup_file")).isZero();
        assertThat(bench.number("select count(*) from link")).isZero();
    }

    @Test
    void aLaterLeaseHandsOnLinksOfTheSameFiles() {
        var first = bench.leased("b", "linker");
        handOn(first, "dump-1", "dump-2");
        var ids = ids(first);
        var lease = bench.claimForTransfer("node", 1).getFirst();
        bench.release(lease, BackupState.WAITING);
        var later = bench.claimForLinks("linker", 1).getFirst();

        assertThat(handOn(later, "dump-2", "dump-1", "dump-3")).isEqualTo(new Links.Saved(Links.Verdict.SAVED, 2));

        assertThat(ids(later)).startsWith(ids.toArray(Long[]::new)).hasSize(3);
        assertThat(bench.state("b")).isEqualTo("linked");
    }

    private String dumped() {
        return String.join("\n", bench.texts("select l::text from link l"));
    }

    @Test
    void linksLapseOnlyWhereNobodyWorks() {
        bench.linked("idle", "dump-1", "dump-2");
        bench.save(bench.leased("busy", "node"), "dump");

        assertThat(catalog.links().lapseOverdue(EXPIRES.minusMillis(1))).isEmpty();
        assertThat(catalog.links().lapseOverdue(EXPIRES)).isEqualTo(Map.of(Bench.SOURCE, 2));

        assertThat(bench.texts("select distinct b.provider_id || ' ' || l.state from link l"
                        + " join backup_file f on f.id = l.file_id join backup b on b.id = f.backup_id order by 1"))
                .containsExactly("busy live", "idle lapsed");
        bench.lapse("busy");
        assertThat(catalog.links().lapseOverdue(EXPIRES)).isEqualTo(Map.of(Bench.SOURCE, 1));
    }

    @Test
    void rejectionsAreCountedBackToTheLastLinkThatEndedOtherwise() {
        var lease = bench.leased("b", "node");
        var ends = List.of(LinkState.REJECTED, LinkState.EXPIRED, LinkState.REJECTED, LinkState.REJECTED);

        assertThat(ends.stream().map(end -> rejectedAfter(lease, end))).containsExactly(1, 0, 1, 2);
        bench.save(lease, "dump");
        assertThat(catalog.links().rejectedInARow(ids(lease).getFirst())).isEqualTo(2);
    }

    private int rejectedAfter(Lease lease, LinkState end) {
        bench.save(lease, "dump");
        var file = catalog.links().files(lease).getFirst();
        catalog.links().end(lease, link(file).linkId(), end, "", NOW);
        return catalog.links().rejectedInARow(file.fileId());
    }

    @ParameterizedTest
    @EnumSource(names = {"WAITING", "TRANSFERRING"})
    void aPreparationIsARowAndAWait(BackupState from) {
        var lease = from == BackupState.WAITING ? bench.leased("b", "node") : bench.transferring("b", "node", "dump");

        assertThat(catalog.links().lookAgain(lease, "task-7", NOW.plusSeconds(30), NOW))
                .isTrue();

        assertThat(bench.state("b")).isEqualTo("preparing");
        assertThat(bench.text("select task from preparation where ended_at is null"))
                .isEqualTo("task-7");
        assertThat(bench.claimForLinks("node", 1)).isEmpty();
    }

    @Test
    void lookingAtAPreparationAgainKeepsOneRowThatEndsWithTheGrant() {
        bench.see("b", 1, null);
        IntStream.range(0, 3)
                .forEach(look -> catalog.links()
                        .lookAgain(bench.claimForLinks("node", 1).getFirst(), "task-7", NOW, NOW.plusSeconds(look)));
        assertThat(bench.texts("select (checked_at - requested_at)::text from preparation where ended_at is null"))
                .containsExactly("00:00:02");

        bench.save(bench.claimForLinks("node", 1).getFirst(), "dump");

        assertThat(bench.number("select count(*) from preparation where ended_at is null"))
                .isZero();
    }

    private List<Long> ids(Lease lease) {
        return catalog.links().files(lease).stream()
                .map(FileOfSet::fileId)
                .sorted()
                .toList();
    }

    private static LiveLink link(FileOfSet file) {
        return Objects.requireNonNull(file.link());
    }
}
