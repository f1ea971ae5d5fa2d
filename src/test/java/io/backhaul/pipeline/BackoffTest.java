package io.backhaul.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final ManualClock clock = ManualClock.at("2026-11-21T10:00:00Z");
    private final Instant now = clock.instant();

    @Test
    void waitsAreSpreadOverTheWholeSpanUpToTheCeiling() {
        var backoff = new Backoff(clock, new Random(7));

        var waits = IntStream.range(0, 2_000)
                .mapToObj(n -> wait(backoff, 5, null, null))
                .sorted()
                .toList();

        assertThat(waits.getFirst()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        assertThat(waits.get(1_000)).isBetween(Duration.ofSeconds(14), Duration.ofSeconds(18));
        assertThat(waits.getLast()).isBetween(Duration.ofSeconds(31), Duration.ofSeconds(32));
    }

    @Test
    void theCeilingDoublesUpToTenMinutesAndStaysThere() {
        var longest = new Backoff(clock, always(Math.nextDown(1.0)));

        assertThat(IntStream.of(0, 1, 2, 3, 9, 10, 30, Integer.MAX_VALUE)
                        .mapToObj(failures -> wait(longest, failures, null, null)
                                .plusMillis(1)
                                .toSeconds()))
                .containsExactly(2L, 2L, 4L, 8L, 512L, 600L, 600L, 600L);
    }

    @Test
    void twoTriesAreNeverOne() {
        var shortest = new Backoff(clock, always(0));

        assertThat(wait(shortest, 1, null, null)).isEqualTo(Duration.ofMillis(500));
        assertThat(wait(shortest, 1, null, now.plusMillis(5))).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void theOthersWordIsNeverUndercut() {
        var shortest = new Backoff(clock, always(0));

        assertThat(shortest.next(1, now.plusSeconds(90), null)).isEqualTo(now.plusSeconds(90));
        assertThat(shortest.next(1, now.minusSeconds(90), null)).isEqualTo(now.plusMillis(500));
    }

    @Test
    void theOthersWordIsKeptNoLongerThanHalfTheTimeThatIsLeft() {
        var shortest = new Backoff(clock, always(0));

        assertThat(wait(shortest, 1, now.plusSeconds(90), now.plusSeconds(200))).isEqualTo(Duration.ofSeconds(90));
        assertThat(wait(shortest, 1, now.plusSeconds(90), now.plusSeconds(100))).isEqualTo(Duration.ofSeconds(50));
        assertThat(wait(shortest, 1, now.plusSeconds(90), now.minusSeconds(1))).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void nearTheDeadlineTriesComeCloserTogether() {
        var longest = new Backoff(clock, always(Math.nextDown(1.0)));

        assertThat(wait(longest, 20, null, now.plusSeconds(100))).isLessThanOrEqualTo(Duration.ofSeconds(10));
        assertThat(wait(longest, 20, null, now.plus(Duration.ofDays(3)))).isGreaterThan(Duration.ofMinutes(9));
    }

    @Test
    void aDeadlineThatHasPassedChangesNothing() {
        var longest = new Backoff(clock, always(Math.nextDown(1.0)));

        assertThat(wait(longest, 20, null, now.minusSeconds(1))).isGreaterThan(Duration.ofMinutes(9));
    }

    private Duration wait(Backoff backoff, int failures, @Nullable Instant notBefore, @Nullable Instant deadline) {
        return Duration.between(now, backoff.next(failures, notBefore, deadline));
    }

    private static RandomGenerator always(double value) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new UnsupportedOperationException();
            }

            @Override
            public double nextDouble() {
                return value;
            }
        };
    }
}
