package io.backhaul.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.ManualClock;
import io.backhaul.backup.ByteCount;
import io.backhaul.config.Bandwidth;
import io.backhaul.config.Bandwidth.Hours;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final ManualClock clock = ManualClock.at("2026-11-21T07:00:00Z");
    private final AtomicLong nanos = new AtomicLong();

    private Pace steady(long rate) {
        return pace(new Bandwidth.Steady(new ByteCount(rate)));
    }

    private Pace pace(Bandwidth bandwidth) {
        return new Pace(bandwidth, clock, nanos::get);
    }

    private static Bandwidth byDay(long rate) {
        return new Bandwidth.Timetable(
                List.of(new Hours(LocalTime.of(8, 0), LocalTime.of(20, 0), new ByteCount(rate))), ZoneOffset.UTC);
    }

    private static long seconds(double seconds) {
        return (long) (seconds * 1e9);
    }

    private void pass(double seconds) {
        nanos.addAndGet(seconds(seconds));
        clock.advance(Duration.ofNanos(seconds(seconds)));
    }

    @Test
    void bytesMayComeWhenAllThatWereBookedBeforeHaveHadTheirTime() {
        var pace = steady(1000);

        var places = List.of(pace.book(500), pace.book(2000), pace.book(1));

        assertThat(places).map(pace::nanosUntil).containsExactly(0L, seconds(0.5), seconds(2.5));
        pass(0.5);
        assertThat(places).map(pace::nanosUntil).containsExactly(0L, 0L, seconds(2));
        pass(2);
        assertThat(places).map(pace::nanosUntil).containsOnly(0L);
    }

    @Test
    void aStreamThatIsQuickerInLineGetsNoMoreThanTheOthers() {
        var pace = steady(1000);
        pace.book(1000);
        var slow = pace.book(1000);
        var greedy = pace.book(1000);
        pass(1);

        assertThat(pace.nanosUntil(slow)).isZero();
        assertThat(pace.nanosUntil(greedy)).isEqualTo(seconds(1));
        assertThat(pace.nanosUntil(pace.book(1000))).isEqualTo(seconds(2));
    }

    @Test
    void whatWasBookedAndNotReadCostsNothing() {
        var pace = steady(1000);
        pace.book(8000);

        pace.giveBack(7000);

        assertThat(pace.nanosUntil(pace.book(1000))).isEqualTo(seconds(1));
    }

    @Test
    void idleTimeIsNotSavedUp() {
        var pace = steady(1000);
        pass(3600);
        pace.book(1000);

        assertThat(pace.nanosUntil(pace.book(1))).isEqualTo(seconds(0.9));
    }

    @Test
    void whoeverWaitsHearsOfALimitThatEnds() {
        clock.advance(Duration.ofHours(13).minusSeconds(2));
        var pace = pace(byDay(1));
        pace.book(1_000_000);
        var waiting = pace.book(1_000_000);

        pass(1);
        assertThat(pace.nanosUntil(waiting)).isEqualTo(seconds(999_999));
        pass(1);
        assertThat(pace.nanosUntil(waiting)).isZero();
    }

    @Test
    void aLimitBeginsInTheMiddleOfAFetchAndOwesNothingOfBefore() {
        clock.advance(Duration.ofHours(1).minusSeconds(1));
        var pace = pace(byDay(1000));
        pace.book(1_000_000_000);
        assertThat(pace.nanosUntil(pace.book(1_000_000_000))).isZero();

        pass(1); // a tenth of it is saved up
        pace.book(600);

        assertThat(pace.nanosUntil(pace.book(1))).isEqualTo(seconds(0.5));
    }
}
