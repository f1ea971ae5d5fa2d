package io.backhaul.schedule;

import static io.backhaul.schedule.TickingNode.NEVER_NOW;
import static io.backhaul.schedule.TickingNode.SOURCE;
import static io.backhaul.schedule.TickingNode.next;
import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.ManualClock;
import io.backhaul.catalog.Catalog;
import io.backhaul.catalog.TestDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whether cluster-wide ticks fire, as the watchdog sees it. */
@ExtendWith(TestDatabase.class)
class ClusterPulseTest {
    private static final String STICK_ALL =
            "update qrtz_triggers set trigger_state = ?, prev_fire_time = 0, next_fire_time = ?";

    private final ManualClock clock = ManualClock.at("2001-01-01T00:00:00Z");
    private final Instant began = clock.instant();
    private final Jdbi sql;
    private final TickingNode node;

    ClusterPulseTest(Catalog catalog, @TempDir Path archive) {
        sql = Jdbi.create(catalog.dataSource());
        // To the clock of the node's own ticks nothing is late, so they free nothing.
        node = new TickingNode(catalog, "node-a", archive, ManualClock.at("2000-01-01T00:00:00Z"));
    }

    @AfterEach
    void stopNode() {
        node.close();
    }

    @Test
    void aTickThatFiredIsSeen() throws Exception {
        var pulse = node.start(Map.of(SOURCE, NEVER_NOW)).pulseAsOf(clock);
        next(node.linkTicks);
        stopFiring();

        pulse.look();

        assertThat(pulse.last()).isAfter(Clock.systemUTC().instant().minus(Duration.ofMinutes(10)));
    }

    @Test
    void triggersThatNeverFireAreNoSignHoweverOftenTheyAreFreed() throws Exception {
        var schedule = node.start(Map.of(SOURCE, NEVER_NOW));
        var pulse = schedule.pulseAsOf(clock);
        next(node.linkTicks);
        stickAll("ERROR", began.minusSeconds(3600));
        clock.advance(Duration.ofMinutes(20));

        pulse.look();

        assertThat(pulse.last()).isEqualTo(began);
    }

    @Test
    void aJobThatStillRunsIsASign() throws Exception {
        var pulse = node.start(Map.of(SOURCE, NEVER_NOW)).pulseAsOf(clock);
        next(node.linkTicks);
        stickAll("BLOCKED", began);
        clock.advance(Duration.ofMinutes(20));

        pulse.look();

        assertThat(pulse.last()).isEqualTo(clock.instant());
    }

    @Test
    void aJobThatRunsForMuchTooLongIsNone() throws Exception {
        var pulse = node.start(Map.of(SOURCE, NEVER_NOW)).pulseAsOf(clock);
        next(node.linkTicks);
        stickAll("BLOCKED", began);
        clock.advance(Duration.ofMinutes(31));

        pulse.look();

        assertThat(pulse.last()).isEqualTo(began);
    }

    @Test
    void aDatabaseThatIsAwaySaysNothingAgainstTheSchedule() {
        var pulse = node.start(Map.of(SOURCE, NEVER_NOW)).pulseAsOf(clock);
        clock.advance(Duration.ofMinutes(20));
        node.close();

        pulse.look();

        assertThat(pulse.last()).isEqualTo(clock.instant());
    }

    /** Nothing fires any more, and the last job has ended, which would free what is blocked. */
    private void stopFiring() {
        update("update qrtz_triggers set trigger_state = 'ERROR'");
        while (sql.withHandle(handle -> handle.select("select count(*) from qrtz_fired_triggers")
                        .mapTo(Integer.class)
                        .one())
                > 0) {
            Thread.onSpinWait();
        }
    }

    private void stickAll(String state, Instant nextFireTime) {
        stopFiring();
        update(STICK_ALL, state, nextFireTime.toEpochMilli());
    }

    private void update(String triggers, Object... values) {
        sql.useTransaction(handle -> {
            handle.execute("select from qrtz_locks where lock_name = 'TRIGGER_ACCESS' for update");
            handle.execute(triggers, values);
        });
    }
}
