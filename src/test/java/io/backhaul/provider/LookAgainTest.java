package io.backhaul.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookAgainTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"-5, 1", "0, 1", "1, 1", "2, 2", "7, 7", "60, 60", "61, 60", "86400, 60"})
    void aTaskIsLookedAtAgainAfterItsAgeButEveryMinuteAtLast(long ageSeconds, long wait) {
        assertThat(LookAgain.at(NOW, NOW.minusSeconds(ageSeconds))).isEqualTo(NOW.plusSeconds(wait));
    }

    @Test
    void aTaskOfUnknownAgeIsTakenForALongOne() {
        assertThat(LookAgain.latest(NOW)).isEqualTo(NOW.plusSeconds(60));
    }
}
