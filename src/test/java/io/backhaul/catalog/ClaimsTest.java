package io.backhaul.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.backup.BackupId;
import io.backhaul.backup.BackupState;
import io.backhaul.backup.ByteCount;
import io.backhaul.backup.Instance;
import io.backhaul.backup.InstanceId;
import io.backhaul.backup.ListedBackup;
import io.backhaul.backup.ListedBackup.Readiness;
import io.backhaul.backup.SourceName;
import io.backhaul.catalog.Claims.Reopening;
import io.backhaul.catalog.Histories.BackupRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(TestDatabase.class)
class ClaimsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Duration TERM = Duration.ofMinutes(1);
    private static final double RATE = 1e6;
    private static final SourceName SOURCE = new SourceName("prod");
    private static final InstanceId INSTANCE = new InstanceId("i-1");

    private final Catalog catalog;

    ClaimsTest(Catalog catalog) {
        this.catalog = catalog;
    }

    @BeforeEach
    void aSourceWithOneInstance() {
        catalog.listings().register(SOURCE, "huawei-dcs", NOW);
        catalog.listings()
                .saveInstances(SOURCE, List.of(new Instance(INSTANCE, "cache", Map.of("engine", "Redis"))), NOW);
    }

    @Test
    void theBackupWithTheLeastSlackIsClaimedFirst() {
        see("late", 1, NOW.plusSeconds(900));
        see("early-and-small", 1, NOW.plusSeconds(600));
        see("later-but-huge", 500_000_000, NOW.plusSeconds(700));
        see("no-deadline", 1, null);

        assertThat(Stream.generate(() -> claimForLinks("node-a", 1)).limit(4).flatMap(List::stream))
                .extracting(lease -> lease.backup().backup().value())
                .containsExactly("later-but-huge", "early-and-small", "late", "no-deadline");
    }

    @Test
    void whatIsPastItsDeadlineComesAfterWhatCanStillBeHad() {
        see("just-past", 1, NOW);
        see("long-past", 1, NOW.minus(Duration.ofDays(30)));
        see("ahead", 1, NOW.plusSeconds(900));
        see("no-deadline", 1, null);

        var forLinks = Stream.generate(() -> claimForLinks("node-a", 1))
                .limit(4)
                .flatMap(List::stream)
                .toList();
        forLinks.forEach(lease -> catalog.claims().release(lease, BackupState.LINKED, "", NOW, 0, NOW));
        var forTransfer = Stream.generate(() -> catalog.claims().claimForTransfer("node-a", 1, TERM, RATE, NOW))
                .limit(4)
                .flatMap(List::stream)
                .toList();

        assertThat(forLinks)
                .extracting(lease -> lease.backup().backup().value())
                .containsExactly("ahead", "no-deadline", "long-past", "just-past");
        assertThat(forTransfer).extracting(Lease::backupId).isEqualTo(ids(forLinks));
    }

    private static List<Long> ids(List<Lease> leases) {
        return leases.stream().map(Lease::backupId).toList();
    }

    @Test
    void aBackupIsLeasedToOneNodeAtATime() {
        see("b", 1, null);

        assertThat(claimForLinks("node-a", 10)).hasSize(1);
        assertThat(claimForLinks("node-b", 10)).isEmpty();
    }

    @Test
    void whoLostTheLeaseCannotWriteAnyMore() {
        see("b", 1, null);
        var lost = claimForLinks("node-a", 1).getFirst();
        assertThat(catalog.nodes().renew("node-a", List.of(lost), Duration.ZERO))
                .containsExactly(lost);
        var taken = claimForLinks("node-b", 1).getFirst();

        assertThat(taken.epoch()).isGreaterThan(lost.epoch());
        assertThat(catalog.claims().release(lost, BackupState.FAILED, "too late", NOW, 1, NOW))
                .isFalse();
        assertThat(catalog.nodes().renew("node-a", List.of(lost), TERM)).isEmpty();
        assertThat(catalog.claims().release(taken, BackupState.WAITING, "again", NOW, 1, NOW))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"NEVER", "DELETED"})
    void whatTheProviderDoesNotOfferIsNotReopenedAndStaysAsItWas(Readiness readiness) {
        see("b", readiness);
        var before = row("b");

        assertThat(catalog.claims().reopen(before.id(), NOW.plusSeconds(9))).isEqualTo(Reopening.NOT_OFFERED);

        assertThat(row("b")).isEqualTo(before);
        assertThat(before.state()).isEqualTo(BackupState.SKIPPED);
    }

    @Test
    void whatTheProviderIsStillAtIsReopenedAndClaimedOnceItIsReady() {
        see("b", Readiness.READY);
        var lease = claimForLinks("node-a", 1).getFirst();
        assertThat(catalog.claims().release(lease, BackupState.FAILED, "refused", NOW, 1, NOW))
                .isTrue();
        see("b", Readiness.NOT_YET);

        assertThat(catalog.claims().reopen(row("b").id(), NOW)).isEqualTo(Reopening.WAITS_FOR_PROVIDER);
        assertThat(claimForLinks("node-a", 1)).isEmpty();

        see("b", Readiness.READY);
        assertThat(claimForLinks("node-a", 1)).hasSize(1);
    }

    @Test
    void onlyWhatWasWrittenOffIsReopened() {
        see("b", Readiness.READY);
        assertThat(catalog.claims().reopen(row("b").id(), NOW)).isEqualTo(Reopening.NOT_WRITTEN_OFF);

        var lease = claimForLinks("node-a", 1).getFirst();
        assertThat(catalog.claims().release(lease, BackupState.FAILED, "refused", NOW, 1, NOW))
                .isTrue();

        assertThat(catalog.claims().reopen(row("b").id(), NOW)).isEqualTo(Reopening.WAITS);
        assertThat(claimForLinks("node-a", 1)).hasSize(1);
    }

    private BackupRow row(String backup) {
        return catalog.histories().find(backup).getFirst();
    }

    private List<Lease> claimForLinks(String node, int most) {
        return catalog.claims().claimForLinks(node, most, TERM, RATE, NOW);
    }

    private void see(String backup, Readiness readiness) {
        see(backup, readiness, 1, null);
    }

    private void see(String backup, long size, @Nullable Instant deadline) {
        see(backup, Readiness.READY, size, deadline);
    }

    private void see(String backup, Readiness readiness, long size, @Nullable Instant deadline) {
        var listed = new ListedBackup(
                new BackupId(backup),
                readiness,
                "succeed",
                NOW.minusSeconds(60),
                new ByteCount(size),
                null,
                Map.of("size", "" + size));
        catalog.listings().saveBackups(SOURCE, INSTANCE, List.of(new SeenBackup(listed, deadline)), NOW);
    }
}
