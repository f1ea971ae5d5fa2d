package io.backhaul.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {
    @ParameterizedTest
    @ValueSource(strings = {"0 0/10 * * * ?", "0 0 3 * * ?", "0 0 3 ? * MON-FRI", "0 15 10 L * ?"})
    void whatQuartzTakesIsNoFault(String expression) {
        assertThat(Cron.fault(expression)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0/10 * * * *", "0 0 3 * * *", "0 61 * * * ?", "every day", "0 0 3 * * ? 2026 x y"})
    void whatQuartzRefusesIsAFaultThatSaysWhy(String expression) {
        assertThat(Cron.fault(expression))
                .hasValueSatisfying(why -> assertThat(why).isNotBlank());
    }

    @Test
    void aDayThatThereIsNotIsAFault() {
        assertThat(Cron.fault("0 0 3 30 2 ?")).contains("names no day that there is");
    }
}
