package io.backhaul.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TimeSpentTest {
    private final AtomicLong now = new AtomicLong(-5);
    private final TimeSpent time = new TimeSpent(now::get);

    @Test
    void whoeverIsStillAtItCountsAndNobodyWhoHasLeft() {
        time.begin();
        now.addAndGet(10);
        assertThat(time.nanos()).isEqualTo(10);

        time.begin();
        now.addAndGet(10);
        assertThat(time.nanos()).isEqualTo(30);

        time.end();
        now.addAndGet(10);
        assertThat(time.nanos()).isEqualTo(40);

        time.end();
        now.addAndGet(10);
        assertThat(time.nanos()).isEqualTo(40);
    }
}
