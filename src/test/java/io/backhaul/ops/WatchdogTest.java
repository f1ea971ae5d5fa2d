package io.backhaul.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.ManualClock;
import io.backhaul.schedule.TickProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchdogTest {
    private final ManualClock clock = ManualClock.at("2026-11-21T10:00:00Z");
    private final Instant began = clock.instant();
    private final List<String> heard = new ArrayList<>();
    private TickProgress progress = new TickProgress(began, began);
    private final Watchdog watchdog = new Watchdog(new ServiceManager(heard::add, null), () -> progress, clock);

    @Test
    void aScheduleThatMovesOnIsASignOfLife() {
        clock.advance(Duration.ofMinutes(2));

        watchdog.feed();

        assertThat(heard).containsExactly("WATCHDOG=1");
    }

    @Test
    void claimsThatNoLongerEndAreNone() {
        clock.advance(Duration.ofMinutes(3).plusSeconds(1));
        progress = new TickProgress(began, clock.instant());

        watchdog.feed();
        watchdog.feed();

        assertThat(heard).containsExactly("STATUS=stalled: no claim tick has ended since 2026-11-21T10:00:00Z");
    }

    @Test
    void clusterWideTicksThatNoLongerFireAreNone() {
        clock.advance(Duration.ofMinutes(10).plusSeconds(1));
        progress = new TickProgress(clock.instant(), began);

        watchdog.feed();

        assertThat(heard).containsExactly("STATUS=stalled: no cluster-wide tick has fired since 2026-11-21T10:00:00Z");
    }

    @Test
    void aScheduleThatRecoversBeforeItIsKilledLivesOn() {
        clock.advance(Duration.ofMinutes(4));
        watchdog.feed();
        progress = new TickProgress(clock.instant(), clock.instant());

        watchdog.feed();

        assertThat(heard).last().isEqualTo("WATCHDOG=1");
    }
}
