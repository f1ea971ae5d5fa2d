package io.backhaul.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimeSpentTest {
    @Test
    void whoeverIsStillAtItCountsAndNobodyWhoHasLeft() {
        var time = new TimeSpent();
        assertThat(time.nanos()).isZero();

        time.begin();
        var first = time.nanos();
        while (time.nanos() == first) {
            Thread.onSpinWait();
        }
        time.end();

        var spent = time.nanos();
        assertThat(spent).isGreaterThan(first);
        assertThat(time.nanos()).isEqualTo(spent);
    }
}
