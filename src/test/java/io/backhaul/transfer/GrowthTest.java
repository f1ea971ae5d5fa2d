package io.backhaul.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

class GrowthTest {
    private static final long STEP = 50_000_000;

    /** The processor time of a program that needs next to none. */
    private static long idle() {
        return 0;
    }

    /** Runs for ten seconds of its own time, at a rate (bytes a step) that depends on the streams. */
    private static int streamsAfterTenSeconds(int most, IntToLongFunction rate) {
        return streamsAfter(10_000_000_000L, most, (now, streams) -> rate.applyAsLong(streams));
    }

    /** Bytes of the step that ends at that time. */
    private interface Rate {
        long at(long nanos, int streams);
    }

    private static int streamsAfter(long nanos, int most, Rate rate) {
        var growth = new Growth(most, Thresholds.USUAL.window(), GrowthTest::idle, 0);
        var moved = 0L;
        for (var now = STEP; now <= nanos; now += STEP) {
            moved += rate.at(now, growth.target());
            growth.look(now, moved, growth.target());
        }
        return growth.target();
    }

    @Test
    void aStoreThatCapsEachConnectionGetsAsManyAsAllowed() {
        assertThat(streamsAfterTenSeconds(16, streams -> 1000L * streams)).isEqualTo(16);
        assertThat(streamsAfterTenSeconds(6, streams -> 1000L * streams)).isEqualTo(6);
    }

    @Test
    void aLineThatIsFullGetsOneMoreAndThatIsAll() {
        assertThat(streamsAfterTenSeconds(16, streams -> 1000)).isEqualTo(2);
    }

    @Test
    void growthEndsWhereTheLineIsFull() {
        assertThat(streamsAfterTenSeconds(16, streams -> Math.min(500L + 500L * streams, 2500)))
                .isEqualTo(8);
    }

    @Test
    void aStoreThatCapsEachConnectionHasThemAllWithinASecond() {
        assertThat(streamsAfter(700_000_000L, 16, (now, streams) -> 1000L * streams))
                .isEqualTo(16);
    }

    @Test
    void aPaceThatClimbsByItselfIsWaitedFor() {
        assertThat(streamsAfter(1_000_000_000L, 16, (now, streams) -> now)).isEqualTo(1);
    }

    @Test
    void aStoreThatSendsInBurstsIsNotWaitedForForEver() {
        assertThat(streamsAfter(5_000_000_000L, 16, (now, streams) -> now % 500_000_000L == 0 ? 1000L * streams : 0))
                .isEqualTo(16);
    }

    @Test
    void aStoreThatLetsTheFirstBytesGoUncappedGetsAsManyAsAllowed() {
        assertThat(streamsAfter(
                        10_000_000_000L, 16, (now, streams) -> now < 400_000_000L ? 20_000_000 : 1000L * streams))
                .isEqualTo(16);
    }

    @Test
    void aStreamThatBringsAGigabitStaysAlone() {
        assertThat(streamsAfterTenSeconds(16, streams -> 20_000_000L * streams)).isEqualTo(1);
    }

    @Test
    void oneHiccupDoesNotEndTheGrowth() {
        var growth = new Growth(16, Thresholds.USUAL.window(), GrowthTest::idle, 0);
        var moved = 0L;
        for (var now = STEP; now <= 2_000_000_000L; now += STEP) {
            var isHiccup = now > 200_000_000L && now <= 300_000_000L;
            moved += isHiccup ? 0 : 1000L * growth.target();
            growth.look(now, moved, growth.target());
        }
        assertThat(growth.target()).isEqualTo(16);
    }

    @Test
    void noMoreAreAskedForWhileTheProcessorsHaveNoTimeLeft() {
        var used = new AtomicLong();
        var growth = new Growth(16, Thresholds.USUAL.window(), used::get, 0);
        for (var now = STEP; now <= 2_000_000_000L; now += STEP) {
            used.addAndGet(STEP * 9 / 10);
            growth.look(now, now / 1000, 1);
        }
        assertThat(growth.target()).isEqualTo(1);

        for (var now = 2_000_000_000L; now <= 3_000_000_000L; now += STEP) {
            growth.look(now, now / 1000, 1);
        }
        assertThat(growth.target()).isEqualTo(2);
    }

    @Test
    void oneAllowedIsOne() {
        assertThat(streamsAfterTenSeconds(1, streams -> 1000L * streams)).isEqualTo(1);
    }

    @Test
    void nothingIsConcludedBeforeEveryStreamBringsBytes() {
        var growth = new Growth(16, Thresholds.USUAL.window(), GrowthTest::idle, 0);
        for (var now = STEP; now <= 10_000_000_000L; now += STEP) {
            growth.look(now, now, 0);
        }
        assertThat(growth.target()).isEqualTo(1);
    }

    @Test
    void whoeverSaysThatMoreWouldNotHelpIsBelieved() {
        var growth = new Growth(16, Thresholds.USUAL.window(), GrowthTest::idle, 0);
        growth.settleAt(0);
        growth.look(10_000_000_000L, 1, 1);
        assertThat(growth.target()).isEqualTo(1);
    }
}
