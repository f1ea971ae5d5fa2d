package io.backhaul.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

class GrowthTest {
    private static final long STEP = 50_000_000;

    private static Growth growth(int most, Machine machine) {
        return new Growth(most, Thresholds.USUAL.window(), machine);
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
        var growth = growth(most, new Machine());
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
        var growth = growth(16, new Machine());
        var moved = 0L;
        for (var now = STEP; now <= 2_000_000_000L; now += STEP) {
            var isHiccup = now > 200_000_000L && now <= 300_000_000L;
            moved += isHiccup ? 0 : 1000L * growth.target();
            growth.look(now, moved, growth.target());
        }
        assertThat(growth.target()).isEqualTo(16);
    }

    @Test
    void noMoreAreAskedForWhileThisMachineIsWhatIsSlow() {
        var machine = new Machine();
        var growth = growth(16, machine);
        var moved = 0L;
        for (var now = STEP; now <= 20_000_000_000L; now += STEP) {
            // as a disk does that takes all for half a second, and then nothing for as long
            machine.setSlow(now / 500_000_000L % 2 == 1);
            moved += machine.isSlow() ? 1000 : 20_000_000;
            growth.look(now, moved, growth.target());
        }
        assertThat(growth.target()).isEqualTo(1);

        machine.setSlow(false);
        for (var now = 20_000_000_000L; now <= 22_000_000_000L; now += STEP) {
            moved += 1000L * growth.target();
            growth.look(now, moved, growth.target());
        }
        assertThat(growth.target()).isEqualTo(16);
    }

    @Test
    void whatItHeldBackAndWhatHeapedUpMeanwhileAreNoMeasureOfWhatMoreStreamsBring() {
        var machine = new Machine();
        var growth = growth(16, machine);
        var moved = 0L;
        var stepsOfTwo = 0;
        for (var now = STEP; now <= 4_000_000_000L; now += STEP) {
            stepsOfTwo += growth.target() > 1 ? 1 : 0;
            machine.setSlow(stepsOfTwo >= 1 && stepsOfTwo <= 3);
            // slow, then what waits in the sockets, then the pace of the line
            moved += machine.isSlow() ? 100 : stepsOfTwo >= 4 && stepsOfTwo <= 6 ? 3000 : 1000;
            growth.look(now, moved, growth.target());
        }
        assertThat(growth.target()).isEqualTo(2);
    }

    @Test
    void oneAllowedIsOne() {
        assertThat(streamsAfterTenSeconds(1, streams -> 1000L * streams)).isEqualTo(1);
    }

    @Test
    void nothingIsConcludedBeforeEveryStreamBringsBytes() {
        var growth = growth(16, new Machine());
        for (var now = STEP; now <= 10_000_000_000L; now += STEP) {
            growth.look(now, now, 0);
        }
        assertThat(growth.target()).isEqualTo(1);
    }

    @Test
    void whoeverSaysThatMoreWouldNotHelpIsBelieved() {
        var growth = growth(16, new Machine());
        growth.settleAt(0);
        growth.look(10_000_000_000L, 1, 1);
        assertThat(growth.target()).isEqualTo(1);
    }
}
