package io.backhaul.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.ManualClock;
import io.backhaul.backup.BackupId;
import io.backhaul.backup.BackupRef;
import io.backhaul.backup.ListedBackup.Readiness;
import io.backhaul.catalog.Catalog;
import io.backhaul.catalog.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
class ServiceStatusTest {
    private static final BackupRef BACKUP = new BackupRef(Fleet.SOURCE, Fleet.INSTANCE, new BackupId("b-1"));

    private final ManualClock clock = ManualClock.at("2026-11-21T10:00:00Z");
    private final List<String> told = new ArrayList<>();
    private final Fleet fleet;
    private final ServiceStatus status;

    ServiceStatusTest(Catalog catalog) {
        fleet = new Fleet(catalog, clock.instant()).listed("cache");
        status = new ServiceStatus(new ServiceManager(told::add, null), catalog.reports(), clock);
    }

    @Test
    void theWorkIsOneSentence() {
        fleet.sees("b-1", Readiness.READY, Duration.ofHours(5)).sees("b-2", Readiness.READY, Duration.ofHours(9));
        status.transferBegan(BACKUP);

        status.tell();

        assertThat(told).containsExactly("STATUS=1 transfer, 2 waiting, next deadline in 5 h");
    }

    @Test
    void nothingToDoHasNoDeadline() {
        status.tell();

        assertThat(told).containsExactly("STATUS=0 transfers, 0 waiting");
    }

    @Test
    void aDeadlineIsNearInMinutesAndFarInDays() {
        fleet.sees("b-1", Readiness.READY, Duration.ofDays(3));
        status.tell();
        fleet.sees("b-2", Readiness.READY, Duration.ofMinutes(90));
        status.linksRequested(Fleet.SOURCE, "granted");
        status.tell();
        clock.advance(Duration.ofMinutes(91));
        status.tell();

        assertThat(told)
                .containsExactly(
                        "STATUS=0 transfers, 1 waiting, next deadline in 3 d",
                        "STATUS=0 transfers, 2 waiting, next deadline in 90 min",
                        "STATUS=0 transfers, 2 waiting, next deadline has passed");
    }

    @Test
    void itIsToldAnewWhenSomethingHappenedAndElseOnceAMinute() {
        status.tell();
        status.tell();
        assertThat(told).hasSize(1);

        clock.advance(Duration.ofSeconds(61));
        status.tell();
        assertThat(told).hasSize(2);

        status.transferEnded(BACKUP);
        status.tell();
        assertThat(told).hasSize(3);
    }
}
