package io.backhaul.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.ManualClock;
import io.backhaul.provider.Setback.Throttled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
    private static final Rate RATE = new Rate(1, 2);

    private final ManualClock clock = ManualClock.at("2026-11-21T12:00:00Z");
    private final AtomicLong nanos = new AtomicLong(-5_000_000_000L);
    private final List<Duration> pauses = new ArrayList<>();
    private final RateLimits limits = new RateLimits(clock, nanos::get, pause -> pauses.add(Duration.ofNanos(pause)));

    @Test
    void aBurstPassesAtOnce() {
        assertThat(limits.admit("AK1", "links", RATE)).isEmpty();
        assertThat(limits.admit("AK1", "links", RATE)).isEmpty();
        assertThat(pauses).isEmpty();
    }

    @Test
    void aShortWaitIsWaited() {
        limits.admit("AK1", "links", RATE);
        limits.admit("AK1", "links", RATE);
        assertThat(limits.admit("AK1", "links", RATE)).isEmpty();
        assertThat(limits.admit("AK1", "links", RATE)).isEmpty();
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void aLongWaitIsSaidInsteadOfWaited() {
        for (var calls = 0; calls < 7; calls++) {
            assertThat(limits.admit("AK1", "links", RATE)).isEmpty();
        }
        assertThat(limits.admit("AK1", "links", RATE))
                .contains(new Throttled(
                        "our own limit of 1/s for links", clock.instant().plusSeconds(6)));
        assertThat(pauses).hasSize(5);
    }

    @Test
    void timeGivesTheAllowanceBack() {
        for (var calls = 0; calls < 7; calls++) {
            limits.admit("AK1", "links", RATE);
        }
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        pauses.clear();
        assertThat(limits.admit("AK1", "links", RATE)).isEmpty();
        assertThat(pauses).isEmpty();
    }

    @Test
    void operationsCredentialsAndRatesDoNotShareAnAllowance() {
        limits.admit("AK1", "links", RATE);
        limits.admit("AK1", "links", RATE);
        limits.admit("AK2", "links", RATE);
        limits.admit("AK1", "list-backups", RATE);
        limits.admit("AK1", "links", new Rate(7, 7));
        assertThat(pauses).isEmpty();
    }

    @Test
    void aNodeThatStopsDoesNotWait() {
        var stopping = new RateLimits(clock, nanos::get, pause -> {
            throw new InterruptedException();
        });
        stopping.admit("AK1", "links", RATE);
        stopping.admit("AK1", "links", RATE);
        assertThat(stopping.admit("AK1", "links", RATE)).isPresent();
        assertThat(Thread.interrupted()).as("the interrupt is handed on").isTrue();
    }
}
