package io.backhaul.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.backup.LinkState;
import io.backhaul.catalog.TestDatabase;
import io.backhaul.simulator.BackupFile;
import io.backhaul.simulator.DcsBackup;
import io.backhaul.simulator.Fault;
import io.backhaul.simulator.FaultTarget;
import io.backhaul.simulator.Operation;
import io.backhaul.simulator.RdbFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Links expire, die early, and are judged by another's clock. */
@ExtendWith(TestDatabase.class)
class LinkLifeTest {
    private static final long SIZE = 4_000_000;
    private static final FaultTarget LINKS = FaultTarget.operation(Operation.DCS_LINKS);

    private final Bench bench;

    LinkLifeTest(TestDatabase.Emptied database, @TempDir Path folder) {
        bench = new Bench(database, folder, "nas");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void anExpiredLinkIsRequestedAgainAndTheFileGoesOnFromTheSameByte() {
        var node = bench.node("a");
        bench.addBackup("b", RdbFiles.ofSize(1, SIZE));
        bench.cloud.faults().inject(Fault.BODY_TRUNCATED.with(600_000), FaultTarget.anyFile(), 1);
        bench.list(node);
        bench.round(node);
        assertThat(bench.rows.states()).containsExactly("b|linked");

        bench.clock.advance(Duration.ofHours(1));
        bench.round(node);

        assertThat(bench.rows.states()).containsExactly("b|archived");
        assertThat(bench.rows.of("select state, url from link order by id")).containsExactly("lapsed|", "spent|");
        assertThat(bench.rows.of("select outcome, from_byte, bytes, http_status from attempt order by id"))
                .containsExactly("cut|0|600000|200", "complete|600000|3400000|206");
        bench.onDisk("nas").assertEverySetIsWhole();
    }

    @Test
    void aNodeThatStandsIdleUsesALinkAsSoonAsItComes() {
        bench.moveAtOnce();
        var node = bench.node("a");
        bench.addBackup("b", RdbFiles.ofSize(1, SIZE));
        bench.list(node);

        node.links().fill();
        bench.events.awaitQuiet(node.transfers());

        assertThat(bench.rows.states()).containsExactly("b|archived");
    }

    @Test
    void aLinkThatExpiresInMidTransferIsRenewedAtOnce() {
        var node = bench.node("a");
        bench.addBackup("b", RdbFiles.ofSize(1, SIZE));
        bench.cloud.faults().inject(Fault.BODY_TRUNCATED.with(2_000_000), FaultTarget.anyFile(), 1);
        bench.events.onFirstBytes(backup -> bench.clock.advance(Duration.ofHours(1)));
        bench.list(node);

        bench.round(node);

        assertThat(bench.rows.of("select state, url from link order by id")).containsExactly("lapsed|", "spent|");
        assertThat(bench.rows.of("select outcome, from_byte from attempt order by id"))
                .containsExactly("cut|0", "complete|2000000");
    }

    @Test
    void aStreamThatRunsWhenItsLinkEndsIsReadToItsEnd() {
        var node = bench.node("a");
        bench.addBackup("b", RdbFiles.ofSize(1, SIZE));
        bench.events.onFirstBytes(backup -> bench.clock.advance(Duration.ofHours(1)));
        bench.list(node);

        bench.round(node);

        assertThat(bench.rows.of("select state from link")).containsExactly("spent");
        assertThat(bench.rows.of("select outcome, from_byte from attempt")).containsExactly("complete|0");
    }

    @Test
    @Timeout(60)
    void aStreamThatIsWantedAfterALinkEndedComesOverTheNextWhileOthersRun() throws IOException {
        bench.segments(2);
        var node = bench.node("a");
        bench.addBackup("b", RdbFiles.ofSize(1, SIZE));
        bench.cloud.faults().inject(Fault.BODY_TRUNCATED.with(600_000), FaultTarget.anyFile(), 1);
        bench.list(node);
        bench.round(node);
        leaveAGap("0-600000", "0-100000 300000-600000");
        // two gaps, and so two streams: the first is held until the second, cut as well, has come again over a new link
        bench.cloud.faults().inject(Fault.BODY_TRUNCATED.with(100_000), FaultTarget.anyFile(), 2);
        var streams = ConcurrentHashMap.newKeySet();
        var order = new AtomicInteger();
        bench.events.onBytes(backup -> {
            switch (streams.add(Thread.currentThread()) ? order.incrementAndGet() : 0) {
                case 1 -> bench.events.awaitEnded(LinkState.RENEWED);
                case 2 -> bench.clock.advance(Duration.ofHours(1));
                default -> {}
            }
        });

        bench.clock.advance(Duration.ofMinutes(2));
        bench.round(node);

        assertThat(bench.rows.states()).containsExactly("b|archived");
        assertThat(bench.rows.of("select outcome, from_byte from attempt order by id"))
                .containsExactly("cut|0", "complete|100000");
        assertThat(bench.rows.of("select state, url from link order by id")).containsExactly("renewed|", "spent|");
        assertThat(bench.events.linksEnded()).isEqualTo(Map.of(LinkState.RENEWED, 1, LinkState.SPENT, 1));
        assertThat(bench.cloud.journal().expiredHits()).isZero();
        bench.onDisk("nas").assertEverySetIsWhole();
    }

    private void leaveAGap(String synced, String less) throws IOException {
        try (var files = Files.walk(bench.archive("nas").resolve(".staging"))) {
            var journal = files.filter(file -> file.endsWith(".b.rdb.journal"))
                    .findFirst()
                    .orElseThrow();
            var text = Files.readString(journal);
            assertThat(text).contains("synced=" + synced);
            Files.writeString(journal, text.replace("synced=" + synced, "synced=" + less));
        }
    }

    @Test
    void whatLittleCameBeforeALinkEndedIsReasonEnoughToGoOnAtOnce() {
        var node = bench.node("a");
        bench.addBackup("b", RdbFiles.ofSize(1, SIZE));
        bench.cloud.faults().inject(Fault.BODY_TRUNCATED.with(300_000), FaultTarget.anyFile(), 1);
        bench.events.onFirstBytes(backup -> bench.clock.advance(Duration.ofHours(1)));
        bench.list(node);

        bench.round(node);

        assertThat(bench.rows.states()).containsExactly("b|archived");
        assertThat(bench.rows.of("select state from link order by id")).containsExactly("lapsed", "spent");
    }

    @Test
    void oneRenewalServesEveryFileOfTheGrantAndEveryEndIsARowAndCounted() {
        var node = bench.node("a");
        var files = Stream.of("one.rdb", "two.rdb", "three.rdb")
                .map(name -> BackupFile.of(name, RdbFiles.ofSize(name.length(), 500_000)))
                .toList();
        bench.cloud.dcs().add(Bench.CACHE, DcsBackup.of("b", bench.made(), files));
        bench.events.onFirstBytes(backup -> bench.clock.advance(Duration.ofHours(1)));
        bench.list(node);

        bench.round(node);

        assertThat(bench.rows.states()).containsExactly("b|archived");
        assertThat(bench.cloud.journal().requests(LINKS)).hasSize(2);
        assertThat(bench.cloud.journal().expiredHits()).isZero();
        assertThat(bench.rows.of("select grant_id, state, count(*) from link group by 1, 2 order by 1, 2"))
                .containsExactly("1|lapsed|1", "1|renewed|1", "1|spent|1", "2|spent|3");
        assertThat(bench.rows.one("select count(*) from link where end_reason = ''"))
                .isEqualTo("0");
        assertThat(bench.events.linksEnded())
                .isEqualTo(Map.of(LinkState.LAPSED, 1, LinkState.RENEWED, 1, LinkState.SPENT, 4));
    }

    @Test
    void aFreshLinkThatIsRefusedGetsOneNewGrant() {
        bench.addBackup("b", RdbFiles.ofSize(1, SIZE));
        bench.cloud.faults().inject(Fault.LINK_EXPIRED_EARLY, FaultTarget.anyFile(), 1);

        bench.settle(bench.node("a"));

        assertThat(bench.rows.states()).containsExactly("b|archived");
        assertThat(bench.rows.of("select state from link order by id")).containsExactly("rejected", "spent");
    }

    @Test
    void aSecondRefusalOfAFreshLinkFailsTheBackupWithTheReason() {
        bench.addBackup("b", RdbFiles.ofSize(1, SIZE));
        bench.cloud.faults().inject(Fault.LINK_EXPIRED_EARLY, FaultTarget.anyFile(), 100);

        bench.settle(bench.node("a"));

        assertThat(bench.rows.states()).containsExactly("b|failed");
        assertThat(bench.rows.one("select reason from backup"))
                .startsWith("the store refuses fresh links: ")
                .contains("403");
        assertThat(bench.rows.of("select state from link order by id")).containsExactly("rejected", "rejected");
        assertThat(bench.cloud.journal().linksIssued()).isEqualTo(2);
    }

    @Test
    void aLinkThatBroughtBytesBeforeItDiedWasNotRefusedFreshAndIsRenewedAsOftenAsItTakes() {
        bench.addBackup("b", RdbFiles.ofSize(1, 6_000_000));
        for (var n = 0; n < 4; n++) {
            bench.cloud.faults().inject(Fault.BODY_TRUNCATED.with(1_100_000), FaultTarget.anyFile(), 1);
            bench.cloud.faults().inject(Fault.LINK_EXPIRED_EARLY, FaultTarget.anyFile(), 1);
        }

        bench.settle(bench.node("a"));

        assertThat(bench.rows.states()).containsExactly("b|archived");
        assertThat(bench.rows.of("select state from link order by id"))
                .containsExactly("expired", "expired", "expired", "expired", "spent");
    }

    @Test
    void aLinkOverWhichNotAByteComesIsReplacedAfterThreeTriesAndNoSooner() {
        bench.addBackup("b", RdbFiles.ofSize(1, SIZE));
        bench.cloud.faults().inject(Fault.NO_ANSWER, FaultTarget.anyFile(), 7);

        bench.settle(bench.node("a"));

        assertThat(bench.rows.states()).containsExactly("b|archived");
        assertThat(bench.rows.of("""
                select l.state, count(*)
                from link l
                join attempt a on a.link_id = l.id
                group by l.id
                order by l.id
                """)).containsExactly("renewed|3", "renewed|3", "spent|2");
        assertThat(bench.rows.of("select distinct end_reason from link where state = 'renewed'"))
                .allMatch(reason -> reason.startsWith("not a byte came over it in 3 tries: "));
        assertThat(bench.cloud.journal().linksIssued()).isEqualTo(3);
        assertThat(bench.events.linksEnded()).isEqualTo(Map.of(LinkState.RENEWED, 2, LinkState.SPENT, 1));
    }

    @Test
    void aLinkThatHasBroughtBytesIsNotBlamedForAnOutage() {
        bench.addBackup("b", RdbFiles.ofSize(1, SIZE));
        bench.cloud.faults().inject(Fault.BODY_TRUNCATED.with(600_000), FaultTarget.anyFile(), 1);
        bench.cloud.faults().inject(Fault.NO_ANSWER, FaultTarget.anyFile(), 5);

        bench.settle(bench.node("a"));

        assertThat(bench.rows.of("select state from link")).containsExactly("spent");
        assertThat(bench.rows.states()).containsExactly("b|archived");
    }

    @Test
    void linksThatAreOverWhenTheyComeAreNotAskedForInALoop() {
        var source = bench.source();
        var hasty = new Source(
                source.name(),
                source.kind(),
                source.provider(),
                source.archives(),
                new LinkTerms.Fixed(Duration.ofMinutes(5)),
                source.targets(),
                source.limits());
        var node = bench.node("a", 1, List.of(hasty));
        // A clock that is behind, and that no answer tells of.
        bench.cloud.setClockAheadBy(Duration.ofMinutes(-10));
        bench.cloud.faults().inject(Fault.DATE_MISSING, FaultTarget.anyOperation(), 1_000);
        bench.addBackup("b", RdbFiles.ofSize(1, SIZE));
        bench.list(node);
        for (var round = 0; round < 3; round++) {
            bench.round(node);
        }

        assertThat(bench.cloud.journal().requests(LINKS)).hasSize(1);
        assertThat(bench.rows.of("select state, failures from backup")).containsExactly("waiting|1");
        assertThat(bench.rows.one("select reason from backup")).contains("over when they come");
    }

    @Test
    void linksThatEndWithTheirBackupAreCounted() {
        var node = bench.node("a");
        bench.addBackup("b", RdbFiles.ofSize(1, SIZE));
        bench.addBackup("c", RdbFiles.ofSize(2, SIZE));
        bench.list(node);
        node.links().fill();
        bench.cloud.dcs().remove("b");
        for (var listing = 0; listing < 2; listing++) {
            bench.clock.advance(Duration.ofSeconds(1));
            bench.list(node);
        }
        assertThat(bench.rows.states()).containsExactly("b|gone", "c|linked");
        assertThat(bench.events.linksEnded()).isEqualTo(Map.of(LinkState.LAPSED, 1));

        bench.rows.change("update link set usable_until = 'epoch' where state = 'live'");
        bench.cloud.faults().inject(Fault.BACKUP_LOST, LINKS, 1);
        bench.transfer(node);
        assertThat(bench.rows.states()).containsExactly("b|gone", "c|gone");
        assertThat(bench.events.linksEnded()).isEqualTo(Map.of(LinkState.LAPSED, 2));
        assertThat(bench.rows.of("select count(*) from link where end_reason = ''"))
                .containsExactly("0");
    }

    @Test
    void aBackupThatIsLostBetweenListAndLinkIsGoneAndCounted() {
        bench.addBackup("b", RdbFiles.ofSize(1, SIZE));
        bench.cloud.faults().inject(Fault.BACKUP_LOST, LINKS, 1);

        bench.settle(bench.node("a"));

        assertThat(bench.rows.of("select state, gone_at is not null from backup"))
                .containsExactly("gone|t");
        assertThat(bench.rows.one("select reason from backup")).contains("without it");
        assertThat(bench.events.heard()).containsExactly("gone 1");
    }

    @Test
    void aThrottledLinkRequestWaitsByRowUntilTheProviderSaid() {
        var node = bench.node("a");
        bench.addBackup("b", RdbFiles.ofSize(1, SIZE));
        bench.cloud.faults().inject(Fault.THROTTLED.with(Duration.ofSeconds(90)), LINKS, 1);
        bench.list(node);

        bench.round(node);
        bench.clock.advance(Duration.ofSeconds(89));
        bench.round(node);
        assertThat(bench.rows.states()).containsExactly("b|waiting");
        assertThat(bench.cloud.journal().requests(LINKS)).hasSize(1);

        bench.clock.advance(Duration.ofSeconds(1));
        bench.round(node);
        assertThat(bench.rows.states()).containsExactly("b|archived");
    }

    @ParameterizedTest
    @ValueSource(ints = {-10, 0, 10})
    void expiryIsJudgedInTheProvidersTime(int minutesAhead) {
        var ahead = Duration.ofMinutes(minutesAhead);
        var node = bench.node("a");
        bench.cloud.setClockAheadBy(ahead);
        bench.addBackup("b", RdbFiles.ofSize(1, SIZE));
        bench.list(node);
        node.links().fill();
        var expires = Instant.parse(bench.rows.one(
                "select to_char(expires_at at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') from link"));
        var diesAt = expires.minus(ahead);

        // Just before its time it is used as it is.
        bench.clock.advanceTo(diesAt.minus(Duration.ofSeconds(25)));
        bench.cloud.faults().inject(Fault.BODY_TRUNCATED.with(600_000), FaultTarget.anyFile(), 1);
        bench.transfer(node);
        assertThat(bench.rows.of("select state from link")).containsExactly("live");
        assertThat(bench.rows.of("select outcome from attempt")).containsExactly("cut");

        // Just after it nobody bothers the store with it.
        bench.clock.advanceTo(diesAt);
        bench.settle(node);
        assertThat(bench.cloud.journal().expiredHits()).isZero();
        assertThat(bench.rows.of("select state from link order by id")).containsExactly("lapsed", "spent");
        assertThat(bench.rows.states()).containsExactly("b|archived");
    }
}
