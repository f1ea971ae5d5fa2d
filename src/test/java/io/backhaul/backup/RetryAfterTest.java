package io.backhaul.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void secondsCountFromNow() {
        assertThat(of("30", null)).isEqualTo("2026-11-21T12:00:30Z");
    }

    @Test
    void aDateIsMeasuredByTheOthersOwnClock() {
        var anHourAhead = NOW.plusSeconds(3600);
        assertThat(of("Sat, 21 Nov 2026 13:00:30 GMT", anHourAhead)).isEqualTo("2026-11-21T12:00:30Z");
    }

    @Test
    void aDateInThePastMeansNow() {
        assertThat(of("Sat, 21 Nov 2026 11:00:00 GMT", null)).isEqualTo(NOW);
    }

    @Test
    void anAbsurdWaitIsCutToADay() {
        assertThat(of("999999999", null)).isEqualTo("2026-11-22T12:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-5", "1.5", "9999999999"})
    void whatCannotBeReadIsNoWord(String value) {
        assertThat(of(value, null)).isNull();
    }

    @Test
    void aClientThatObeysByItselfIsShownNothingThatItCannotBear() {
        assertThat(RetryAfter.harmless("0")).isEmpty();
        assertThat(RetryAfter.harmless("000")).isEmpty();
        assertThat(RetryAfter.harmless("2147483648")).contains("999999999");
        assertThat(RetryAfter.harmless("120")).contains("120");
        assertThat(RetryAfter.harmless("Sat, 21 Nov 2026 11:00:00 GMT")).contains("Sat, 21 Nov 2026 11:00:00 GMT");
    }

    private static @Nullable Instant of(String value, @Nullable Instant date) {
        return RetryAfter.of(value, date, NOW);
    }
}
