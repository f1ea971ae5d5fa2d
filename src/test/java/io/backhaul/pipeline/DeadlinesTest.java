package io.backhaul.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.backup.BackupId;
import io.backhaul.backup.ListedBackup;
import io.backhaul.backup.ListedBackup.Readiness;
import io.backhaul.catalog.SeenBackup;
import io.backhaul.provider.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Retention A_WEEK = new Retention(Duration.ofDays(7), Retention.UNCAPPED);
    private static final Retention THREE = new Retention(Duration.ofDays(365), 3);

    @Test
    void withoutAWordOfTheProviderAgeDecides() {
        assertThat(of(A_WEEK, backup(30, null)))
                .containsExactly(NOW.minus(Duration.ofHours(30)).plus(Duration.ofDays(7)));
    }

    @Test
    void theProvidersWordReplacesTheAssumption() {
        var told = NOW.plus(Duration.ofDays(30));

        assertThat(of(A_WEEK, backup(30, told))).containsExactly(told);
    }

    @Test
    void theNextBackupPushesTheOldestOut() {
        assertThat(of(THREE, backup(1, null), backup(25, null), backup(49, null)))
                .containsExactly(in(3), in(2), in(1));
    }

    @Test
    void whatIsBeyondTheCapAlreadyMayGoAtAnyMomentButIsStillTried() {
        var deadlines = of(
                THREE,
                IntStream.range(0, 5)
                        .mapToObj(day -> backup(1 + 24 * day, null))
                        .toArray(ListedBackup[]::new));

        assertThat(deadlines).containsExactly(in(3), in(2), in(1), in(1), in(1));
    }

    @Test
    void backupsThatAreNoUseTakeNoPlaceInTheCount() {
        var never =
                new ListedBackup(new BackupId("never"), Readiness.NEVER, "failed", hoursAgo(13), null, null, Map.of());

        assertThat(of(THREE, backup(1, null), never, backup(25, null)))
                .containsExactly(in(3), hoursAgo(13).plus(THREE.age()), in(2));
    }

    @Test
    void theOrderOfTheListDoesNotMatter() {
        assertThat(of(THREE, backup(49, null), backup(1, null), backup(25, null)))
                .containsExactly(in(1), in(3), in(2));
    }

    @Test
    void backupsOfOneInstantTellNoRhythm() {
        assertThat(of(THREE, backup(1, null), backup(1, null)))
                .containsOnly(hoursAgo(1).plus(THREE.age()));
    }

    private static List<Instant> of(Retention retention, ListedBackup... listed) {
        return new Deadlines(retention)
                .of(List.of(listed), NOW).stream().map(SeenBackup::deadline).toList();
    }

    private static Instant in(int days) {
        return NOW.plus(Duration.ofDays(days));
    }

    private static Instant hoursAgo(int hours) {
        return NOW.minus(Duration.ofHours(hours));
    }

    private static ListedBackup backup(int hours, @Nullable Instant expiresAt) {
        return new ListedBackup(
                new BackupId("made-" + hours + "h-ago"),
                Readiness.READY,
                "succeed",
                hoursAgo(hours),
                null,
                expiresAt,
                Map.of());
    }
}
